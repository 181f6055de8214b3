import { checkUrl } from '../arguments.js';
import { InvalidArgumentError } from '../errors/invalid-argument-error.js';
import { operations } from '../generated/emporix-oauth/operations.js';
import { createRedactor } from '../redact.js';
import { createService } from '../service.js';
import { resolveSettings, type ConnectionOptions, type Settings } from '../settings.js';
import { createTransport } from '../transport.js';
import { createTokenCache } from './token-cache.js';
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
  const { baseUrl, clock, random, hooks, userAgent } = settings;
  const url = checkUrl('tokenUrl', credentials.tokenUrl ?? `${baseUrl}${operations.requestToken.path}`);
  const operation = { ...operations.requestToken, path: `${url.pathname}${url.search}` };
  const redactor = createRedactor(credentials.clientSecret, ...settings.secrets);
  const service = createService({
    ...settings,
    upstream: 'oauth',
    baseUrl: url.origin,
    headers: { accept: 'application/json', 'user-agent': userAgent },
    transport: createTransport({ ...settings, upstream: 'oauth', redactor }),
    redactor,
  });
  return createTokenCache({
    mint: () => requestToken(service, operation, credentials, redactor),
    clock,
    random,
    hooks,
  });
}
