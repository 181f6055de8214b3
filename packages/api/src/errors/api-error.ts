/** Which call failed. */
export interface FailedCall {
  readonly operationId: string;
  readonly method: string;
  /** The path with its parameters in braces: it names no tenant. */
  readonly pathTemplate: string;
  /** Number of requests sent; 0 when the call ended before the first. */
  readonly attempts: number;
  /** One of them may have been carried out although its answer was lost. Read before believing that it was not. */
  readonly ambiguous: boolean;
}

/** Stable names of the errors, for programs. */
export type ApiErrorCode =
  | 'aborted'
  | 'bad-request'
  | 'conflict'
  | 'connection'
  | 'forbidden'
  | 'multi-status'
  | 'not-found'
  | 'rate-limited'
  | 'response-format'
  | 'response-too-large'
  | 'server-error'
  | 'timeout'
  | 'token'
  | 'unauthorized'
  | 'unexpected-status';

/** A call that did not end well. Nothing in it, its causes included, shows a secret. */
export abstract class ApiError extends Error implements FailedCall {
  abstract readonly code: ApiErrorCode;
  /** Whether the same call may succeed later, unchanged. */
  abstract readonly transient: boolean;
  readonly operationId: string;
  readonly method: string;
  readonly pathTemplate: string;
  readonly attempts: number;
  readonly ambiguous: boolean;

  constructor(message: string, call: FailedCall, cause?: Error) {
    super(message, cause === undefined ? undefined : { cause });
    this.operationId = call.operationId;
    this.method = call.method;
    this.pathTemplate = call.pathTemplate;
    this.attempts = call.attempts;
    this.ambiguous = call.ambiguous;
  }

  toJSON(): Record<string, unknown> {
    return {
      ...(this as object),
      message: this.message,
      ...(this.cause instanceof Error && { cause: describe(this.cause) }),
    };
  }
}

function describe(cause: Error): unknown {
  return cause instanceof ApiError ? cause.toJSON() : { name: cause.name, message: cause.message };
}
