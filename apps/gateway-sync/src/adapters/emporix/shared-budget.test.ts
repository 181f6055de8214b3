import { setTimeout as sleep } from 'node:timers/promises';
import { createEmulator } from '@gateway-sync/emulator';
import { expect, it, onTestFinished } from 'vitest';
import type { RequestBudget, Upstream } from '../../core/replica-ports.js';
import { Secret } from '../../core/secret.js';
import { createGatewayFactory } from './index.js';

const { signal } = new AbortController();

/** Tenant `acme` of an emulator, reached with a budget. */
async function acme(budget: RequestBudget, timeoutMs = 2_000) {
  const emulator = createEmulator({ tenants: [{ tenant: 'acme' }] });
  const server = await emulator.listen({ port: 0 });
  onTestFinished(() => server.close());
  const file = {
    emporix: { baseUrl: server.url, requestsPerSecond: 1_000, timeoutMs },
    svix: { requestsPerSecond: 1_000 },
    sync: { intervalMs: 1, maxIntervalMs: 1, jitterPercent: 0, concurrency: 100 },
  };
  const gateway = createGatewayFactory(file, { userAgent: 'test', budget }).for({
    tenant: 'acme',
    credentials: { clientId: 'acme-id', clientSecret: new Secret('acme-secret') },
    svix: { url: server.url, filterField: 'eventTypes' },
    endpoints: [],
  });
  return { emulator, gateway };
}

it('every request takes its part of the shared budget, those for tokens and those to Svix too', async () => {
  const taken: Record<Upstream, number> = { emporix: 0, svix: 0 };
  const { emulator, gateway } = await acme({ take: async (upstream) => void taken[upstream]++ });
  await gateway.listSubscriptions(signal);
  expect(taken).toEqual({ emporix: 2, svix: 0 });
  await gateway.endpoints?.list(signal);
  await gateway.checkAccess(signal);
  const sent = Object.values(emulator.counts()).reduce((sum, count) => sum + count, 0);
  expect(taken.emporix + taken.svix).toBe(sent);
  expect(taken.svix).toBeGreaterThan(0);
});

it('waiting for a part takes nothing from the time of a request', async () => {
  const { gateway } = await acme({ take: () => sleep(400) }, 200);
  expect((await gateway.listSubscriptions(signal)).subscriptions.length).toBeGreaterThan(0);
});
