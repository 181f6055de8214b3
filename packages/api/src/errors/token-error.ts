import { ApiError, type FailedCall } from './api-error.js';

interface TokenErrorDetails {
  readonly transient: boolean;
  readonly status?: number | undefined;
  readonly missingScopes?: readonly string[];
  readonly cause?: Error | undefined;
}

/** No usable access token could be had; `cause` says why when the token endpoint refused or did not answer. */
export class TokenError extends ApiError {
  override readonly name = 'TokenError';
  readonly code = 'token';
  readonly transient: boolean;
  /** Status of the token endpoint's answer, if there was one. */
  readonly status?: number;
  /** Scopes that were asked for and not granted. */
  readonly missingScopes: readonly string[];

  constructor(message: string, call: FailedCall, details: TokenErrorDetails) {
    super(message, call, details.cause);
    this.transient = details.transient;
    if (details.status !== undefined) this.status = details.status;
    this.missingScopes = details.missingScopes ?? [];
  }
}
