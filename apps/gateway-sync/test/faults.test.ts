import { describe, expect, it, vi } from 'vitest';
import { ORDER_EVENTS, startApp, subscribed } from './support/app.js';
import { MemoryStore } from './support/memory-store.js';

const FAST = { interval: '50ms', maxInterval: '50ms' };

describe('somebody else writes at the same time', () => {
  it('costs one more round, and the file wins', async () => {
    const subscriptions = [{ eventType: 'order.created', subscription: 'UNSUBSCRIBED' as const }];
    const app = await startApp({
      tenants: [{ tenant: 'acme' }],
      emulator: { tenants: [{ tenant: 'acme', subscriptions }] },
      beforeStart: (instance) =>
        instance.addFault({ kind: 'foreign-write', match: { operationId: 'updateSubscriptions' } }),
    });
    await app.firstPass();
    expect(subscribed(app.emulator, 'acme')).toEqual(ORDER_EVENTS);
    const { updateSubscriptions, listSubscriptions } = app.emulator.counts('acme');
    expect({ updateSubscriptions, listSubscriptions }).toEqual({ updateSubscriptions: 2, listSubscriptions: 3 });
    expect(await app.metric('tenants{state="in_sync"}')).toBe(1);
  });

  it('ends after three rounds when every write loses the race, and says contention', async () => {
    const subscriptions = ORDER_EVENTS.map((eventType) => ({ eventType, subscription: 'UNSUBSCRIBED' as const }));
    const emulator = { tenants: [{ tenant: 'acme', subscriptions }] };
    const app = await startApp({
      tenants: [{ tenant: 'acme' }],
      emulator,
      beforeStart: (instance) =>
        instance.addFault({ kind: 'foreign-write', match: { operationId: 'updateSubscriptions' }, times: 'always' }),
    });
    await app.firstPass();
    const { updateSubscriptions, listSubscriptions } = app.emulator.counts('acme');
    expect({ updateSubscriptions, listSubscriptions }).toEqual({ updateSubscriptions: 3, listSubscriptions: 4 });
    expect(await app.metric('tenant_actions_total{tenant="acme",result="conflict"}')).toBe(5);
    expect(await app.metric('tenant_consecutive_failures{tenant="acme"}')).toBe(1);
    expect(app.log.some((line) => line.includes('somebody else keeps changing'))).toBe(true);
    expect(subscribed(app.emulator, 'acme')).toEqual([]);
  });

  it('heals when the storm is over', async () => {
    const subscriptions = ORDER_EVENTS.map((eventType) => ({ eventType, subscription: 'UNSUBSCRIBED' as const }));
    const app = await startApp({
      tenants: [{ tenant: 'acme' }],
      sync: FAST,
      emulator: { tenants: [{ tenant: 'acme', subscriptions }] },
      beforeStart: (instance) =>
        instance.addFault({ kind: 'foreign-write', match: { operationId: 'updateSubscriptions' }, times: 7 }),
    });
    await vi.waitFor(() => expect(subscribed(app.emulator, 'acme')).toEqual(ORDER_EVENTS), { timeout: 5_000 });
    await vi.waitFor(async () => expect(await app.metric('tenant_consecutive_failures{tenant="acme"}')).toBe(0));
  });
});

describe('one item of many', () => {
  it('is refused for good: the others are applied, and it is not sent again until something changes', async () => {
    const app = await startApp({
      tenants: [{ tenant: 'acme' }],
      sync: FAST,
      beforeStart: (instance) =>
        instance.addFault({
          kind: 'item-status',
          code: 400,
          message: 'not for you',
          eventTypes: ['order.created'],
          times: 'always',
        }),
    });
    await app.firstPass();
    const passes = () => app.metric('reconciles_total{trigger="retry",result="partial"}');
    const failed = () => app.metric('reconciles_total{trigger="retry",result="failed"}');
    await vi.waitFor(async () => expect(((await passes()) ?? 0) + ((await failed()) ?? 0)).toBeGreaterThan(4), {
      timeout: 5_000,
    });
    expect(subscribed(app.emulator, 'acme')).toEqual(ORDER_EVENTS.filter((event) => event !== 'order.created'));
    expect(app.emulator.counts('acme')['updateSubscriptions']).toBe(1);
    expect(app.log.some((line) => line.includes('not for you'))).toBe(true);
    expect(await app.metric('tenants{state="in_sync"}')).toBe(0);
  });

  it('fails on the server: it is tried again in the next reconcile', async () => {
    const app = await startApp({
      tenants: [{ tenant: 'acme' }],
      sync: FAST,
      beforeStart: (instance) =>
        instance.addFault({
          kind: 'item-status',
          code: 500,
          eventTypes: ['order.created'],
          times: 2,
        }),
    });
    await vi.waitFor(() => expect(subscribed(app.emulator, 'acme')).toEqual(ORDER_EVENTS), { timeout: 5_000 });
    expect(app.emulator.counts('acme')['updateSubscriptions']).toBe(3);
  });
});

