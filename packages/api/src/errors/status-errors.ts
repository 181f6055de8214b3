import type { Problem } from '../problem.js';
import { ApiError, type FailedCall } from './api-error.js';

/** What an answer with an error status said. */
export interface RefusedAnswer {
  readonly status: number;
  readonly problem: Problem;
  readonly requestId?: string;
  /** How long the service wants to be left alone, in milliseconds. */
  readonly retryAfterMs?: number;
}

/** The service or its gateway answered, and not with success. */
export abstract class ApiStatusError extends ApiError {
  readonly transient: boolean;
  readonly status: number;
  readonly problem: Problem;
  readonly requestId?: string;
  /** From `Retry-After`, in milliseconds. */
  readonly retryAfterMs?: number;

  constructor(call: FailedCall, answer: RefusedAnswer, hint = '') {
    super(`${call.operationId} answered ${answer.status}: ${answer.problem.message}${hint}`, call);
    this.status = answer.status;
    this.transient = answer.status === 408 || answer.status === 429 || answer.status >= 500;
    this.problem = answer.problem;
    if (answer.requestId !== undefined) this.requestId = answer.requestId;
    if (answer.retryAfterMs !== undefined) this.retryAfterMs = answer.retryAfterMs;
  }
}

/** 400: the request makes no sense; `problem.details` says where. */
export class BadRequestError extends ApiStatusError {
  override readonly name = 'BadRequestError';
  readonly code = 'bad-request';
}

/** 401, also with a token fetched just now. */
export class UnauthorizedError extends ApiStatusError {
  override readonly name = 'UnauthorizedError';
  readonly code = 'unauthorized';
}

/** 403: the token lacks a scope, or may not touch this tenant. */
export class ForbiddenError extends ApiStatusError {
  override readonly name = 'ForbiddenError';
  readonly code = 'forbidden';
  /** What the operation needs. */
  readonly requiredScopes: readonly string[];
  /** Those of them that the token was not granted; empty when that is not known to be the reason. */
  readonly missingScopes: readonly string[];

  constructor(
    call: FailedCall,
    answer: RefusedAnswer,
    scopes: { required: readonly string[]; missing: readonly string[] },
  ) {
    super(call, answer, scopeHint(scopes));
    this.requiredScopes = scopes.required;
    this.missingScopes = scopes.missing;
  }
}

function scopeHint({ required, missing }: { required: readonly string[]; missing: readonly string[] }): string {
  if (missing.length > 0) return ` (the token lacks the scope ${missing.join(' and ')})`;
  return required.length > 0 ? ` (needs the scope ${required.join(' and ')})` : '';
}

/** 404: there is no such thing. */
export class NotFoundError extends ApiStatusError {
  override readonly name = 'NotFoundError';
  readonly code = 'not-found';
}

/** 409: it exists already, or somebody else was faster. */
export class ConflictError extends ApiStatusError {
  override readonly name = 'ConflictError';
  readonly code = 'conflict';
}

/** 429, after the retries that the policy allows, or at once when `retryAfterMs` is above its cap. */
export class RateLimitedError extends ApiStatusError {
  override readonly name = 'RateLimitedError';
  readonly code = 'rate-limited';
}

/** 5xx, after the retries that the policy allows. */
export class ServerError extends ApiStatusError {
  override readonly name = 'ServerError';
  readonly code = 'server-error';
}

/** A status that is none of the above, such as a redirect, which is never followed. */
export class UnexpectedStatusError extends ApiStatusError {
  override readonly name = 'UnexpectedStatusError';
  readonly code = 'unexpected-status';
}
