import { type ApiHooks, createSvixApi, type EmporixApi } from '@gateway-sync/api';
import type { Clock, EndpointGateway } from '../../core/ports.js';
import type { RequestBudget } from '../../core/replica-ports.js';
import { secretsOf } from '../../core/secrets-of.js';
import type { Secret } from '../../core/secret.js';
import type { DesiredFile, FileTenant } from '../desired-file/desired-file.js';
import { createRateLimiter, longestQueueMs, processRate } from '../emporix/rate-limiter.js';
import { ownAccess, sharedAccess } from './svix-access.js';
import { SvixEndpointGateway } from './svix-endpoint-gateway.js';
import { SvixSessions } from './svix-sessions.js';

export interface EndpointGatewayFactory {
  /** `webhooks`: the client of the tenant's Webhook Service, by way of which the shared account is reached. */
  for(
    tenant: Pick<FileTenant, 'tenant' | 'svix' | 'delivery'>,
    webhooks: Pick<EmporixApi['webhooks'], 'getDashboardAccess' | 'listConfigs'>,
  ): EndpointGateway;
}

export interface EndpointGatewayFactoryOptions {
  readonly userAgent: string;
  /** How long a token is kept. Default: the clock of this machine that is never set. */
  readonly clock?: Clock;
  readonly hooks?: ApiHooks;
  /** What this process shares with others. Absent: it is on its own. */
  readonly budget?: RequestBudget;
}

/** Attempts that fit into the time for one call, at their longest. */
const ATTEMPTS_PER_CALL = 2;

/** Gateways to the Svix applications of a file's tenants; together they keep to `svix.requestsPerSecond`. */
export function createEndpointGatewayFactory(
  file: Pick<DesiredFile, 'emporix' | 'svix' | 'sync'>,
  { userAgent, clock = { now: () => performance.now() }, hooks, budget }: EndpointGatewayFactoryOptions,
): EndpointGatewayFactory {
  const { timeoutMs } = file.emporix;
  const rate = processRate(file.svix);
  const limiter = createRateLimiter(rate, budget && { budget, upstream: 'svix' });
  // Waiting for one's turn takes from the time for the call, so that is what the longest queue adds.
  const queueMs = longestQueueMs(file.sync.concurrency, rate, budget !== undefined);
  return {
    for: (tenant, webhooks) => {
      const { url, filterField } = tenant.svix;
      const app = tenant.svix.app ?? tenant.tenant;
      const apiKey = ownKey(tenant);
      // What the service was given once it may quote at any time.
      const secrets = secretsOf(tenant).map((secret) => secret.reveal());
      const connect = ({ baseUrl, token }: { readonly baseUrl: string; readonly token: string }) =>
        createSvixApi({
          appId: app,
          baseUrl,
          auth: { token },
          timeoutMs,
          totalTimeoutMs: ATTEMPTS_PER_CALL * (timeoutMs + queueMs),
          limiter,
          userAgent,
          secrets,
          ...(hooks && { hooks }),
        });
      const open = apiKey ? ownAccess(apiKey, url) : sharedAccess(webhooks, url);
      const sessions = new SvixSessions(open, connect, clock);
      return new SvixEndpointGateway(sessions, { app, tenant: tenant.tenant, filterField });
    },
  };
}

/** The key to an account of one's own; with SVIX the one that Emporix delivers with will do. */
function ownKey({ svix, delivery }: Pick<FileTenant, 'svix' | 'delivery'>): Secret | undefined {
  return svix.apiKey ?? (delivery?.provider === 'SVIX' ? delivery.apiKey : undefined);
}