describe('a write that is accepted and dropped', () => {
  it('is noticed by the verifying reading, and withheld after three reconciles', async () => {
    const app = await startApp({
      tenants: [{ tenant: 'acme' }],
      sync: FAST,
      beforeStart: (instance) =>
        instance.addFault({ kind: 'drop-write', match: { operationId: 'updateSubscriptions' }, times: 'always' }),
    });
    await vi.waitFor(async () => expect(await app.metric('tenant_blocked{tenant="acme"}')).toBe(1), { timeout: 5_000 });
    expect(app.emulator.counts('acme')['updateSubscriptions']).toBe(3);
    expect(await app.metric('plans_blocked_total{reason="not-converging"}')).toBeGreaterThanOrEqual(1);
    expect(await app.metric('tenant_actions_total{tenant="acme",result="applied"}')).toBe(0);
  });
});

describe('an upstream in trouble', () => {
  it.each([
    { name: 'a token that ran out', fault: { kind: 'expire-token' } },
    { name: '503', fault: { kind: 'status', status: 503 } },
    { name: '429 with Retry-After', fault: { kind: 'status', status: 429, retryAfterSeconds: 0 } },
    { name: 'a reset connection', fault: { kind: 'reset' } },
    { name: 'a body that ends early', fault: { kind: 'cut-body' } },
    { name: 'an empty 500', fault: { kind: 'empty-body', status: 500 } },
  ] as const)('$name on the reading is overcome within the same reconcile', async ({ fault }) => {
    const app = await startApp({
      tenants: [{ tenant: 'acme' }],
      beforeStart: (instance) => instance.addFault({ ...fault, match: { operationId: 'listSubscriptions' } }),
    });
    await app.firstPass();
    expect(subscribed(app.emulator, 'acme')).toEqual(ORDER_EVENTS);
    expect(app.emulator.counts('acme')['listSubscriptions']).toBe(3);
    expect(await app.metric('tenant_consecutive_failures{tenant="acme"}')).toBe(0);
  });

  it('a reading that hangs costs its timeouts and fails the reconcile, and the next one goes on', async () => {
    const app = await startApp({
      tenants: [{ tenant: 'acme' }],
      emporix: { timeout: '100ms' },
      sync: FAST,
      beforeStart: (instance) =>
        instance.addFault({ kind: 'hang', match: { operationId: 'listSubscriptions' }, times: 4 }),
    });
    await vi.waitFor(() => expect(subscribed(app.emulator, 'acme')).toEqual(ORDER_EVENTS), { timeout: 8_000 });
    expect(
      await app.metric('upstream_requests_total{upstream="emporix",operation="listSubscriptions",code="timeout"}'),
    ).toBeGreaterThanOrEqual(2);
    await vi.waitFor(async () => expect(await app.metric('tenants{state="in_sync"}')).toBe(1));
  }, 15_000);

  it('wrong credentials fail the tenant, name the cause, and do not hammer the token endpoint', async () => {
    const app = await startApp({
      tenants: [{ tenant: 'acme', credentials: { clientId: 'acme-id', clientSecret: 'a-wrong-secret' } }],
      sync: FAST,
      emulator: { tenants: [{ tenant: 'acme' }] },
    });
    await app.firstPass();
    await vi.waitFor(
      async () => expect(await app.metric('tenant_consecutive_failures{tenant="acme"}')).toBeGreaterThan(8),
      {
        timeout: 5_000,
      },
    );
    expect(app.emulator.counts()['requestToken']).toBeLessThanOrEqual(4);
    expect((await app.get('/health')).body).toMatchObject({
      details: {
        tenants: { tenants: [{ tenant: 'acme', state: 'failing', reason: expect.stringMatching(/token/i) }] },
      },
    });
    expect((await app.get('/livez')).status).toBe(200);
    expect((await app.get('/readyz')).status).toBe(200);
  });

  it('a missing scope is named', async () => {
    const scopes = ['webhook.subscription_read'];
    const credentials = [{ clientId: 'acme-id', clientSecret: 'acme-secret', scopes }];
    const app = await startApp({
      tenants: [{ tenant: 'acme' }],
      emulator: { tenants: [{ tenant: 'acme', credentials }] },
    });
    await app.firstPass();
    const { body } = await app.get('/health');
    expect(JSON.stringify(body)).toContain('webhook.subscription_manage');
  });
});

