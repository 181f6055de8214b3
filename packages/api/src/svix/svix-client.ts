import { checkPathParameter } from '../arguments.js';
import { DocumentClient } from '../document-client.js';
import { Redactor } from '../redact.js';
import { Service } from '../service.js';
import { resolveSettings, type ConnectionOptions } from '../settings.js';
import { givenToken, type GivenToken } from '../token/given-token.js';
import type { TokenProvider } from '../token/token-provider.js';
import { svixMethods, type SvixApi } from './svix-api.js';
import { svixDocument } from './svix-document.js';

/** How to make a client for one application. */
export interface SvixApiOptions extends ConnectionOptions {
  /** Where the application lives, such as `chooseSvixServer` finds it. */
  readonly baseUrl: string;
  /** Id or uid of the application; at Emporix the tenant's name. */
  readonly appId: string;
  /** A token, a function that gets one and, after a 401, another, or a provider to share between clients. */
  readonly auth: TokenProvider | { readonly token: GivenToken };
  /** Sent with every request. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Makes the key for each call that makes something. Default: a random UUID. */
  readonly idempotencyKey?: () => string;
}

/** Makes a client. Throws an `InvalidArgumentError` for an option that cannot work; connects to nothing yet. */
export function createSvixApi(options: SvixApiOptions): SvixApi {
  const { auth, headers, idempotencyKey } = options;
  const appId = checkPathParameter('appId', options.appId);
  const settings = resolveSettings(options, { timeoutMs: 15_000, totalTimeoutMs: 60_000 });
  const known = 'token' in auth && typeof auth.token === 'string' ? [auth.token] : [];
  const service = new Service({
    settings,
    upstream: 'svix',
    headers: { accept: 'application/json', 'user-agent': settings.userAgent, ...headers },
    redactor: new Redactor(...known, ...settings.secrets),
    auth: 'getToken' in auth ? auth : givenToken(auth.token),
    ...(idempotencyKey !== undefined && { idempotencyKey }),
  });
  return { appId, ...svixMethods(new DocumentClient(service, svixDocument, { appId })) };
}
