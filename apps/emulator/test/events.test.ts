import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { EmulatorOptions, EventRecord, TenantSeed } from '../src/index.js';
import { createReceiver, type Receiver } from './receiver.js';
import { entry, httpConfig, NOON, openBench, type Bench } from './support.js';

const TYPE = 'order.created';
const payload = { id: 'o-1', total: { amount: 5 }, status: 'NEW', mixins: { b: 1, a: 2 } };

interface Stage extends Bench {
  readonly receiver: Receiver;
  readonly emit: (event?: object) => Promise<EventRecord>;
}

/** A tenant subscribed to order.created with an HTTP config, and a receiver for its events. */
function openStage(configuration: object, tenant: Partial<TenantSeed> = {}, options: EmulatorOptions = {}): Stage {
  const receiver = createReceiver();
  const bench = openBench({
    fetch: receiver.fetch,
    ...options,
    tenants: [
      {
        tenant: 'acme',
        subscriptions: [{ eventType: TYPE, excludedFields: ['mixins'] }],
        configs: [Object.assign({ code: 'http' }, httpConfig(configuration))],
        ...tenant,
      },
    ],
  });
  bench.emulator.clock.freeze();
  return { ...bench, receiver, emit: (event = {}) => bench.emulator.emit('acme', { type: TYPE, payload, ...event }) };
}

const bodies = ({ receiver }: Stage): unknown[] => receiver.received.map(({ body }) => JSON.parse(body) as unknown);
const urls = ({ receiver }: Stage): string[] => receiver.received.map(({ url }) => url);

const used = async ({ call }: Stage): Promise<unknown> =>
  Object((await call('GET', '/statistics')).body).monthStatistics[0]?.succesfullySentWebhooks;

const create = (stage: Stage, configuration: object) => stage.call('POST', '/config', httpConfig(configuration));
const openProbing = (quirks: EmulatorOptions['quirks']) =>
  openStage({}, { configs: [] }, { quirks: { reachabilityProbe: 'changed', ...quirks } });
const UNREACHABLE = 'no success for HEAD or OPTIONS, so the URL cannot be used';