describe('one tenant failing among fifty', () => {
  it('delays no other, and costs no other a request', async () => {
    const healthy = Array.from({ length: 49 }, (_, index) => `shop${index + 1}`);
    const app = await startApp({
      tenants: [{ tenant: 'bad' }, ...healthy.map((tenant) => ({ tenant }))],
      sync: { concurrency: 4 },
      emporix: { timeout: '20s' },
      beforeStart: (instance) => instance.addFault({ kind: 'hang', match: { tenant: 'bad' }, times: 'always' }),
    });
    await vi.waitFor(async () => expect(await app.metric('tenants{state="in_sync"}')).toBe(49), { timeout: 15_000 });
    expect(await app.metric('tenants{state="pending"}')).toBe(1);
    for (const tenant of healthy) {
      expect(subscribed(app.emulator, tenant)).toEqual(ORDER_EVENTS);
      const { listSubscriptions, updateSubscriptions, requestToken } = app.emulator.counts(tenant);
      expect({ tenant, listSubscriptions, updateSubscriptions, requestToken }).toEqual({
        tenant,
        listSubscriptions: 2,
        updateSubscriptions: 1,
        requestToken: 1,
      });
    }
    const body = String((await app.get('/metrics')).body);
    const lag = /schedule_lag_seconds_bucket\{le="5"\} (\d+)/.exec(body)?.[1];
    expect(Number(lag)).toBe(50);
  }, 30_000);
});

describe('a write whose answer is lost', () => {
  const touched = ORDER_EVENTS.map((eventType) => ({ eventType, subscription: 'UNSUBSCRIBED' as const }));
  const cases = [
    { what: 'and that was sent again', subscriptions: touched, fault: { kind: 'reset', phase: 'after' } },
    {
      what: 'for want of time, and that was sent again',
      subscriptions: touched,
      fault: { kind: 'hang', phase: 'after' },
    },
    { what: 'and that could not be sent again', subscriptions: [], fault: { kind: 'cut-body' } },
  ] as const;

  it.each(cases)('$what, is on record once as ours, and says so', async ({ subscriptions, fault }) => {
    const store = new MemoryStore();
    const app = await startApp({
      tenants: [{ tenant: 'acme' }],
      store,
      emporix: { timeout: '500ms' },
      emulator: { tenants: [{ tenant: 'acme', subscriptions: [...subscriptions] }] },
      beforeStart: (instance) => instance.addFault({ ...fault, match: { operationId: 'updateSubscriptions' } }),
    });
    await app.firstPass();
    expect(subscribed(app.emulator, 'acme')).toEqual(ORDER_EVENTS);
    const records = await store.audit.history({ limit: 100 });
    expect(records.map(({ outcome, change }) => ({ outcome, ...change })).toReversed()).toEqual(
      ORDER_EVENTS.map((name) => ({
        outcome: 'changed',
        resource: 'subscription',
        type: 'create',
        id: `subscription:${name}`,
        name,
        reason: 'missing',
        before: { state: 'UNSUBSCRIBED', excludedFields: [] },
        after: { state: 'SUBSCRIBED', excludedFields: [] },
        secrets: [],
        status: 'applied',
        message: 'the answer was lost; reading again shows it in effect',
      })),
    );
    expect(
      store
        .of('acme')
        .rows.filter(({ pending }) => !pending)
        .map(({ key }) => key),
    ).toEqual(ORDER_EVENTS);
    expect(await app.metric('actions_total{resource="subscription",action="create",result="applied"}')).toBe(5);
    expect(await app.metric('tenant_actions_total{tenant="acme",result="conflict"}')).toBe(0);
    expect(await app.metric('tenant_actions_total{tenant="acme",result="failed"}')).toBe(0);
    expect(await app.metric('tenants{state="in_sync"}')).toBe(1);
  });
});
