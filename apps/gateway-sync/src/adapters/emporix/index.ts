import { type ApiHooks, createEmporixApi, createTokenProvider } from '@gateway-sync/api';
import { secretsOf } from '../../core/secrets-of.js';
import type { Gateway } from '../../core/ports.js';
import type { BudgetWish, RequestBudget } from '../../core/replica-ports.js';
import type { DesiredFile, FileTenant } from '../desired-file/desired-file.js';
import { createEndpointGatewayFactory } from '../svix/index.js';
import { EmporixGateway } from './emporix-gateway.js';
import { createRateLimiter, longestQueueMs, processRate } from './rate-limiter.js';
import { SubscriptionRows } from './subscription-rows.js';

export interface GatewayFactory {
  for(tenant: Pick<FileTenant, 'tenant' | 'credentials' | 'delivery' | 'endpoints' | 'svix'>): Gateway;
}

export interface GatewayFactoryOptions {
  readonly userAgent: string;
  readonly hooks?: ApiHooks;
  /** What this process shares with others; tokens are part of it. Absent: it is on its own. */
  readonly budget?: RequestBudget;
}

/** Attempts that fit into the time for one call, at their longest. */
const ATTEMPTS_PER_CALL = 2;
/** Reconciles and quota readings each have `sync.concurrency` requests under way at most. */
const REQUESTERS = 2;

/** What all processes that ask the same services may ask together. */
export function budgetOf({ emporix, svix }: Pick<DesiredFile, 'emporix' | 'svix'>): BudgetWish {
  const rates = { emporix: emporix.requestsPerSecond, svix: svix.requestsPerSecond };
  return { origin: new URL(emporix.baseUrl).origin, rates };
}

/** Gateways to all tenants of a file; together they keep to what the file says of requests a second. */
export function createGatewayFactory(
  file: Pick<DesiredFile, 'emporix' | 'svix' | 'sync'>,
  options: GatewayFactoryOptions,
): GatewayFactory {
  const { baseUrl, timeoutMs } = file.emporix;
  const { userAgent, hooks, budget } = options;
  const rate = processRate(file.emporix);
  const limiter = createRateLimiter(rate, budget && { budget, upstream: 'emporix' });
  // Waiting for one's turn takes from the time for the call, so that is what the longest queue adds.
  const queueMs = longestQueueMs(REQUESTERS * file.sync.concurrency, rate, budget !== undefined);
  const svix = createEndpointGatewayFactory(file, options);
  const connection = {
    baseUrl,
    timeoutMs,
    totalTimeoutMs: ATTEMPTS_PER_CALL * (timeoutMs + queueMs),
    limiter,
    userAgent,
    ...(hooks && { hooks }),
  };
  const rows = new SubscriptionRows();
  return {
    for: (desired) => {
      const { clientId, clientSecret } = desired.credentials;
      // What the service was given once it may quote at any time.
      const secrets = secretsOf(desired).map((secret) => secret.reveal());
      const auth = { clientId, clientSecret: clientSecret.reveal() };
      // The client gets the credentials and no provider of tokens: what it knows it keeps out of its errors.
      const api = createEmporixApi({ ...connection, secrets, tenant: desired.tenant, auth });
      const tokens = () => createTokenProvider({ ...connection, secrets, ...auth });
      return new EmporixGateway(api, tokens, rows, desired.endpoints && svix.for(desired, api.webhooks));
    },
  };
}