describe('a delivery', () => {
  test('is a POST of the reduced payload in canonical JSON, signed and with the publish time', async () => {
    const stage = openStage({ eventsConfiguration: [entry({ secretKey: 'k' })] });
    const event = await stage.emit();
    const body = '{"id":"o-1","status":"NEW","total":{"amount":5}}';
    expect(stage.receiver.received).toEqual([
      {
        method: 'POST',
        url: 'https://hooks.test/orders',
        headers: {
          'content-type': 'application/json',
          'emporix-event-publish-time': '2026-11-15T12:00:00.000Z',
          'emporix-event-signature': createHmac('sha256', 'k').update(body).digest('base64'),
        },
        body,
      },
    ]);
    expect(event).toMatchObject({
      tenant: 'acme',
      type: TYPE,
      publishedAt: NOON,
      provider: 'HTTP',
      outcome: 'delivered',
      deliveries: [{ status: 'delivered', attempts: [{ at: NOON, status: 200 }], nextAttemptAt: null }],
      counted: 1,
    });
  });

  test('has no signature without a secret, and that of the root without one of its own', async () => {
    const none = openStage({ eventsConfiguration: [entry()] });
    await none.emit();
    expect(none.receiver.received[0]?.headers).not.toHaveProperty('emporix-event-signature');
    const root = openStage({ secretKey: 'root', eventsConfiguration: [entry()] });
    await root.emit();
    expect(root.receiver.received[0]?.headers).toHaveProperty('emporix-event-signature');
  });

  test.for([
    ['replace', { own: { value: '1' } }, { own: '1' }],
    ['replace', undefined, { root: '0' }],
    ['merge', { own: { value: '1' } }, { root: '0', own: '1' }],
  ] as const)('carries the configured headers: %s', async ([headersMerge, headers, expected]) => {
    const own = headers === undefined ? {} : { headers };
    const stage = openStage(
      { headers: { Root: { value: '0' } }, eventsConfiguration: [entry(own)] },
      {},
      { quirks: { headersMerge } },
    );
    await stage.emit();
    const { root, own: mine } = stage.receiver.received[0]?.headers ?? {};
    expect(JSON.parse(JSON.stringify({ root, own: mine }))).toEqual(expected);
  });

  test('leaves out what the entry says, or the subscription when it says nothing', async () => {
    const stage = openStage({
      eventsConfiguration: [entry(), entry({ excludedFields: [] }), entry({ excludedFields: ['id', 'total'] })],
    });
    await stage.emit();
    expect(bodies(stage)).toEqual([
      { id: 'o-1', status: 'NEW', total: { amount: 5 } },
      payload,
      { status: 'NEW', mixins: { b: 1, a: 2 } },
    ]);
  });

  test('goes to every active entry whose filter matches', async () => {
    const stage = openStage({
      eventsConfiguration: [
        entry({ destinationUrl: 'https://a.test/', filter: "$[?(@.status == 'NEW')]" }),
        entry({ destinationUrl: 'https://b.test/', filter: "$[?(@.status == 'DECLINED')]" }),
        entry({ destinationUrl: 'https://c.test/', active: false }),
        entry({ destinationUrl: 'https://d.test/', eventType: 'order.deleted' }),
        entry({ destinationUrl: 'https://e.test/' }),
      ],
    });
    const event = await stage.emit();
    expect(urls(stage)).toEqual(['https://a.test/', 'https://e.test/']);
    expect(event.skipped.map(({ reason }) => reason)).toEqual(['filter', 'inactive']);
  });

  test.for([
    ['full-payload', 'delivered'],
    ['reduced-payload', 'no-destination'],
  ] as const)('a filter sees the %s', async ([filterSees, outcome]) => {
    const stage = openStage(
      { eventsConfiguration: [entry({ filter: '$[?(@.mixins.a == 2)]' })] },
      {},
      { quirks: { filterSees } },
    );
    expect((await stage.emit()).outcome).toBe(outcome);
  });

  const root = { destinationUrl: 'https://root.test/' };
  const unmatched = entry({ filter: "$[?(@.status == 'X')]" });
  test.for([
    ['no-entries-for-type', [], ['https://root.test/']],
    ['no-entries-for-type', [unmatched], []],
    ['none-matched', [unmatched], ['https://root.test/']],
    ['none-matched', [entry()], ['https://hooks.test/orders']],
    ['never', [], []],
  ] as const)('goes to the root URL: %s', async ([rootFallback, eventsConfiguration, expected]) => {
    const stage = openStage({ ...root, eventsConfiguration }, {}, { quirks: { rootFallback } });
    await stage.emit();
    expect(urls(stage)).toEqual(expected);
  });

  test('has a payload made of the schema when none is given', async () => {
    const stage = openStage(
      { eventsConfiguration: [entry({ eventType: 'availability.created' })] },
      { subscriptions: [{ eventType: 'availability.created' }] },
    );
    await stage.emulator.emit('acme', { type: 'availability.created' });
    expect(bodies(stage)).toEqual([
      {
        available: true,
        distributionChannel: 'sample-distributionChannel',
        id: 'sample-id',
        metadata: { createdAt: '2026-11-15T12:00:00.000Z', modifiedAt: '2026-11-15T12:00:00.000Z', mixins: {} },
        mixins: {},
        popularity: 1,
        productId: 'sample-productId',
        site: 'sample-site',
        stockLevel: 1,
      },
    ]);
  });
});

