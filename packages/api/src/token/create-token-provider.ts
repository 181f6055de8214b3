import { checkUrl } from '../arguments.js';
import { InvalidArgumentError } from '../errors/invalid-argument-error.js';
import { operations } from '../generated/emporix-oauth/operations.js';
import type { OperationDescription } from '../generated/operation.js';
import { Redactor } from '../redact.js';
import { Service } from '../service.js';
import { resolveSettings, type ConnectionOptions, type Settings } from '../settings.js';
import { TokenCache } from './token-cache.js';
import type { ClientCredentials, TokenProvider } from './token-provider.js';
import { requestToken } from './token-request.js';

/** Makes a provider for client credentials, to be shared by several clients of one tenant. */
export function createTokenProvider(options: ClientCredentials & ConnectionOptions): TokenProvider {
  return tokenProvider(options, resolveSettings(options, { timeoutMs: 10_000, totalTimeoutMs: 30_000 }));
}

/** The same with the settings of a client. Its secrets are kept out of the provider's errors by the provider itself. */
export function tokenProvider(credentials: ClientCredentials, settings: Settings): TokenProvider {
  for (const name of ['clientId', 'clientSecret'] as const) {
    if (!credentials[name]) throw new InvalidArgumentError(`${name} must not be empty`);
  }
  const { operation, ...place } = placeOf(credentials.tokenUrl);
  const { clock, random, hooks, userAgent } = settings;
  const redactor = new Redactor(credentials.clientSecret, ...settings.secrets);
  const headers = { accept: 'application/json', 'user-agent': userAgent };
  const service = new Service({ settings, upstream: 'oauth', ...place, headers, redactor });
  return new TokenCache({
    mint: () => requestToken(service, operation, credentials, redactor),
    clock,
    random,
    hooks,
  });
}

function placeOf(tokenUrl: string | undefined): {
  readonly operation: OperationDescription;
  readonly baseUrl?: string;
} {
  const { requestToken: operation } = operations;
  if (tokenUrl === undefined) return { operation };
  const { origin, pathname, search } = checkUrl('tokenUrl', tokenUrl);
  return { operation: { ...operation, path: `${pathname}${search}` }, baseUrl: origin };
}
