import { describe, expect, it, vi } from 'vitest';
import { ORDER_EVENTS, startApp, subscribed } from './support/app.js';

const names = (count: number) => Array.from({ length: count }, (_, index) => `shop${index + 1}`);

describe('a fleet that starts from nothing', () => {
  it('needs one token, one reading, one write and one verifying reading for each tenant', async () => {
    const tenants = names(5);
    const app = await startApp({ tenants: tenants.map((tenant) => ({ tenant })) });
    await app.firstPass();
    await vi.waitFor(() => expect(app.emulator.counts()['listConfigs']).toBe(5));
    for (const tenant of tenants) {
      expect(subscribed(app.emulator, tenant)).toEqual(ORDER_EVENTS);
      expect(app.emulator.counts(tenant)).toEqual({
        requestToken: 1,
        listSubscriptions: 2,
        updateSubscriptions: 1,
        getStatistics: 1,
        listConfigs: 1,
      });
    }
    expect(await app.metric('tenants{state="in_sync"}')).toBe(5);
    expect(await app.metric('tenant_actions_total{tenant="shop1",result="applied"}')).toBe(5);
  });

  it('finds nothing to do in later passes: one reading each, and never a write', async () => {
    const app = await startApp({
      tenants: [{ tenant: 'acme' }],
      sync: { interval: '40ms', maxInterval: '40ms' },
    });
    const finished = () => app.metric('reconciles_total{trigger="interval",result="in-sync"}');
    await vi.waitFor(async () => expect(await finished()).toBeGreaterThanOrEqual(5));
    await app.service.stop(5_000);
    const { getStatistics: _, listConfigs: __, ...counts } = app.emulator.counts('acme');
    const later = app.log.filter((line) => line.includes('"msg":"in sync"')).length;
    expect(counts).toEqual({ requestToken: 1, listSubscriptions: 2 + later, updateSubscriptions: 1 });
  });

  it('counts every request in its metrics exactly as the other side does', async () => {
    const app = await startApp({ tenants: names(3).map((tenant) => ({ tenant })) });
    await app.firstPass();
    await vi.waitFor(() => expect(app.emulator.counts()['getStatistics']).toBe(3));
    const series = (upstream: string, operation: string, code: string) =>
      app.metric(`upstream_requests_total{upstream="${upstream}",operation="${operation}",code="${code}"}`);
    await vi.waitFor(async () => expect(await series('emporix', 'getStatistics', '2xx')).toBe(3));
    expect(await series('oauth', 'requestToken', '2xx')).toBe(3);
    expect(await series('emporix', 'listSubscriptions', '2xx')).toBe(6);
    expect(await series('emporix', 'updateSubscriptions', '207')).toBe(3);
    expect(await series('emporix', 'updateSubscriptions', '2xx')).toBe(0);
  });

  it('sends the versions it read, and only what differs', async () => {
    const app = await startApp({
      tenants: [
        {
          tenant: 'acme',
          subscriptions: [{ event: 'order.created', excludedFields: ['mixins'] }, { event: 'order.deleted' }],
        },
      ],
      emulator: {
        tenants: [
          {
            tenant: 'acme',
            subscriptions: [
              { eventType: 'order.created', version: 7, excludedFields: ['metadata'] },
              { eventType: 'order.deleted', version: 3 },
            ],
          },
        ],
      },
    });
    await app.firstPass();
    const [write] = app.emulator.requests({ tenant: 'acme', operationId: 'updateSubscriptions' });
    expect(write?.requestBody).toEqual([
      {
        eventType: 'order.created',
        action: 'SUBSCRIBE',
        metadata: { version: 7 },
        fieldsToUnsubscribe: ['mixins'],
        fieldsToSubscribe: ['metadata'],
      },
    ]);
    expect(app.emulator.counts('acme')['updateSubscriptions']).toBe(1);
  });
});