describe('an event is not sent', () => {
  test.for<readonly [string, Partial<TenantSeed>]>([
    ['not-subscribed', { subscriptions: [] }],
    ['not-subscribed', { subscriptions: [{ eventType: TYPE, subscription: 'UNSUBSCRIBED' }] }],
    ['no-active-config', { configs: [] }],
    ['lost-over-limit', { limit: 3, usage: { '2026-11': 3 } }],
    ['no-destination', { configs: [{ code: 'http', provider: 'HTTP', active: true, configuration: {} }] }],
  ])('%s', async ([outcome, tenant]) => {
    const stage = openStage({ eventsConfiguration: [entry()] }, tenant);
    const event = await stage.emit();
    expect({ outcome: event.outcome, deliveries: event.deliveries, received: stage.receiver.received }).toEqual({
      outcome,
      deliveries: [],
      received: [],
    });
  });

  test('beyond the limit, unless a quirk says so; a new month starts at zero', async () => {
    const stage = openStage({ eventsConfiguration: [entry()] }, { limit: 2 });
    const outcomes = [await stage.emit(), await stage.emit(), await stage.emit()].map(({ outcome }) => outcome);
    expect(outcomes).toEqual(['delivered', 'delivered', 'lost-over-limit']);
    expect((await stage.call('GET', '/statistics')).body).toEqual({
      monthStatistics: [{ statisticsMonth: '2026-11', succesfullySentWebhooks: 2 }],
      webhooksLimit: 2,
    });
    stage.emulator.setQuirks({ beyondLimit: 'sent' });
    expect((await stage.emit()).outcome).toBe('delivered');
    stage.emulator.setQuirks({ beyondLimit: 'lost' });
    await stage.emulator.advance(20 * 24 * 3_600_000);
    expect((await stage.emit()).outcome).toBe('delivered');
  });
});

describe('statistics', () => {
  test('count an event once however many targets get it, or each delivery', async () => {
    const two = { eventsConfiguration: [entry(), entry()] };
    const byEvent = openStage(two);
    await byEvent.emit();
    expect(await used(byEvent)).toBe(1);
    const byDelivery = openStage(two, {}, { quirks: { countedUnit: 'delivery' } });
    await byDelivery.emit();
    expect(await used(byDelivery)).toBe(2);
  });

  test('count nothing that failed, and no HTTP delivery where that is switched', async () => {
    const failing = openStage({ eventsConfiguration: [entry()] });
    failing.receiver.answer(500);
    await failing.emit();
    expect(await used(failing)).toBeUndefined();
    const uncounted = openStage(
      { eventsConfiguration: [entry()] },
      { limit: 0 },
      { quirks: { httpDeliveriesCount: false } },
    );
    expect((await uncounted.emit()).outcome).toBe('delivered');
    expect(await used(uncounted)).toBeUndefined();
  });

  test.for([
    ['SVIX_SHARED', {}],
    ['SVIX', { apiKey: 'Bearer x' }],
  ] as const)('count what is handed to Svix: %s', async ([provider, configuration]) => {
    const svix = { apiKeys: ['x'] };
    const stage = openStage({}, { svix, configs: [{ code: 's', provider, active: true, configuration }] });
    const event = await stage.emit();
    expect(event).toMatchObject({ outcome: 'handed-to-svix', provider, deliveries: [] });
    expect((await stage.control('GET', '/tenants/acme/svix/messages')).body).toEqual({
      messages: [
        {
          id: event.messageId,
          applicationId: expect.stringMatching(/^app_\w{27}$/),
          event: event.id,
          eventId: null,
          eventType: TYPE,
          channels: null,
          payload: { id: 'o-1', total: { amount: 5 }, status: 'NEW' },
          sentAt: '2026-11-15T12:00:00.000Z',
          deliveries: [],
        },
      ],
    });
    expect([await used(stage), stage.receiver.received]).toEqual([1, []]);
  });

  test.for(['Bearer y', 'x'])('are refused by Svix when it does not know the key of the config: %s', async (apiKey) => {
    const configs = [{ code: 's', provider: 'SVIX', active: true, configuration: { apiKey } }];
    const stage = openStage({}, { configs, svix: { apiKeys: ['x'] } });
    expect(await stage.emit()).toMatchObject({ outcome: 'refused-by-svix', deliveries: [], counted: 0 });
    expect(await used(stage)).toBeUndefined();
  });
});

