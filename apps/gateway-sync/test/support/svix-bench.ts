import { createEmporixApi } from '@gateway-sync/api';
import { createEmulator, type Emulator, type TenantSeed } from '@gateway-sync/emulator';
import { onTestFinished } from 'vitest';
import type { SvixSettings } from '../../src/adapters/desired-file/desired-file.js';
import { createEndpointGatewayFactory } from '../../src/adapters/svix/index.js';
import type { DesiredDelivery } from '../../src/core/delivery.js';
import type { EndpointFields, EndpointWrite } from '../../src/core/endpoint.js';
import type { EndpointGateway } from '../../src/core/ports.js';

export const ACME_KEY = 'sk_acme.eu';

export interface SvixBench {
  readonly emulator: Emulator;
  readonly gateway: EndpointGateway;
  /** Time as the gateway sees it. */
  readonly clock: { ms: number };
  /** Another gateway to the same application. */
  another(svix?: Partial<SvixSettings>): EndpointGateway;
  /** Operations called at Svix and for access to it, in their order, since the last time. */
  calls(): string[];
}

export interface SvixBenchOptions {
  readonly svix?: Partial<SvixSettings>;
  readonly delivery?: DesiredDelivery;
  readonly seed?: Partial<TenantSeed>;
  /** For one attempt at Svix. */
  readonly timeoutMs?: number;
}

/** The Svix side of an emulator and a gateway to the application of acme there. */
export async function svixBench({
  svix,
  delivery,
  seed,
  timeoutMs = 2_000,
}: SvixBenchOptions = {}): Promise<SvixBench> {
  const emulator = createEmulator({
    tenants: [
      { tenant: 'acme', svix: { apiKeys: [ACME_KEY] }, ...seed },
      { tenant: 'other', svix: { apiKeys: ['sk_other.eu'] } },
    ],
  });
  const server = await emulator.listen({ port: 0 });
  onTestFinished(() => server.close());
  const api = createEmporixApi({
    tenant: 'acme',
    baseUrl: server.url,
    auth: { clientId: 'acme-id', clientSecret: 'acme-secret' },
  });
  const clock = { ms: 0 };
  const factory = createEndpointGatewayFactory(
    {
      emporix: { baseUrl: server.url, requestsPerSecond: 1_000, timeoutMs },
      svix: { requestsPerSecond: 1_000 },
      sync: { intervalMs: 1, maxIntervalMs: 1, jitterPercent: 0, concurrency: 1 },
    },
    { userAgent: 'test', clock: { now: () => clock.ms } },
  );
  const another = (other?: Partial<SvixSettings>): EndpointGateway =>
    factory.for(
      {
        tenant: 'acme',
        svix: { url: server.url, filterField: 'eventTypes', ...svix, ...other },
        ...(delivery && { delivery }),
      },
      api.webhooks,
    );
  return {
    emulator,
    gateway: another(),
    clock,
    another,
    calls() {
      const calls = emulator.requests().map(({ operationId, status }) => `${operationId} ${status ?? 'none'}`);
      emulator.clearRequests();
      return calls.filter((call) => !call.startsWith('requestToken'));
    },
  };
}

/** A creation with our marks, with `overrides`. */
export function creating(overrides: Partial<EndpointFields> = {}): Extract<EndpointWrite, { type: 'create' }> {
  return {
    type: 'create',
    fields: {
      url: 'https://erp.example/hooks',
      uid: 'shop.erp',
      eventTypes: ['order.created'],
      metadata: { 'managed-by': 'gateway-sync' },
      ...overrides,
    },
  };
}
