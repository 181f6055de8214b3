import { describe, expect, test } from 'vitest';
import { controlRoutes } from '../src/control/control.js';
import { describeQuirks } from '../src/control/quirk-routes.js';
import { httpConfig, openBench, type Bench } from './support.js';

const NOW = '2026-11-15T12:00:00.000Z';
const seed = ({ control }: Bench, ...tenants: readonly object[]) => control('POST', '/seed', { tenants });

/** What a scenario makes of ids, tokens and links. */
const runScenario = async (): Promise<unknown> => {
  const bench = openBench({ seed: 'same' });
  await bench.call(
    'POST',
    '/config',
    httpConfig({ eventsConfiguration: [{ eventType: 'order.created', destinationUrl: 'https://a.test' }] }),
  );
  return [
    await bench.token(),
    (await bench.call('GET', '/config')).body,
    (await bench.call('GET', '/dashboard-access')).body,
  ];
};

describe('GET /_emulator', () => {
  test('lists every route with the schema of its body', async () => {
    const { status, body } = await openBench().control('GET', '');
    expect(status).toBe(200);
    expect(body).toEqual({
      name: 'Emporix emulator',
      routes: controlRoutes.map(({ method, path, summary, body: schema }) => ({
        method,
        path: `/_emulator${path}`,
        summary,
        body: schema,
      })),
    });
    expect(JSON.stringify(body)).toContain('"stale-read"');
  });
});

describe('errors', () => {
  test.for<readonly [string, string, unknown, number, object]>([
    ['GET', '/nope', undefined, 404, { error: 'there is no such route', details: ['GET /_emulator lists the routes'] }],
    ['GET', '/tenants/nobody', undefined, 404, { error: 'there is no tenant nobody', details: [] }],
    [
      'POST',
      '/tenants/acme/events',
      { type: 'no.such' },
      404,
      { error: 'tenant acme has no event type no.such', details: [] },
    ],
    [
      'POST',
      '/tenants/acme/foreign-write',
      { eventType: 'no.such' },
      404,
      { error: 'tenant acme has no event type no.such', details: [] },
    ],
    ['DELETE', '/faults/fault-9', undefined, 404, { error: 'there is no fault fault-9', details: [] }],
    [
      'POST',
      '/faults',
      { kind: 'latency', ms: -1 },
      400,
      { error: 'the request is not valid', details: ['ms: Too small: expected number to be >=0'] },
    ],
    ['POST', '/clock/advance', {}, 400, { error: 'the request is not valid', details: ['body: say how far'] }],
    [
      'PATCH',
      '/quirks',
      { nonsense: 1 },
      400,
      { error: 'the request is not valid', details: ['body: Unrecognized key: "nonsense"'] },
    ],
    [
      'GET',
      '/requests?since=yesterday',
      undefined,
      400,
      { error: 'the request is not valid', details: ['since: must be a time'] },
    ],
  ])('%s %s', async ([method, path, body, status, expected]) => {
    const answer = await openBench().control(method, path, body);
    expect({ status: answer.status, body: answer.body }).toEqual({ status, body: expected });
  });

  test('a body that is no JSON', async () => {
    const { emulator } = openBench();
    const response = await emulator.fetch(
      new Request('http://emulator.test/_emulator/faults', { method: 'POST', body: '{' }),
    );
    expect([response.status, await response.json()]).toEqual([
      400,
      { error: 'the body is not valid JSON', details: [] },
    ]);
  });
});

