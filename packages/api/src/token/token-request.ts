import { ApiError } from '../errors/api-error.js';
import { ApiStatusError } from '../errors/status-errors.js';
import { TokenError } from '../errors/token-error.js';
import type { OperationDescription } from '../generated/operation.js';
import type { Token, TokenRequest } from '../generated/emporix-oauth/types.js';
import { isRecord } from '../is-record.js';
import { failedCallOf, isSuccess, jsonBody, statusError, type Reading } from '../reading.js';
import type { Redactor } from '../redact.js';
import type { Service } from '../service.js';
import { AccessToken, isBearerValue } from './access-token.js';
import type { MintedToken } from './token-cache.js';
import type { ClientCredentials } from './token-provider.js';

const ASSUMED_LIFETIME_S = 300;

/** Asks the token endpoint once, with the retries of `service`. Rejects with a `TokenError`. */
export async function requestToken(
  service: Service,
  operation: OperationDescription,
  credentials: ClientCredentials,
  redactor: Redactor,
): Promise<MintedToken> {
  const body: TokenRequest = {
    grant_type: 'client_credentials',
    client_id: credentials.clientId,
    client_secret: credentials.clientSecret,
    ...(credentials.scope !== undefined && { scope: credentials.scope }),
  };
  try {
    return await service.call(operation, { body }, {}, (reading) => {
      if (!isSuccess(reading)) throw statusError(reading);
      const minted = readToken(reading, credentials.scope);
      redactor.add(minted.token.reveal());
      return minted;
    });
  } catch (error) {
    if (!(error instanceof ApiError) || error instanceof TokenError) throw error;
    throw refusal(error);
  }
}

function readToken(reading: Reading, requestedScope: string | undefined): MintedToken {
  const call = failedCallOf(reading);
  const { status } = reading.answer;
  const json = jsonBody(reading);
  const body: Partial<Record<keyof Token, unknown>> = isRecord(json) ? json : {};
  const value = body.access_token;
  if (!isBearerValue(value)) {
    throw new TokenError('The token endpoint answered without a usable access token', call, {
      transient: false,
      status,
    });
  }
  const scopes = typeof body.scope === 'string' ? scopeList(body.scope) : undefined;
  const missingScopes = scopes && scopeList(requestedScope ?? '').filter((scope) => !scopes.includes(scope));
  if (scopes?.length === 0 && missingScopes && missingScopes.length > 0) {
    const message = `The key has none of the scopes asked for: ${missingScopes.join(', ')}`;
    throw new TokenError(message, call, { transient: false, status, missingScopes });
  }
  const seconds = Number(body.expires_in);
  const lifetimeAssumed = !(seconds > 0 && Number.isFinite(seconds));
  return {
    token: new AccessToken(value, { scopes }),
    lifetimeMs: (lifetimeAssumed ? ASSUMED_LIFETIME_S : seconds) * 1000,
    lifetimeAssumed,
  };
}

/** Both requests and answers may carry `tenant=…` among the scopes, and an answer was seen that begins with `scope=`. */
function scopeList(scope: string): string[] {
  return scope
    .replace(/^scope=/, '')
    .split(/\s+/)
    .filter((word) => word !== '' && !word.startsWith('tenant='));
}

function refusal(cause: ApiError): TokenError {
  return new TokenError(`No access token: ${cause.message}`, cause, {
    transient: cause.transient,
    status: cause instanceof ApiStatusError ? cause.status : undefined,
    cause,
  });
}
