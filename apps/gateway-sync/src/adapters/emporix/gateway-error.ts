import {
  ApiError,
  ConflictError as ApiConflictError,
  ApiStatusError,
  ForbiddenError,
  TokenError,
  UnauthorizedError,
} from '@gateway-sync/api';
import {
  AccessDeniedError,
  ConflictError,
  type GatewayError,
  RejectedError,
  UnavailableError,
} from '../../core/errors.js';

/** The core's word for an error of the client. Anything that is not one is a bug and passes through. */
export function toGatewayError(error: unknown): unknown {
  return error instanceof ApiError ? translate(error) : error;
}

function translate(error: ApiError): GatewayError {
  const answered = error instanceof ApiStatusError || error instanceof TokenError;
  const details = {
    operation: error.operationId,
    cause: error,
    ...(answered && error.status !== undefined && { status: error.status }),
  };
  if (error instanceof ApiConflictError) return new ConflictError(error.message, details);
  if (error.transient) {
    const retryAfterMs = error instanceof ApiStatusError ? error.retryAfterMs : undefined;
    return new UnavailableError(error.message, { ...details, ...(retryAfterMs !== undefined && { retryAfterMs }) });
  }
  const denied = error instanceof UnauthorizedError || error instanceof ForbiddenError || error instanceof TokenError;
  return denied ? new AccessDeniedError(error.message, details) : new RejectedError(error.message, details);
}
