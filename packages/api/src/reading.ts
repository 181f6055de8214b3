import type { FailedCall } from './errors/api-error.js';
import { ResponseFormatError } from './errors/response-format-error.js';
import {
  BadRequestError,
  ConflictError,
  ForbiddenError,
  NotFoundError,
  RateLimitedError,
  ServerError,
  UnauthorizedError,
  UnexpectedStatusError,
  type ApiStatusError,
  type RefusedAnswer,
} from './errors/status-errors.js';
import type { AnswerHeaders } from './exchange.js';
import type { OperationDescription } from './generated/operation.js';
import { preview } from './preview.js';
import { readProblem } from './problem.js';
import { isAmbiguous } from './retry/next-wait.js';
import { bringsSecrets } from './secret-answers.js';
import { describe, type Answer } from './transport.js';

/** An answer that is about to be understood. */
export interface Reading {
  readonly operation: OperationDescription;
  readonly answer: Answer;
  readonly redact: (text: string) => string;
}

/** Facts about a finished call. */
export interface CallMeta {
  readonly operationId: string;
  readonly status: number;
  /** Number of requests sent. */
  readonly attempts: number;
  /** All attempts and waits together, in milliseconds. */
  readonly durationMs: number;
  /** An earlier request of this call may have been carried out although its answer was lost. */
  readonly ambiguous: boolean;
  /** The service's own id of the request, when it sent one. */
  readonly requestId?: string;
}

const REQUEST_ID_HEADERS = ['x-request-id', 'x-correlation-id', 'request-id'];

export function isSuccess({ answer }: Reading): boolean {
  return answer.status >= 200 && answer.status < 300;
}

/** The body as JSON; undefined when it is empty or not JSON. */
export function jsonBody({ answer }: Reading): unknown {
  try {
    return JSON.parse(answer.body.text);
  } catch {
    // The message of a SyntaxError quotes the text, so it is not passed on.
    return undefined;
  }
}

export function metaOf({ operation, answer }: Reading): CallMeta {
  const { status, attempts, durationMs, ambiguous, headers } = answer;
  const requestId = requestIdOf(headers);
  return {
    operationId: operation.operationId,
    status,
    attempts,
    durationMs,
    ambiguous,
    ...(requestId !== undefined && { requestId }),
  };
}

export function failedCallOf({ operation, answer }: Reading): FailedCall {
  const { status, attempts, ambiguous } = answer;
  return { ...describe(operation), attempts, ambiguous: ambiguous || isAmbiguous(status) };
}

/** The error for a body that is not `expected`, such as `a JSON array`. */
export function formatError(reading: Reading, expected: string): ResponseFormatError {
  const { operation, answer, redact } = reading;
  const quote = bringsSecrets(operation) ? undefined : preview(redact(answer.body.text));
  const call = { ...failedCallOf(reading), ambiguous: true };
  return new ResponseFormatError(call, { status: answer.status, expected, preview: quote });
}

/** The error for a status that is no success: one class for each meaning. */
export function statusError(reading: Reading): ApiStatusError {
  const { operation, answer } = reading;
  const call = failedCallOf(reading);
  const refusal = refusalOf(reading);
  switch (answer.status) {
    case 400:
      return new BadRequestError(call, refusal);
    case 401:
      return new UnauthorizedError(call, refusal);
    case 403:
      return new ForbiddenError(call, refusal, scopesOf(operation, answer));
    case 404:
      return new NotFoundError(call, refusal);
    case 409:
      return new ConflictError(call, refusal);
    case 429:
      return new RateLimitedError(call, refusal);
    default:
      return answer.status >= 500 ? new ServerError(call, refusal) : new UnexpectedStatusError(call, refusal);
  }
}

function refusalOf(reading: Reading): RefusedAnswer {
  const { operation, answer, redact } = reading;
  const json = jsonBody(reading);
  const body = json ?? (bringsSecrets(operation) ? undefined : answer.body.text);
  const requestId = requestIdOf(answer.headers);
  return {
    status: answer.status,
    problem: readProblem(body, redact),
    ...(requestId !== undefined && { requestId }),
    ...(answer.retryAfterMs !== undefined && { retryAfterMs: answer.retryAfterMs }),
  };
}

function scopesOf(
  { scopes: required }: OperationDescription,
  { token }: Answer,
): { required: readonly string[]; missing: readonly string[] } {
  const granted = token?.scopes;
  return { required, missing: granted === undefined ? [] : required.filter((scope) => !granted.includes(scope)) };
}

function requestIdOf(headers: AnswerHeaders): string | undefined {
  const value = REQUEST_ID_HEADERS.map((name) => headers.get(name)).find((id) => id !== null && id !== '');
  return value === undefined || value === null ? undefined : preview(value);
}