describe('a failed delivery', () => {
  test('is tried again on the schedule, each time as it was first sent', async () => {
    const stage = openStage({ eventsConfiguration: [entry({ secretKey: 'k' })] });
    stage.receiver.answer(500, 0, 302);
    const event = await stage.emit();
    expect(event).toMatchObject({
      outcome: 'retrying',
      deliveries: [{ status: 'retrying', nextAttemptAt: NOON + 5_000 }],
    });
    expect(await stage.emulator.advance(4_999)).toBe(0);
    expect(await stage.emulator.advance(3_600_000)).toBe(3);
    expect(event).toMatchObject({
      outcome: 'delivered',
      deliveries: [
        {
          status: 'delivered',
          attempts: [
            { at: NOON, status: 500 },
            { at: NOON + 5_000, error: 'ECONNREFUSED' },
            { at: NOON + 305_000, status: 302 },
            { at: NOON + 2_105_000, status: 200 },
          ],
        },
      ],
    });
    expect(new Set(stage.receiver.received.map((request) => JSON.stringify(request))).size).toBe(1);
    expect(stage.emulator.clock.now()).toBe(NOON + 3_604_999);
  });

  test('is given up after the last one', async () => {
    const stage = openStage(
      { eventsConfiguration: [entry(), entry()] },
      {},
      { quirks: { retryDelaysSeconds: [1, 1] } },
    );
    stage.receiver.answer(200, 500, 500, 500);
    const event = await stage.emit();
    expect(event.outcome).toBe('partly-delivered');
    await stage.emulator.advance(60_000);
    expect(event).toMatchObject({
      outcome: 'partly-delivered',
      deliveries: [{ status: 'delivered' }, { status: 'failed', attempts: [{}, {}, {}] }],
    });
    expect(stage.receiver.received).toHaveLength(4);
  });
});

describe('the reachability probe', () => {
  test('is off at first', async () => {
    const stage = openStage({}, { configs: [] });
    await create(stage, { destinationUrl: 'https://a.test/' });
    expect(stage.receiver.received).toEqual([]);
  });

  test('asks with HEAD, then with OPTIONS', async () => {
    const stage = openProbing({});
    stage.receiver.answer(405, 204);
    expect((await create(stage, { destinationUrl: 'https://a.test/' })).status).toBe(201);
    expect(stage.receiver.received.map(({ method }) => method)).toEqual(['HEAD', 'OPTIONS']);
  });

  test.for([
    ['plain', ['destinationUrl']],
    ['indexed', ['destinationUrl', 'eventsConfiguration[0].destinationUrl']],
  ] as const)('refuses what does not answer with success, and stores nothing (%s)', async ([probeDetail, places]) => {
    const stage = openProbing({ probeDetail });
    stage.receiver.answer(404, 0, 500, 301);
    const { status, body } = await create(stage, { destinationUrl: 'https://a.test/', eventsConfiguration: [entry()] });
    expect({ status, details: Object(body).details }).toEqual({
      status: 400,
      details: places.map((place) => `${place}: ${UNREACHABLE}`),
    });
    expect((await stage.call('GET', '/config')).body).toEqual([]);
  });

  test.for([
    ['changed', 1],
    ['every-write', 3],
  ] as const)('asks on a change: %s', async ([reachabilityProbe, count]) => {
    const stage = openProbing({ reachabilityProbe: 'off' });
    await create(stage, {
      destinationUrl: 'https://a.test/',
      eventsConfiguration: [entry(), entry({ eventType: 'cart.closed' })],
    });
    stage.emulator.setQuirks({ reachabilityProbe });
    const value = 'https://new.test/';
    const { status } = await stage.call('PATCH', '/config/http', [
      { op: 'UPSERT', path: '/configuration/http/destinationUrl', value },
    ]);
    expect([status, stage.receiver.received.length]).toEqual([204, count]);
  });
});
