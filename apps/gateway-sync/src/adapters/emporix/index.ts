import { type ApiHooks, createEmporixApi } from '@gateway-sync/api';
import type { Gateway } from '../../core/ports.js';
import type { DesiredFile, FileTenant } from '../desired-file/desired-file.js';
import { createEndpointGatewayFactory } from '../svix/index.js';
import { EmporixGateway } from './emporix-gateway.js';
import { createRateLimiter } from './rate-limiter.js';

export interface GatewayFactory {
  for(tenant: Pick<FileTenant, 'tenant' | 'credentials' | 'delivery' | 'endpoints' | 'svix'>): Gateway;
}

export interface GatewayFactoryOptions {
  readonly userAgent: string;
  readonly hooks?: ApiHooks;
}

/** Attempts that fit into the time for one call, at their longest. */
const ATTEMPTS_PER_CALL = 2;
/** Reconciles and quota readings each have `sync.concurrency` requests under way at most. */
const REQUESTERS = 2;

/** Gateways to all tenants of a file; together they keep to what the file says of requests a second. */
export function createGatewayFactory(
  file: Pick<DesiredFile, 'emporix' | 'svix' | 'sync'>,
  options: GatewayFactoryOptions,
): GatewayFactory {
  const { baseUrl, requestsPerSecond, timeoutMs } = file.emporix;
  const limiter = createRateLimiter(requestsPerSecond);
  // Waiting for one's turn takes from the time for the call, so that is what the longest queue adds.
  const queueMs = (1000 * REQUESTERS * file.sync.concurrency) / requestsPerSecond;
  const svix = createEndpointGatewayFactory(file, options);
  return {
    for: (desired) => {
      const { tenant, credentials } = desired;
      const api = createEmporixApi({
        tenant,
        baseUrl,
        auth: { clientId: credentials.clientId, clientSecret: credentials.clientSecret.reveal() },
        timeoutMs,
        totalTimeoutMs: ATTEMPTS_PER_CALL * (timeoutMs + queueMs),
        limiter,
        ...options,
      });
      return new EmporixGateway(api, desired.endpoints && svix.for(desired, api.webhooks));
    },
  };
}
