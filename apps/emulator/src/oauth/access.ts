import { gatewayFault, Refusal, refuse, serviceError } from '../http/answer.js';
import type { Quirks } from '../quirks.js';
import type { Token, TokenStore } from './tokens.js';

/** What a call needs to be let in. */
export interface AccessRequest {
  readonly authorization: string | undefined;
  /** The `Emporix-Tenant` header. */
  readonly tenantHeader: string | undefined;
  readonly tenant: string;
  readonly scopes: readonly string[];
}

/** Lets a call in or refuses it: 401 by the gateway, then 403, then 400 when header and path name different tenants. */
export function checkAccess(request: AccessRequest, tokens: TokenStore, quirks: Quirks, now: number): void {
  const token = bearerToken(request.authorization, tokens);
  if (token === undefined) throw new Refusal(gatewayFault(401, 'Invalid access token', 'oauth.v2.InvalidAccessToken'));
  if (token.expiresAt <= now) {
    throw new Refusal(gatewayFault(401, 'Access Token expired', 'keymanagement.service.access_token_expired'));
  }
  if (token.tenant !== request.tenant) {
    const { foreignTenantToken: status } = quirks;
    throw new Refusal(
      status === 401
        ? gatewayFault(401, 'Invalid access token', 'oauth.v2.InvalidAccessToken')
        : serviceError(403, `The token is not good for tenant ${request.tenant}.`),
    );
  }
  checkScopes(request.scopes, token.scopes, quirks);
  if (request.tenantHeader !== undefined && request.tenantHeader.toLowerCase() !== request.tenant) {
    refuse(400, 'The tenant in the header is not the one in the path.');
  }
}

/** The token a call carries, if it is one that was handed out. */
export function bearerToken(authorization: string | undefined, tokens: TokenStore): Token | undefined {
  const value = /^Bearer\s+(\S+)$/i.exec(authorization ?? '')?.[1];
  return value === undefined ? undefined : tokens.find(value);
}

function checkScopes(needed: readonly string[], granted: readonly string[], quirks: Quirks): void {
  const missing = needed.filter((scope) => !granted.includes(scope));
  if (missing.length === 0) return;
  throw new Refusal(
    quirks.missingScopeShape === 'service'
      ? serviceError(
          403,
          'The token lacks a scope.',
          missing.map((scope) => `missing scope: ${scope}`),
        )
      : gatewayFault(403, `Required scope(s): ${missing.join(' ')}`, 'steps.oauth.v2.InsufficientScope'),
  );
}
