import { globMatcher } from './glob.js';
import type { Problem } from './problem.js';
import type { Rung } from './quota-policy.js';
import type { DesiredTenant, SubscriptionEntry } from './state.js';

/** Whether the file has anything that is given up from this priority on. */
export function hasSheddable(tenant: DesiredTenant, from = 1): boolean {
  return tenant.subscriptions.some((entry) => (entry.priority ?? 0) >= from && !isProtected(entry, tenant));
}

/** What the file says of giving up that does nothing; no catalogue is needed to know that. */
export function shedNotes(tenant: DesiredTenant): Problem[] {
  if (tenant.quota.shed === 'off') return [];
  const spared = tenant.subscriptions.filter((entry) => (entry.priority ?? 0) > 0 && isProtected(entry, tenant));
  return [
    ...spared.map(({ event, priority, place }) =>
      note(`${event} is never given up although it has priority ${priority}: guards.protect has it`, [place]),
    ),
    ...(hasSheddable(tenant) ? uselessRungs(tenant) : [note(NOTHING)]),
  ];
}

const NOTHING = 'quota.shed gives up nothing: no subscription that is not protected has a priority from 1 to 9';

function uselessRungs({ quota: { ladder } }: DesiredTenant): Problem[] {
  const ascending = ladder.toSorted((a, b) => a.at - b.at || a.priority - b.priority);
  return ascending.flatMap((rung, index) => {
    const earlier = ascending.slice(0, index).find(({ priority }) => priority <= rung.priority);
    return earlier ? [note(`quota.ladder: ${rungText(rung)} does nothing that ${rungText(earlier)} has not done`)] : [];
  });
}

function rungText({ at, priority }: Rung): string {
  return `{ at: ${at}, priority: ${priority} }`;
}

/** Of a glob only one that is protected as it stands: what else it means depends on the catalogue. */
function isProtected({ event }: SubscriptionEntry, { guards }: DesiredTenant): boolean {
  return guards.protect.some((pattern) => globMatcher(pattern)(event));
}

function note(message: string, places: readonly string[] = []): Problem {
  return { severity: 'note', kind: 'shed', message, places, nearest: [] };
}