describe('seed and state', () => {
  test('make a tenant with everything, and show it without secrets', async () => {
    const bench = openBench();
    const { status } = await seed(bench, {
      tenant: 'shop',
      credentials: [{ clientId: 'c', clientSecret: 'hidden-1', scopes: ['webhook.subscription_read'] }],
      languages: ['de'],
      catalogue: ['order.created', 'my.event'],
      limit: 10,
      usage: { '2026-11': 4 },
      configs: [
        httpConfig({
          secretKey: 'hidden-2',
          eventsConfiguration: [
            {
              id: 'e1',
              eventType: 'my.event',
              destinationUrl: 'https://a.test',
              secretKey: 'hidden-3',
              headers: { a: { value: 'hidden-4' } },
            },
          ],
        }),
      ],
      subscriptions: [{ eventType: 'my.event', version: 7, excludedFields: ['x'] }],
    });
    expect(status).toBe(200);
    const { body } = await bench.control('GET', '/tenants/shop');
    expect(body).toEqual({
      tenant: 'shop',
      credentials: [{ clientId: 'c', clientSecret: '[secret]', scopes: ['webhook.subscription_read'] }],
      languages: ['de'],
      catalogue: ['order.created', 'my.event'],
      limit: 10,
      usage: { '2026-11': 4 },
      configs: [
        {
          provider: 'HTTP',
          code: 'http',
          active: true,
          secretKey: '[secret]',
          entries: [
            {
              id: 'e1',
              eventType: 'my.event',
              destinationUrl: 'https://a.test',
              secretKey: '[secret]',
              headers: { a: { value: '[secret]' } },
              excludedFields: null,
              active: true,
            },
          ],
        },
      ],
      subscriptions: [
        {
          eventType: 'my.event',
          subscription: 'SUBSCRIBED',
          version: 7,
          excludedFields: ['x'],
          createdAt: NOW,
          modifiedAt: NOW,
        },
      ],
    });
    expect(JSON.stringify((await bench.control('GET', '/tenants/shop?secrets=true')).body)).toMatch(
      /hidden-1.*hidden-2.*hidden-3.*hidden-4/,
    );
  });

  test('a seed is planted whole or not at all', async () => {
    const bench = openBench({ tenants: [] });
    const bad = {
      tenant: 'bad',
      configs: [httpConfig({ eventsConfiguration: [{ eventType: 'order.created', destinationUrl: 'x' }] })],
    };
    expect((await seed(bench, { tenant: 'good' }, bad)).body).toEqual({
      error: 'The request is not valid; see the details.',
      details: ['eventsConfiguration[0].destinationUrl: must be an absolute http or https URL'],
    });
    expect((await bench.control('GET', '/tenants')).body).toEqual({ tenants: [] });
  });

  test.for<readonly [object, string]>([
    [{ tenant: 'Upper' }, 'tenants.0.tenant: must be lower case'],
    [{ tenant: 'a', subscriptions: [{ eventType: 'no.such' }] }, 'subscriptions: there is no event type no.such'],
    [
      { tenant: 'a', configs: [{ code: 'x', provider: 'MAIL' }] },
      'config x: provider: must be equal to constant ("SVIX_SHARED")',
    ],
    [
      { tenant: 'a', configs: [httpConfig(), httpConfig({}, { code: 'two', active: false })] },
      'config two: a second HTTP',
    ],
    [
      { tenant: 'a', configs: [httpConfig(), { code: 's', provider: 'SVIX_SHARED', active: true }] },
      'configs: only one can be active',
    ],
  ])('refuses the seed %o', async ([tenant, detail]) => {
    const { status, body } = await seed(openBench(), tenant);
    expect(status).toBe(400);
    expect(Object(body).details[0]).toBe(detail);
  });

  test('a tenant seeded again starts anew, and its old keys are void', async () => {
    const bench = openBench();
    await bench.call('PATCH', '/event-subscriptions', [{ eventType: 'order.created', action: 'SUBSCRIBE' }]);
    bench.emulator.seed({ tenant: 'acme', credentials: [{ clientId: 'new', clientSecret: 's' }] });
    expect(bench.emulator.state('acme')).toMatchObject({ subscriptions: [] });
    expect([
      (await bench.requestToken()).status,
      (await bench.requestToken({ client_id: 'new', client_secret: 's' })).status,
    ]).toEqual([401, 200]);
  });

  test('reset makes everything as it was at the start', async () => {
    const bench = openBench();
    const before = [bench.emulator.state('acme'), (await bench.control('GET', '/quirks')).body];
    await bench.call('POST', '/config', httpConfig());
    await seed(bench, { tenant: 'other' });
    bench.emulator.setQuirks({ newTenantLimit: 1 });
    bench.emulator.addFault({ kind: 'status', status: 500 });
    bench.emulator.clock.set(0);
    expect((await bench.control('POST', '/reset')).body).toEqual({ reset: true });
    expect([bench.emulator.state('acme'), (await bench.control('GET', '/quirks')).body]).toEqual(before);
    expect((await bench.control('GET', '/tenants')).body).toEqual({ tenants: ['acme'] });
    expect([
      (await bench.control('GET', '/faults')).body,
      (await bench.control('GET', '/requests/counts')).body,
    ]).toEqual([{ faults: [] }, { counts: {} }]);
    expect((await bench.control('GET', '/clock')).body).toEqual({ now: NOW, frozen: false });
    expect((await bench.call('GET', '/config')).status).toBe(401);
  });

  test('the same seed gives the same ids and tokens', async () => {
    expect(await runScenario()).toEqual(await runScenario());
    expect(await openBench({ seed: 'other' }).token()).not.toBe(await openBench({ seed: 'same' }).token());
  });
});

