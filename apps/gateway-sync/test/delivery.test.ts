import { createEmulator, type Emulator, type Quirks } from '@gateway-sync/emulator';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createGatewayFactory } from '../src/adapters/emporix/index.js';
import type { DesiredDelivery } from '../src/core/delivery.js';
import { planDelivery } from '../src/core/delivery-plan.js';
import type { OwnedThings } from '../src/core/ledger.js';
import { settle, withApplied } from '../src/core/ownership.js';
import type { Gateway } from '../src/core/ports.js';
import { Secret } from '../src/core/secret.js';
import { delivering, headers, http, knowing, readyOf, requestsOf, secret, target } from './support/delivering.js';
import { INSTANCE } from './support/values.js';

const { signal } = new AbortController();
const NOW = { instance: INSTANCE, now: 1 };
const FILTER = "$[?(@.status.value == 'DECLINED')]";

interface Acme {
  readonly emulator: Emulator;
  readonly gateway: Gateway;
}

async function acme(quirks: Partial<Quirks>): Promise<Acme> {
  const emulator = createEmulator({ tenants: [{ tenant: 'acme' }] });
  emulator.setQuirks(quirks);
  const server = await emulator.listen({ port: 0 });
  onTestFinished(() => server.close());
  const file = {
    emporix: { baseUrl: server.url, requestsPerSecond: 1000, timeoutMs: 2_000 },
    sync: { intervalMs: 1, maxIntervalMs: 1, jitterPercent: 0, concurrency: 1 },
    svix: { requestsPerSecond: 1000 },
  };
  const credentials = { clientId: 'acme-id', clientSecret: new Secret('acme-secret') };
  return {
    emulator,
    gateway: createGatewayFactory(file, { userAgent: 'test' }).for({
      tenant: 'acme',
      credentials,
      svix: { filterField: 'eventTypes' },
    }),
  };
}

/** Reads, plans and writes until nothing is left; answers the ledger after it, and how many writes that took. */
async function deliver(wish: DesiredDelivery, { gateway }: Acme, ledger: OwnedThings) {
  const desired = delivering(wish);
  const { subscriptions } = await gateway.listSubscriptions(signal);
  let known = ledger;
  let writes = 0;
  for (let round = 0; round < 6; round++) {
    const part = planDelivery(desired, await gateway.listConfigs(signal), subscriptions, knowing(known));
    const ready = readyOf(part);
    if (ready.length === 0) {
      if (part.actions.length > 0) throw new Error(`left: ${part.actions.map(({ id }) => id).join(', ')}`);
      return { ledger: settle(ledger, known, [{ resources: ['config', 'target'], part }], NOW), writes };
    }
    for (const { write } of requestsOf(ready)) {
      await gateway.writeConfig(write, signal);
      expect((await gateway.listConfigs(signal)).filter(({ active }) => active)).toHaveLength(1);
      writes++;
    }
    known = withApplied(
      known,
      ready.map((action) => ({ action, status: 'applied' })),
      NOW,
    );
  }
  throw new Error('does not converge');
}

const first = http({
  destinationUrl: 'https://hooks.example/root',
  secretKey: secret('root-1'),
  headers: headers({ 'x-shop': 'north', 'x-key': 'hush' }, ['x-key']),
  targets: [
    target({ secretKey: secret('own'), excludedFields: ['mixins'] }),
    target({ event: 'QUOTE.updated', destinationUrl: 'https://crm.example/q', filter: FILTER, name: 'declined' }),
    target({ event: 'quote.updated', destinationUrl: 'https://bi.example/q', excludedFields: [] }),
  ],
});
const second = http({
  secretKey: secret('root-2'),
  headers: {},
  targets: [
    target({ secretKey: secret('own'), excludedFields: null, headers: headers({ 'x-a': '1' }) }),
    target({ event: 'quote.updated', destinationUrl: 'https://crm.example/q', name: 'declined' }),
    target({ event: 'quote.updated', destinationUrl: 'https://crm.example/q', name: 'audit' }),
    target({ event: 'product.created', destinationUrl: 'https://pim.example/', active: false }),
  ],
});
const svix = http({ provider: 'SVIX', code: 'svix', apiKey: secret('Bearer key') });

// Dozens of requests, one after the other.
describe('the delivery of a tenant, over HTTP', { timeout: 60_000 }, () => {
  it.each<[string, Partial<Quirks>]>([
    ['as documented', {}],
    ['without configurations in the list', { listIncludesConfiguration: false, configListShape: 'wrapped' }],
    ['with names of entries', { entryNameReturned: true, eventTypeCase: 'as-sent' }],
    ['when secrets that are left out are lost', { omittedSecret: 'clear' }],
    ['when a PATCH may be taken in part', { multiOpPatch: 'sequential', writeStatus: 200, deleteStatus: 202 }],
    ['when a fresh tenant has no config', { freshTenantConfigs: 'empty' }],
  ])('goes from one state of the file to the next and stays there (%s)', async (_, quirks) => {
    const tenant = await acme(quirks);
    if (quirks.freshTenantConfigs) tenant.emulator.seed({ tenant: 'acme' });
    let ledger: OwnedThings = [];
    for (const wish of [first, second, svix, first]) {
      const done = await deliver(wish, tenant, ledger);
      expect(done.writes).toBeGreaterThan(0);
      ({ ledger } = done);
      expect(await deliver(wish, tenant, ledger)).toEqual({ ledger, writes: 0 });
    }
    const configs: unknown = Reflect.get(Object(tenant.emulator.state('acme', { secrets: true })), 'configs');
    expect(configs).toContainEqual(
      expect.objectContaining({
        code: 'http',
        active: true,
        secretKey: 'root-1',
        headers: { 'x-shop': { value: 'north' }, 'x-key': { value: 'hush' } },
        entries: [
          expect.objectContaining({ eventType: 'order.created', secretKey: 'own', excludedFields: ['mixins'] }),
          expect.objectContaining({ destinationUrl: 'https://bi.example/q', excludedFields: [] }),
          expect.objectContaining({ destinationUrl: 'https://crm.example/q', filter: FILTER, name: 'declined' }),
        ],
      }),
    );
    expect(ledger.filter(({ resource }) => resource === 'target')).toHaveLength(3);
  });
});
