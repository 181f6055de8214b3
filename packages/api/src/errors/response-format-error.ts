import { ApiError, type FailedCall } from './api-error.js';

/** The answer came in full but is not what its status promises: HTML, no JSON, nothing, or JSON of another shape. */
export class ResponseFormatError extends ApiError {
  override readonly name = 'ResponseFormatError';
  readonly code = 'response-format';
  readonly transient = true;
  readonly status: number;
  /** How the body begins, made harmless; absent where the body may hold a secret. */
  readonly preview?: string;

  constructor(call: FailedCall, answer: { status: number; expected: string; preview?: string | undefined }) {
    super(`${call.operationId} answered ${answer.status} without ${answer.expected}`, call);
    this.status = answer.status;
    if (answer.preview !== undefined) this.preview = answer.preview;
  }
}
