import { ApiError, type FailedCall } from './api-error.js';

/** There was no answer, or none that could be had in full. */
export abstract class ApiTransportError extends ApiError {}

/** The time for one attempt, or for all of them together, was over. */
export class TimeoutError extends ApiTransportError {
  override readonly name = 'TimeoutError';
  readonly code = 'timeout';
  readonly transient = true;
  readonly scope: 'attempt' | 'total';
  readonly timeoutMs: number;

  constructor(call: FailedCall, limit: { scope: 'attempt' | 'total'; timeoutMs: number }) {
    const what = limit.scope === 'attempt' ? 'the last attempt' : 'the call';
    super(`${call.operationId} timed out: ${what} took longer than ${limit.timeoutMs} ms`, call);
    this.scope = limit.scope;
    this.timeoutMs = limit.timeoutMs;
  }
}

/** The connection could not be made, or broke before the answer was complete. */
export class ConnectionError extends ApiTransportError {
  override readonly name = 'ConnectionError';
  readonly code = 'connection';
  readonly transient = true;
  /** `connect`: the request was certainly not sent; `inflight`: it may have been carried out. */
  readonly phase: 'connect' | 'inflight';
  /** The system's word for it, such as `ECONNREFUSED` or `UND_ERR_SOCKET`. */
  readonly networkCode?: string;
  /** Scheme, host and port of the service. */
  readonly origin: string;

  constructor(
    call: FailedCall,
    failure: { phase: 'connect' | 'inflight'; networkCode?: string | undefined; origin: string },
    cause?: Error,
  ) {
    const what = failure.phase === 'connect' ? 'no connection to' : 'the connection broke to';
    const code = failure.networkCode ? ` (${failure.networkCode})` : '';
    super(`${call.operationId} failed: ${what} ${failure.origin}${code}`, call, cause);
    this.phase = failure.phase;
    this.origin = failure.origin;
    if (failure.networkCode !== undefined) this.networkCode = failure.networkCode;
  }
}

/** The answer is longer than any that makes sense; it was not read to its end. */
export class ResponseTooLargeError extends ApiTransportError {
  override readonly name = 'ResponseTooLargeError';
  readonly code = 'response-too-large';
  readonly transient = true;
  readonly status: number;
  readonly maxBytes: number;

  constructor(call: FailedCall, answer: { status: number; maxBytes: number }) {
    super(`${call.operationId} answered ${answer.status} with more than ${answer.maxBytes} bytes`, call);
    this.status = answer.status;
    this.maxBytes = answer.maxBytes;
  }
}

/** The caller's signal aborted. */
export class AbortedError extends ApiTransportError {
  override readonly name = 'AbortedError';
  readonly code = 'aborted';
  readonly transient = false;

  constructor(call: FailedCall, cause?: Error) {
    super(`${call.operationId} was aborted`, call, cause);
  }
}
