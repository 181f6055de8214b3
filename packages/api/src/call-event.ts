import { ApiError } from './errors/api-error.js';
import { ResponseFormatError } from './errors/response-format-error.js';
import { ApiStatusError } from './errors/status-errors.js';
import { TokenError } from './errors/token-error.js';
import { ConnectionError, ResponseTooLargeError, TimeoutError } from './errors/transport-errors.js';
import type { CallEvent, CallOutcome } from './hooks.js';
import type { Answer } from './transport.js';

/** The part of a `CallEvent` that depends on how the call ended. */
export type CallEnding = Pick<CallEvent, 'outcome' | 'attempts' | 'status'>;

/** The ending of a call whose answer was understood. */
export function answeredEnding({ status, attempts }: Answer): CallEnding {
  return { outcome: status < 400 ? 'ok' : 'error-status', attempts, status };
}

/** The ending of a call that failed. */
export function failedEnding(error: ApiError): CallEnding {
  const answered =
    error instanceof ApiStatusError || error instanceof ResponseFormatError || error instanceof ResponseTooLargeError;
  return { outcome: outcomeOf(error), attempts: error.attempts, ...(answered && { status: error.status }) };
}

function outcomeOf(error: ApiError): CallOutcome {
  if (error instanceof ApiStatusError) return 'error-status';
  if (error instanceof ResponseFormatError) return 'format';
  if (error instanceof ResponseTooLargeError) return 'too-large';
  if (error instanceof TimeoutError) return 'timeout';
  if (error instanceof ConnectionError) return 'connection';
  return error instanceof TokenError ? 'token' : 'aborted';
}
