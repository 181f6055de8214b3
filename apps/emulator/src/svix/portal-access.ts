import type { Quirks } from '../quirks.js';
import type { Random } from '../random.js';
import type { Application } from './application.js';
import { loginUrl, newTokenValue } from './login-url.js';
import type { ApplicationToken, Capability } from './token.js';

/** What a token of an application is to be good for. */
export interface Grant {
  readonly tenant: string;
  readonly capabilities: readonly Capability[];
  readonly featureFlags: readonly string[];
  readonly lifetimeSeconds: number;
}

/** A new token of the application, and the link that opens the dashboard with it. */
export function grantPortalAccess(
  { id, account }: Application,
  { lifetimeSeconds, ...grant }: Grant,
  { quirks, random, now }: { readonly quirks: Quirks; readonly random: Random; readonly now: number },
): { readonly url: string; readonly token: ApplicationToken } {
  const value = newTokenValue(quirks, random);
  return {
    url: loginUrl({ applicationId: id, token: value }, quirks, random),
    token: {
      kind: 'application',
      value,
      applicationId: id,
      account,
      expiresAt: now + lifetimeSeconds * 1_000,
      ...grant,
    },
  };
}