describe('a tenant', () => {
  test('a foreign write raises the version', async () => {
    const { control } = openBench();
    expect((await control('POST', '/tenants/acme/foreign-write', { eventType: 'Order.Created' })).body).toEqual({
      eventType: 'order.created',
      subscription: 'NONE',
      version: 1,
      excludedFields: [],
    });
    expect(
      (
        await control('POST', '/tenants/acme/foreign-write', {
          eventType: 'order.created',
          subscription: 'SUBSCRIBED',
          excludedFields: ['a'],
        })
      ).body,
    ).toEqual({
      eventType: 'order.created',
      subscription: 'SUBSCRIBED',
      version: 2,
      excludedFields: ['a'],
    });
  });

  test('an event says who got it and what is used', async () => {
    const { control } = openBench({ tenants: [{ tenant: 'acme', subscriptions: [{ eventType: 'order.created' }] }] });
    const { body } = await control('POST', '/tenants/acme/events', { type: 'ORDER.created', payload: { id: '1' } });
    expect(body).toEqual({
      id: expect.any(String),
      tenant: 'acme',
      type: 'order.created',
      publishedAt: NOW,
      payload: { id: '1' },
      provider: 'SVIX_SHARED',
      outcome: 'handed-to-svix',
      messageId: expect.stringMatching(/^msg_\w{27}$/),
      deliveries: [],
      skipped: [],
      counted: 1,
      usage: { month: '2026-11', used: 1, limit: 10_000 },
    });
    expect((await control('GET', '/tenants/acme/events')).body).toMatchObject({ events: [{ type: 'order.created' }] });
  });

  test('usage can be set, added to, and limited', async () => {
    const { control } = openBench();
    expect((await control('POST', '/tenants/acme/usage', { month: '2026-10', set: 5 })).body).toEqual({
      month: '2026-10',
      used: 5,
      limit: 10_000,
    });
    expect((await control('POST', '/tenants/acme/usage', { month: '2026-10', add: -9, limit: 3 })).body).toEqual({
      month: '2026-10',
      used: 0,
      limit: 3,
    });
  });

  test('event types come and go, and what was subscribed of one is so again when it comes back', async () => {
    const bench = openBench({ tenants: [{ tenant: 'acme', catalogue: ['order.created', 'order.deleted'] }] });
    const listed = async () => {
      const { body } = await bench.call('GET', '/event-subscriptions');
      const rows = body as readonly { readonly event: { readonly type: string }; readonly subscription: string }[];
      return rows.map(({ event, subscription }) => `${event.type} ${subscription}`);
    };
    const subscribe = (eventType: string) =>
      bench.call('PATCH', '/event-subscriptions', [{ eventType, action: 'SUBSCRIBE' }]);
    await subscribe('order.deleted');

    const change = { add: ['Order.Archived', 'order.created'], remove: ['order.deleted', 'no.such'] };
    expect((await bench.control('POST', '/tenants/acme/catalogue', change)).body).toEqual({
      eventTypes: ['order.created', 'order.archived'],
    });
    expect(await listed()).toEqual(['order.created NONE', 'order.archived NONE']);
    expect((await subscribe('order.deleted')).body).toMatchObject([{ code: 404 }]);
    expect((await subscribe('order.archived')).body).toMatchObject([{ code: 200 }]);

    bench.emulator.changeCatalogue('acme', { add: ['order.deleted'] });
    expect(await listed()).toEqual(['order.created NONE', 'order.archived SUBSCRIBED', 'order.deleted SUBSCRIBED']);
  });

  test('an event type that is added may bring its group and its schema, also where it is there already', async () => {
    const bench = openBench({
      tenants: [
        { tenant: 'acme', catalogue: ['order.created', { type: 'my.event', group: 'Mine', schema: { a: 'Map' } }] },
      ],
    });
    const listed = async () => {
      const { headers, body } = await bench.call('GET', '/event-subscriptions');
      const rows = body as readonly { readonly event: Readonly<Record<string, unknown>> }[];
      const events = rows.map(({ event: { type, group, eventSchema } }) => [type, group, eventSchema]);
      return [events, headers.get('x-emulator-off-contract')];
    };
    const add = (...entries: readonly object[]) => bench.control('POST', '/tenants/acme/catalogue', { add: entries });
    await add({ type: 'Order.Created', schema: { id: 'String', no: 'Integer' } }, { type: 'order.archived' });
    expect(await listed()).toEqual([
      [
        ['order.created', { en: 'Order' }, { id: 'String', no: 'Integer' }],
        ['my.event', { en: 'Mine' }, { a: 'Map' }],
        ['order.archived', { en: 'Custom' }, {}],
      ],
      null,
    ]);

    await add(
      { type: 'order.archived', group: 'Order', schema: '{"id": "String",}' },
      { type: 'my.event', schema: null },
    );
    expect(await listed()).toEqual([
      [
        ['order.created', { en: 'Order' }, { id: 'String', no: 'Integer' }],
        ['my.event', { en: 'Mine' }, {}],
        ['order.archived', { en: 'Order' }, '{"id": "String",}'],
      ],
      'a schema that is a text',
    ]);
    expect((await add({ type: 'a.b', schema: 7 })).status).toBe(400);
  });

  test('a payload is made up of a schema that is a text as far as it can be read', async () => {
    const texts = ['{"price": "Number"}', '{"price": "Number",}', '[]', 'null', ''];
    const catalogue = texts.map((schema, index) => ({ type: `my.event-${index}`, schema }));
    const { emulator } = openBench({ tenants: [{ tenant: 'acme', catalogue }] });
    const events = await Promise.all(catalogue.map(({ type }) => emulator.emit('acme', { type })));
    const unknown = { id: 'sample-id' };
    expect(events.map(({ payload }) => payload)).toEqual([{ price: 1 }, unknown, unknown, unknown, unknown]);
  });

  test('all its tokens can be made to run out', async () => {
    const bench = openBench({ tenants: [{ tenant: 'acme' }, { tenant: 'other' }] });
    await bench.token();
    expect((await bench.control('POST', '/tokens/expire', { tenant: 'other' })).body).toEqual({ expired: 0 });
    expect((await bench.control('POST', '/tokens/expire')).body).toEqual({ expired: 1 });
    expect((await bench.call('GET', '/config')).status).toBe(401);
  });
});