describe('drift', () => {
  it('is healed when somebody unsubscribes an event of the file', async () => {
    const app = await startApp({ tenants: [{ tenant: 'acme' }], sync: { interval: '50ms', maxInterval: '50ms' } });
    await app.firstPass();
    await app.emulator.fetch(
      new Request('http://emulator/_emulator/tenants/acme/foreign-write', {
        method: 'POST',
        body: JSON.stringify({ eventType: 'order.created', subscription: 'UNSUBSCRIBED' }),
        headers: { 'content-type': 'application/json' },
      }),
    );
    expect(subscribed(app.emulator, 'acme')).not.toContain('order.created');
    await vi.waitFor(() => expect(subscribed(app.emulator, 'acme')).toEqual(ORDER_EVENTS));
  });

  it('is reported and not touched in observe mode', async () => {
    const app = await startApp({ tenants: [{ tenant: 'acme', mode: 'observe' }] });
    await app.firstPass();
    expect(app.emulator.counts('acme')['updateSubscriptions']).toBeUndefined();
    expect(await app.metric('tenant_drift_objects{tenant="acme",resource="subscription"}')).toBe(5);
    expect(await app.metric('tenant_in_sync{tenant="acme"}')).toBe(0);
    expect(await app.metric('tenants{state="drifted"}')).toBe(1);
    expect((await app.get('/health')).body).toMatchObject({
      status: 'degraded',
      details: { tenants: { status: 'degraded', tenants: [{ tenant: 'acme', state: 'drifted' }] } },
    });
  });

  it('is withheld by a guard that says how to allow it', async () => {
    const subscriptions = ORDER_EVENTS.map((eventType) => ({ eventType }));
    const app = await startApp({
      tenants: [{ tenant: 'acme', prune: 'all', subscriptions: [], guards: { minSubscriptions: 0 } }],
      emulator: { tenants: [{ tenant: 'acme', subscriptions }] },
    });
    await app.firstPass();
    expect(subscribed(app.emulator, 'acme')).toEqual(ORDER_EVENTS);
    expect(await app.metric('tenant_blocked{tenant="acme"}')).toBe(1);
    expect(await app.metric('plans_blocked_total{reason="empty-desired"}')).toBe(1);
    const line = app.log.find((entry) => entry.includes('"guard":"empty-desired"'));
    expect(JSON.parse(line ?? '{}')).toMatchObject({
      tenant: 'acme',
      allow: expect.stringContaining('allowEmpty: true'),
    });
  });
});

describe('the quota', () => {
  it('is read from the statistics of the current month', async () => {
    const month = new Date().toISOString().slice(0, 7);
    const app = await startApp({
      tenants: [{ tenant: 'acme', quota: { warnAt: [70] } }, { tenant: 'quiet' }],
      emulator: { tenants: [{ tenant: 'acme', limit: 5_000, usage: { [month]: 4_000, '2020-01': 1 } }] },
    });
    await vi.waitFor(async () => expect(await app.metric('quota_used_events{tenant="acme"}')).toBe(4_000));
    expect(await app.metric('quota_limit_events{tenant="acme"}')).toBe(5_000);
    expect(await app.metric('quota_observed_timestamp_seconds{tenant="acme"}')).toBeGreaterThan(1_700_000_000);
    await vi.waitFor(async () => expect(await app.metric('quota_used_events{tenant="quiet"}')).toBe(0));
    expect(app.log.some((line) => line.includes("70 % of the month's events are used"))).toBe(true);
  });
});

it('says in the log which planned actions needed no write, because the platform did them with others', async () => {
  const app = await startApp({
    tenants: [
      {
        tenant: 'acme',
        subscriptions: [{ event: 'order.created' }],
        delivery: { provider: 'HTTP', destinationUrl: 'https://hooks.example/in', secretKey: 'signs the deliveries' },
      },
    ],
  });
  const done = () => app.log.map((line) => JSON.parse(line) as object).filter((line) => 'applied' in line);
  await vi.waitFor(() => expect(done()).not.toEqual([]));
  expect(done()[0]).toMatchObject({
    outcome: 'changed',
    planned: 4,
    applied: 3,
    withoutWrite: ['update config svix_shared (SVIX_SHARED)'],
    msg: 'brought in line with the file',
  });
});
