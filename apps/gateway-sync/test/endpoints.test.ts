import { expect, test } from 'vitest';
import { createGatewayFactory } from '../src/adapters/emporix/index.js';
import { SvixEndpointGateway } from '../src/adapters/svix/svix-endpoint-gateway.js';
import type { EndpointAction } from '../src/core/action.js';
import { endpointDetails } from '../src/core/endpoint-details.js';
import type { ObservedEndpoint } from '../src/core/endpoint.js';
import { planEndpoints } from '../src/core/endpoints-plan.js';
import { intents, merged, settle, withApplied } from '../src/core/ownership.js';
import type { Knowledge, Part } from '../src/core/part.js';
import { Secret } from '../src/core/secret.js';
import type { DesiredTenant } from '../src/core/state.js';
import { endpoint, endpointActions, fingerprint, headers, INSTANCE, wanting } from './support/endpoints.js';
import { svixBench, type SvixBench } from './support/svix-bench.js';
import { row } from './support/values.js';

const { signal } = new AbortController();
const CATALOGUE = ['order.created', 'order.updated', 'product.created'].map((type) => row(type));
const RECORDING = { instance: INSTANCE, now: 1 };
const NOTHING: Knowledge = { instance: INSTANCE, owned: [], fingerprint };

async function plan({ gateway }: SvixBench, desired: DesiredTenant, knowledge: Knowledge): Promise<Part> {
  const reading = await gateway.list(signal);
  const endpoints: ObservedEndpoint[] = [];
  const wishes = endpointDetails(desired, reading, knowledge);
  for (const one of reading.endpoints) {
    const wish = wishes.get(one.id);
    endpoints.push(wish ? { ...one, ...(await gateway.details(one.id, wish, signal)) } : one);
  }
  return planEndpoints(desired, { ...reading, endpoints }, CATALOGUE, knowledge);
}

/** Plans and applies, the waiting ones after the others; `sent` and what is known afterwards. */
async function pass(bench: SvixBench, desired: DesiredTenant, knowledge: Knowledge = NOTHING) {
  const before = knowledge.owned ?? [];
  const part = await plan(bench, desired, knowledge);
  const actions = endpointActions(part).toSorted((a, b) => rank(a) - rank(b));
  for (const { write } of actions) await bench.gateway.write(write, signal);
  const results = actions.map((action) => ({ action, status: 'applied' as const }));
  const applied = withApplied(merged(before, intents(actions, RECORDING)), results, RECORDING);
  const verified = await plan(bench, desired, { ...knowledge, owned: applied });
  expect(verified.actions).toEqual([]);
  const owned = settle(before, applied, [{ resources: ['endpoint'], part: verified }], RECORDING);
  return { sent: actions.map(({ type, name, reason }) => `${type} ${name} ${reason}`), known: { ...knowledge, owned } };
}

function rank({ needs = [] }: EndpointAction): number {
  return needs.length;
}