describe('the clock', () => {
  test('is set, frozen, moved on, and runs on', async () => {
    let real = Date.UTC(2026, 0, 1);
    const { control } = openBench({ now: () => real });
    const clock = async (path = '', body?: object) =>
      (await control(body === undefined && path === '' ? 'GET' : 'POST', `/clock${path}`, body)).body;
    expect(await clock('/set', { now: '2030-05-05T00:00:00+02:00' })).toEqual({
      now: '2030-05-04T22:00:00.000Z',
      frozen: false,
      retries: 0,
    });
    real += 1_000;
    expect(await clock()).toEqual({ now: '2030-05-04T22:00:01.000Z', frozen: false });
    expect(await clock('/freeze', {})).toEqual({ now: '2030-05-04T22:00:01.000Z', frozen: true });
    real += 5_000;
    expect(await clock('/advance', { days: 1, hours: 1, minutes: 1, seconds: 1, ms: 500 })).toEqual({
      now: '2030-05-05T23:01:02.500Z',
      frozen: true,
      retries: 0,
    });
    expect(await clock('/resume', {})).toEqual({ now: '2030-05-05T23:01:02.500Z', frozen: false });
    real += 1_000;
    expect(await clock()).toEqual({ now: '2030-05-05T23:01:03.500Z', frozen: false });
    expect(await clock('/freeze', { now: 0 })).toEqual({ now: '1970-01-01T00:00:00.000Z', frozen: true });
  });
});

