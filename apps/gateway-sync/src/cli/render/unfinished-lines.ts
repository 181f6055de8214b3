import type { Visited } from '../for-tenants.js';
import { someOf } from './words.js';

/** Which tenants a command that writes left unfinished when it was interrupted; none when it finished them all. */
export function unfinishedLines({ interrupted, notBegun }: Omit<Visited<never>, 'results'>): string[] {
  const cutOff = interrupted.filter((tenant) => !notBegun.includes(tenant));
  return [
    ...(cutOff.length > 0
      ? [
          `Interrupted during ${someOf(cutOff)}; gateway-sync history shows what was written, gateway-sync plan what is left to do.`,
        ]
      : []),
    ...(notBegun.length > 0 ? [`Not begun: ${someOf(notBegun)}.`] : []),
  ];
}
