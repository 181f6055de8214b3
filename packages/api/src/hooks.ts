/** The service that was asked. */
export type Upstream = 'emporix' | 'oauth' | 'svix' | 'gateway-sync';

/** How one attempt ended: an answer of any kind but an error status, or what went wrong. */
export type AttemptOutcome = 'ok' | 'error-status' | 'too-large' | 'timeout' | 'connection' | 'aborted';

/** How one call ended; `token` and `format` are failures that no attempt of its own shows. */
export type CallOutcome = AttemptOutcome | 'token' | 'format';

interface OperationEvent<From extends string> {
  readonly upstream: From;
  readonly operationId: string;
  readonly method: string;
  readonly pathTemplate: string;
  /** HTTP status; absent when there was no answer. */
  readonly status?: number;
  readonly durationMs: number;
}

/** One request was answered or given up. */
export interface AttemptEvent<From extends string = Upstream> extends OperationEvent<From> {
  readonly outcome: AttemptOutcome;
  /** 1 for the first. */
  readonly attempt: number;
}

/** One call, with all its attempts and waits, is over. */
export interface CallEvent<From extends string = Upstream> extends OperationEvent<From> {
  readonly outcome: CallOutcome;
  /** Number of requests sent; 0 when the call ended before the first. */
  readonly attempts: number;
}

/** Something happened to the cached access token. */
export type TokenEvent =
  | { readonly type: 'obtained'; readonly lifetimeMs: number; readonly lifetimeAssumed: boolean }
  | { readonly type: 'failed'; readonly background: boolean; readonly retryInMs: number }
  | { readonly type: 'invalidated' };

/** Listeners for metrics and traces. They see no URL, header or body. */
export interface ApiHooks<From extends string = Upstream> {
  onAttempt?(event: AttemptEvent<From>): void;
  onCall?(event: CallEvent<From>): void;
  onToken?(event: TokenEvent): void;
}

/** Calls a listener; one that throws is reported as a process warning and never fails the API call. */
export function notify(listener: () => void): void {
  try {
    listener();
  } catch (error) {
    process.emitWarning('A hook of the API client threw', { detail: String(error) });
  }
}
