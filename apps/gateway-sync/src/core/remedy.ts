import { AccessDeniedError, PausedError } from './errors.js';

/** What helps against an error of one tenant that is not a matter of waiting; `undefined` where nobody can say. */
export function remedyFor(error: unknown, tenant: string): string | undefined {
  if (error instanceof PausedError) return error.remedy;
  if (!(error instanceof AccessDeniedError)) return undefined;
  return `check credentials of tenant ${tenant}; they need webhook.subscription_read and webhook.subscription_manage`;
}
