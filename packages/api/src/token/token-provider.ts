import type { AccessToken } from './access-token.js';

/** Where the client gets its access tokens. One provider may serve several clients. */
export interface TokenProvider {
  /** A token that is believed to be valid. Rejects with the signal's reason when that aborts first. */
  getToken(signal?: AbortSignal): Promise<AccessToken>;
  /** Tells that the service refused this token. A newer one must stay. */
  invalidate(token: AccessToken): void;
}

/** A key of the Emporix developer portal. */
export interface ClientCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Scopes to ask for, separated by blanks; without it the token has all scopes of the key. */
  readonly scope?: string;
  /** Default: `/oauth/token` under the client's base URL. */
  readonly tokenUrl?: string;
}
