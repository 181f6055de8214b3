import {
  ApiError,
  ConflictError as ApiConflictError,
  ApiStatusError,
  BadRequestError,
  ForbiddenError,
  InvalidArgumentError,
  TokenError,
  UnauthorizedError,
} from '@gateway-sync/api';
import {
  AccessDeniedError,
  ConflictError,
  type GatewayError,
  RejectedError,
  UnavailableError,
  UnreachableError,
} from '../../core/errors.js';

/** The core's word for an error of the client. Anything that is not one is a bug and passes through. */
export function toGatewayError(error: unknown): unknown {
  // A code or id that came from the service and cannot stand in a path: that thing alone is out of reach.
  if (error instanceof InvalidArgumentError) {
    return new RejectedError(`nothing was sent: ${error.message}`, { operation: 'none', cause: error });
  }
  return error instanceof ApiError ? translate(error) : error;
}

/** Only the outside of an answer was looked at so far. What has another inside is a broken service, and no bug of ours. */
export function understood<Value>(operation: string, read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new UnavailableError(`${operation} answered something of another shape`, { operation, cause: error });
  }
}

function translate(error: ApiError): GatewayError {
  const answered = error instanceof ApiStatusError || error instanceof TokenError;
  const details = {
    operation: error.operationId,
    cause: error,
    answerLost: error.ambiguous,
    ...(answered && error.status !== undefined && { status: error.status }),
  };
  if (error instanceof ApiConflictError) return new ConflictError(error.message, details);
  if (error instanceof BadRequestError && error.problem.details.length > 0) {
    const message = `${error.message}: ${error.problem.details.join('; ')}`;
    const unreachable = error.problem.details.every((detail) => UNREACHABLE.test(detail));
    return unreachable ? new UnreachableError(message, details) : new RejectedError(message, details);
  }
  if (error.transient) {
    const retryAfterMs = error instanceof ApiStatusError ? error.retryAfterMs : undefined;
    return new UnavailableError(error.message, { ...details, ...(retryAfterMs !== undefined && { retryAfterMs }) });
  }
  const denied = error instanceof UnauthorizedError || error instanceof ForbiddenError || error instanceof TokenError;
  return denied ? new AccessDeniedError(error.message, details) : new RejectedError(error.message, details);
}

/** `destinationUrl: …`, perhaps with a longer path: the service asks a destination with HEAD or OPTIONS before it takes it. */
const UNREACHABLE = /destinationUrl[^:]*:.*(?:not accessible|\bHEAD\b|\bOPTIONS\b)/;
