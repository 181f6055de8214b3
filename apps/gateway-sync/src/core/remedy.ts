import { AccessDeniedError, FileWithheldError, PausedError, ServiceError } from './errors.js';

/**
 * What helps against an error that is not a matter of waiting; `undefined` where nobody can say. `tenant`: absent where the
 * error is not of one tenant.
 */
export function remedyFor(error: unknown, tenant?: string): string | undefined {
  const knowsItself =
    error instanceof PausedError || error instanceof FileWithheldError || error instanceof ServiceError;
  if (knowsItself) return error.remedy;
  if (tenant === undefined || !(error instanceof AccessDeniedError)) return undefined;
  return `check credentials of tenant ${tenant}; they need webhook.subscription_read and webhook.subscription_manage`;
}