describe('the request log', () => {
  test('keeps each call with its masked body, and counts by operation', async () => {
    const { call, control, emulator } = openBench();
    await call('GET', '/config');
    await call('POST', '/config', httpConfig({ secretKey: 'hidden' }));
    await call('GET', '/nope');
    const { body } = await control('GET', '/requests');
    expect(body).toMatchObject({
      requests: [
        {
          id: 1,
          at: NOW,
          method: 'POST',
          path: '/oauth/token',
          operationId: 'requestToken',
          tenant: 'acme',
          status: 200,
          faults: [],
          requestBody: { client_id: 'acme-id', client_secret: '[secret]' },
          responseBody: { access_token: '[secret]' },
        },
        { id: 2, method: 'GET', path: '/webhook/acme/config', operationId: 'listConfigs', tenant: 'acme', status: 200 },
        { id: 3, operationId: 'createConfig', status: 201, requestBody: { configuration: { secretKey: '[secret]' } } },
        { id: 4, operationId: null, tenant: null, status: 404 },
      ],
    });
    expect((await control('GET', '/requests/counts?tenant=acme')).body).toEqual({
      counts: { requestToken: 1, listConfigs: 1, createConfig: 1 },
    });
    expect((await control('GET', '/requests/counts')).body).toEqual({
      counts: { requestToken: 1, listConfigs: 1, createConfig: 1, unknown: 1 },
    });
    expect(emulator.requests({ operationId: 'listConfigs' })).toHaveLength(1);
    await control('DELETE', '/requests');
    expect([(await control('GET', '/requests')).body, emulator.counts()]).toEqual([{ requests: [] }, {}]);
  });

  test('filters by tenant, operation and time', async () => {
    const { call, control, emulator } = openBench();
    await call('GET', '/config');
    emulator.clock.freeze();
    await emulator.advance(60_000);
    await call('GET', '/config');
    const count = async (query: string) => Object((await control('GET', `/requests?${query}`)).body).requests.length;
    expect([
      await count('since=2026-11-15T12:01:00Z'),
      await count('tenant=other'),
      await count('operationId=listConfigs&tenant=acme'),
    ]).toEqual([1, 0, 2]);
  });

  test('tells what a call changed, although its answer was lost, and what it did not', async () => {
    const { call, control, emulator } = openBench();
    const subscribe = (action: string) =>
      call('PATCH', '/event-subscriptions', [{ eventType: 'order.created', action }]).catch(() => undefined);
    emulator.addFault({ kind: 'reset', phase: 'after', match: { method: 'PATCH' } });
    await subscribe('SUBSCRIBE');
    emulator.addFault({ kind: 'drop-write' });
    await subscribe('UNSUBSCRIBE');
    await control('POST', '/tenants/acme/foreign-write', { eventType: 'order.updated' });
    await subscribe('UNSUBSCRIBE');
    await call('POST', '/config', {
      code: 'erp',
      provider: 'HTTP',
      configuration: { destinationUrl: 'https://a.example' },
    });
    await call('DELETE', '/config/erp');
    expect(emulator.requests({ tenant: 'acme' }).map(({ status, changes }) => [status, changes])).toEqual([
      [200, []],
      [null, [{ what: 'subscription', key: 'order.created', to: 'subscribed' }]],
      [207, []],
      [207, [{ what: 'subscription', key: 'order.created', to: 'unsubscribed' }]],
      [201, [{ what: 'config', key: 'erp', to: 'created' }]],
      [204, [{ what: 'config', key: 'erp', to: 'deleted' }]],
    ]);
  });

  test('tells apart who calls, at Svix too, without showing a token', async () => {
    const { emulator, requestToken } = openBench();
    const get = (path: string, token: string) =>
      emulator.fetch(new Request(`http://emulator.test${path}`, { headers: { authorization: `Bearer ${token}` } }));
    const one = async () => {
      const { access_token: token } = Object((await requestToken()).body) as Record<string, string>;
      const access = await get('/webhook/acme/dashboard-access', token ?? '');
      return Object(await access.json()).token as string;
    };
    const tokens = [await one(), await one()];
    for (const token of tokens.toReversed()) await get('/api/v1/app/acme/endpoint', token);
    expect(emulator.requests().map(({ operationId, session }) => [operationId, session])).toEqual([
      ['requestToken', undefined],
      ['getDashboardAccess', 1],
      ['requestToken', undefined],
      ['getDashboardAccess', 2],
      ['listEndpoints', 2],
      ['listEndpoints', 1],
    ]);
  });

  test('forgets the oldest calls, the counts do not', async () => {
    const { call, emulator } = openBench({ requestLogSize: 5 });
    for (let index = 0; index < 9; index++) await call('GET', '/statistics');
    expect(emulator.requests().map(({ id }) => id)).toEqual([6, 7, 8, 9, 10]);
    expect(emulator.counts('acme')).toEqual({ requestToken: 1, getStatistics: 9 });
  });

  test('keeps only the size of a large body', async () => {
    const { call, emulator } = openBench();
    await call('GET', '/event-subscriptions');
    expect(emulator.requests({ operationId: 'listSubscriptions' })).toMatchObject([
      { responseBody: { omitted: expect.stringMatching(/^\d+ characters$/) } },
    ]);
  });
});

describe('quirks', () => {
  test('are shown with value, initial value, values and reason', async () => {
    const { control } = openBench();
    const { body } = await control('PATCH', '/quirks', { lastActive: 400 });
    expect(body).toMatchObject({
      quirks: { lastActive: { value: 400, initial: 409, values: [409, 400], why: expect.any(String) } },
    });
    expect(await control('PATCH', '/quirks', { newTenantLimit: 5 })).toMatchObject({
      body: { quirks: { lastActive: { value: 400 }, newTenantLimit: { value: 5 } } },
    });
    expect(Object.keys(Object(body).quirks)).toEqual(describeQuirks().map(({ name }) => name));
  });
});
