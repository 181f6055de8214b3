import type { Quirks } from '../quirks.js';
import type { Random } from '../random.js';

/** The link that opens the dashboard. Its key has had three forms so far; `garbage` is none that can be read. */
export function loginUrl(
  { applicationId, token }: { readonly applicationId: string; readonly token: string },
  quirks: Quirks,
  random: Random,
): string {
  const region = quirks.svixRegion === 'none' ? 'eu' : quirks.svixRegion;
  const keys: Record<Exclude<Quirks['svixLoginKey'], 'garbage'>, object> = {
    'one-time-token': { appId: applicationId, oneTimeToken: random.token(32), region },
    'token-and-region': { appId: applicationId, token, region },
    token: { appId: applicationId, token },
  };
  const key =
    quirks.svixLoginKey === 'garbage'
      ? random.token(27)
      : Buffer.from(JSON.stringify(keys[quirks.svixLoginKey])).toString('base64');
  return `https://app.svix.com/login#key=${key}`;
}

/** A value for a token of an application. */
export function newTokenValue(quirks: Quirks, random: Random): string {
  return `appsk_${random.token(32)}${quirks.svixRegion === 'none' ? '' : `.${quirks.svixRegion}`}`;
}