/** As somebody with a program of their own. */
async function control({ emulator }: SvixBench, path: string, body: object): Promise<void> {
  const url = `http://emulator.test/_emulator${path}`;
  const response = await emulator.fetch(
    new Request(url, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  );
  expect(response.status).toBeLessThan(300);
}

const FULL = endpoint('erp', {
  events: ['order.*'],
  description: 'ERP',
  channels: ['north', 'south'],
  rateLimit: 5,
  disabled: false,
  headers: headers({ 'X-Shop': 'north', Authorization: new Secret('Basic abc'), 'X-Pass': new Secret('p4ss') }),
  secret: new Secret(`whsec_${Buffer.alloc(32, 3).toString('base64')}`),
});

test('a tenant has a gateway to endpoints where the file names some, be it none', () => {
  const sync = { intervalMs: 1, maxIntervalMs: 1, jitterPercent: 0, concurrency: 1 };
  const emporix = { baseUrl: 'http://127.0.0.1:1', requestsPerSecond: 1, timeoutMs: 1 };
  const factory = createGatewayFactory({ emporix, svix: { requestsPerSecond: 1 }, sync }, { userAgent: 'test' });
  const acme = {
    tenant: 'acme',
    credentials: { clientId: 'a', clientSecret: new Secret('b') },
    svix: { filterField: 'eventTypes' },
  } as const;
  expect(factory.for({ ...acme, endpoints: [] }).endpoints).toBeInstanceOf(SvixEndpointGateway);
  expect(factory.for(acme)).not.toHaveProperty('endpoints');
});

test.each([
  ['the hosted service', {}],
  ['the open server', { svixNulls: 'written', svixHeadersOnCreate: 'ignored', svixUnauthorized: 'oss' }],
  ['an older server', { svixFilterNames: 'filterTypes' }],
] as const)('endpoints become what the file says, once, at %s', async (_, quirks) => {
  const bench = await svixBench();
  bench.emulator.setQuirks(quirks);
  const desired = wanting(FULL, endpoint('crm'));
  const { sent, known } = await pass(bench, desired);
  expect(sent).toEqual(['create crm missing', 'create erp missing']);
  bench.calls();
  expect((await pass(bench, desired, known)).sent).toEqual([]);
  expect(bench.calls()).toEqual([
    'listEndpoints 200',
    'getEndpointHeaders 200',
    'listEndpoints 200',
    'getEndpointHeaders 200',
  ]);
});

test('every setting that the file changes is changed, and what it no longer names goes', async () => {
  const bench = await svixBench();
  const { known } = await pass(bench, wanting(FULL, endpoint('old')));
  const changed = {
    ...FULL,
    url: 'https://erp.example/v2',
    events: 'all' as const,
    description: '',
    channels: null,
    rateLimit: null,
    disabled: true,
    headers: headers({ Authorization: new Secret('Basic xyz') }),
    secret: new Secret(`whsec_${Buffer.alloc(32, 4).toString('base64')}`),
  };
  const second = await pass(bench, wanting(changed), known);
  expect(second.sent).toEqual(['update erp changed', 'delete old removed']);
  expect(second.known.owned).toHaveLength(1);
  const { endpoints } = await bench.gateway.list(signal);
  expect(endpoints).toMatchObject([
    {
      uid: 'shop.erp',
      url: 'https://erp.example/v2',
      eventTypes: null,
      channels: null,
      rateLimit: null,
      disabled: true,
    },
  ]);
});

test('a PUT from the portal, an archived event type and a foreign endpoint are dealt with', async () => {
  const bench = await svixBench();
  const desired = wanting(endpoint('erp', { events: ['order.created', 'order.updated'], rateLimit: 5 }));
  const { known } = await pass(bench, desired);
  await control(bench, '/tenants/acme/svix/foreign-write', { as: 'put', change: { throttleRate: 9 } });
  expect((await pass(bench, desired, known)).sent).toEqual(['update erp drift']);

  await control(bench, '/svix/event-types', { name: 'order.updated', archived: true });
  const fewer = wanting(endpoint('erp', { events: ['order.created'], rateLimit: 5 }));
  expect((await pass(bench, fewer, known)).sent).toEqual(['update erp changed']);

  await bench.gateway.write(
    { type: 'create', fields: { url: 'https://crm.example/hooks', uid: 'by-hand', metadata: { team: 'blue' } } },
    signal,
  );
  const refused = await plan(bench, wanting(...(fewer.endpoints ?? []), endpoint('crm')), known);
  expect([refused.actions, refused.problems]).toMatchObject([[], [{ kind: 'url-taken' }]]);
  const adopting = wanting(...(fewer.endpoints ?? []), endpoint('crm', { adopt: true }));
  expect((await pass(bench, adopting, known)).sent).toEqual(['update crm changed']);
  const { endpoints } = await bench.gateway.list(signal);
  expect(endpoints).toMatchObject([{}, { uid: 'shop.crm', metadata: { team: 'blue', 'managed-by': 'gateway-sync' } }]);
});

test('case 40: an endpoint that was left half made is completed', async () => {
  const bench = await svixBench();
  bench.emulator.addFault({ kind: 'status', status: 400, match: { operationId: 'setEndpointHeaders' } });
  await expect(pass(bench, wanting(FULL))).rejects.toMatchObject({ operation: 'setEndpointHeaders' });
  expect(await bench.gateway.list(signal)).toMatchObject({ endpoints: [{ disabled: true }] });
  const { sent } = await pass(bench, wanting(FULL));
  expect(sent).toEqual(['update erp missing']);
  expect(await bench.gateway.list(signal)).toMatchObject({ endpoints: [{ disabled: false }] });
});
