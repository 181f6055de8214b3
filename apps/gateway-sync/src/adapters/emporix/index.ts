import { type ApiHooks, createEmporixApi } from '@gateway-sync/api';
import type { Gateway } from '../../core/ports.js';
import type { DesiredFile, FileTenant } from '../desired-file/desired-file.js';
import { EmporixGateway } from './emporix-gateway.js';
import { createRateLimiter } from './rate-limiter.js';

export interface GatewayFactory {
  for(tenant: Pick<FileTenant, 'tenant' | 'credentials'>): Gateway;
}

export interface GatewayFactoryOptions {
  readonly userAgent: string;
  readonly hooks?: ApiHooks;
}

/** Attempts that fit into the time for one call, at their longest. */
const ATTEMPTS_PER_CALL = 2;

/** Gateways to all tenants of a file; together they keep to `emporix.requestsPerSecond`. */
export function createGatewayFactory(
  file: Pick<DesiredFile, 'emporix'>,
  options: GatewayFactoryOptions,
): GatewayFactory {
  const { baseUrl, requestsPerSecond, timeoutMs } = file.emporix;
  const limiter = createRateLimiter(requestsPerSecond);
  return {
    for: ({ tenant, credentials }) =>
      new EmporixGateway(
        createEmporixApi({
          tenant,
          baseUrl,
          auth: { clientId: credentials.clientId, clientSecret: credentials.clientSecret.reveal() },
          timeoutMs,
          totalTimeoutMs: ATTEMPTS_PER_CALL * timeoutMs,
          limiter,
          ...options,
        }),
      ),
  };
}
