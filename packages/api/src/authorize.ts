import type { AttemptResult } from './attempt.js';
import { ApiError, type FailedCall } from './errors/api-error.js';
import { safeCause } from './errors/safe-cause.js';
import { TokenError } from './errors/token-error.js';
import type { Redactor } from './redact.js';
import { abortable } from './signals.js';
import type { AccessToken } from './token/access-token.js';
import type { TokenProvider } from './token/token-provider.js';

/** A token for the next request, also from a provider that ignores the signal or throws foreign errors. */
export async function authorize(
  auth: TokenProvider,
  call: FailedCall,
  redactor: Redactor,
  signal: AbortSignal,
): Promise<AccessToken> {
  try {
    const token = await abortable(auth.getToken(signal), signal);
    redactor.add(token.reveal());
    return token;
  } catch (error) {
    if (error instanceof ApiError || signal.aborted) throw error;
    const cause = safeCause(error, redactor.redact);
    throw new TokenError(`${call.operationId} failed: the token provider threw`, call, { transient: true, cause });
  }
}

/** Whether a newer token may turn this answer into a better one. */
export function refused(result: AttemptResult): boolean {
  return result.type === 'answer' && result.status === 401;
}
