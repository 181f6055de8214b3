import { describe, expect, test } from 'vitest';
import type { FaultInput } from '../src/index.js';
import { httpConfig, NOON, openBench, type Bench } from './support.js';

const PATH = '/event-subscriptions';
const subscribe = ({ call }: Bench, version?: number, eventType = 'order.created') =>
  call('PATCH', PATH, [
    { eventType, action: 'SUBSCRIBE', ...(version === undefined ? {} : { metadata: { version } }) },
  ]);
const version = async ({ call }: Bench, type = 'order.created'): Promise<unknown> => {
  const rows: readonly { event: { type: string }; metadata: { version?: number } }[] = Object(
    (await call('GET', PATH)).body,
  );
  return rows.find(({ event }) => event.type === type)?.metadata.version;
};

describe('a status fault', () => {
  test.for<readonly [FaultInput, Record<string, string | null>]>([
    [{ kind: 'status', status: 429 }, { 'retry-after': null }],
    [{ kind: 'status', status: 429, retryAfterSeconds: 7 }, { 'retry-after': '7' }],
    [
      { kind: 'status', status: 503, retryAfterSeconds: 90, retryAfterAs: 'date' },
      { 'retry-after': 'Sun, 15 Nov 2026 12:01:30 GMT' },
    ],
    [{ kind: 'status', status: 502, headers: { 'x-edge': 'eu' } }, { 'x-edge': 'eu' }],
  ])('answers %o', async ([fault, headers]) => {
    const { emulator, call } = openBench();
    emulator.addFault({ match: { operationId: 'listConfigs' }, ...fault });
    const answer = await call('GET', '/config');
    expect(answer.status).toBe(fault.kind === 'status' ? fault.status : undefined);
    expect(Object.fromEntries(Object.keys(headers).map((name) => [name, answer.headers.get(name)]))).toEqual(headers);
    expect(answer.headers.get('date')).toBe(new Date(NOON).toUTCString());
    expect((await call('GET', '/config')).status).toBe(200);
  });

  test('answers the body it is given', async () => {
    const { emulator, call, token } = openBench();
    await token();
    emulator.addFault({ kind: 'status', status: 500, body: { anything: [1] } });
    expect((await call('GET', '/config')).body).toEqual({ anything: [1] });
  });

  test.for([
    ['before', undefined],
    ['after', 1],
  ] as const)('works %s the write is done', async ([phase, stored]) => {
    const bench = openBench();
    bench.emulator.addFault({ kind: 'status', status: 503, phase, match: { method: 'patch' } });
    expect((await subscribe(bench)).status).toBe(503);
    expect(await version(bench)).toBe(stored);
  });
});

describe('matching', () => {
  test('asks for operation, tenant and method', async () => {
    const { emulator, call, token, control } = openBench();
    await token();
    emulator.addFault({
      kind: 'status',
      status: 500,
      times: 'always',
      match: { operationId: 'getConfig', tenant: 'acme', method: 'GET' },
    });
    emulator.addFault({ kind: 'status', status: 501, times: 'always', match: { tenant: 'other' } });
    expect([(await call('GET', '/config')).status, (await call('GET', '/config/svix_shared')).status]).toEqual([
      200, 500,
    ]);
    expect((await control('GET', '/faults')).body).toMatchObject({ faults: [{ matched: 1 }, { matched: 0 }] });
  });

  test('knows the tenant of a token request by its client id', async () => {
    const { emulator, requestToken } = openBench();
    emulator.addFault({ kind: 'status', status: 503, match: { tenant: 'acme', operationId: 'requestToken' } });
    expect([(await requestToken()).status, (await requestToken()).status]).toEqual([503, 200]);
  });

  test('lets `after` calls pass, works `times` times, and notes each firing', async () => {
    const { emulator, call, token, control } = openBench();
    await token();
    emulator.addFault({ kind: 'status', status: 500, after: 1, times: 2 });
    const statuses = [];
    for (let index = 0; index < 5; index++) statuses.push((await call('GET', '/config')).status);
    expect(statuses).toEqual([200, 500, 500, 200, 200]);
    expect((await control('GET', '/faults')).body).toMatchObject({
      faults: [
        {
          id: 'fault-1',
          kind: 'status',
          matched: 3,
          spent: true,
          firings: [
            { operationId: 'listConfigs', tenant: 'acme', method: 'GET', at: '2026-11-15T12:00:00.000Z' },
            { operationId: 'listConfigs' },
          ],
        },
      ],
    });
  });

  test.each<FaultInput>([{ kind: 'item-status', code: 500 }, { kind: 'missing-item' }, { kind: 'drop-write' }])(
    '$kind is not used up by calls it cannot matter to',
    async (fault) => {
      const bench = openBench();
      bench.emulator.addFault(fault);
      await bench.call('GET', PATH);
      await bench.call('GET', '/statistics');
      expect((await bench.call('GET', '/config')).headers.get('x-emulator-fault')).toBeNull();
      expect((await subscribe(bench)).headers.get('x-emulator-fault')).toBe('fault-1');
    },
  );

  test('foreign-write and stale-read wait for a reading, expire-token for a call with a token', async () => {
    const bench = openBench();
    for (const kind of ['foreign-write', 'stale-read', 'expire-token'] as const) bench.emulator.addFault({ kind });
    expect((await bench.requestToken()).headers.get('x-emulator-fault')).toBeNull();
    expect((await bench.call('GET', PATH)).headers.get('x-emulator-fault')).toBe('fault-1 fault-2 fault-3');
  });

  test('of several endings takes the first, and the next one on the next call', async () => {
    const { emulator, call, token } = openBench();
    await token();
    emulator.addFault({ kind: 'status', status: 500 });
    emulator.addFault({ kind: 'status', status: 503 });
    expect([
      (await call('GET', '/config')).status,
      (await call('GET', '/config')).status,
      (await call('GET', '/config')).status,
    ]).toEqual([500, 503, 200]);
  });

  test('names the fault in the answer and in the log', async () => {
    const { emulator, call, token } = openBench();
    await token();
    emulator.addFault({ kind: 'latency', ms: 1 });
    emulator.addFault({ kind: 'empty-body' });
    expect((await call('GET', '/config')).headers.get('x-emulator-fault')).toBe('fault-1 fault-2');
    expect(emulator.requests({ operationId: 'listConfigs' })).toMatchObject([
      { status: 200, faults: ['fault-1', 'fault-2'] },
    ]);
  });
});

test('expire-token lets the token of the call run out for good', async () => {
  const { emulator, call, requestToken, token } = openBench();
  await token();
  emulator.addFault({ kind: 'expire-token', match: { operationId: 'listConfigs' } });
  expect([(await call('GET', '/config')).status, (await call('GET', '/config')).status]).toEqual([401, 401]);
  const fresh = String(Object((await requestToken()).body).access_token);
  expect((await call('GET', '/config', undefined, { token: fresh })).status).toBe(200);
});

test('html-body answers a page, with 200 at first', async () => {
  const { emulator, call, token } = openBench();
  await token();
  emulator.addFault({ kind: 'html-body' });
  emulator.addFault({ kind: 'html-body', status: 502 });
  const first = await call('GET', '/config');
  expect([first.status, first.headers.get('content-type'), first.body]).toEqual([
    200,
    'text/html; charset=utf-8',
    expect.stringContaining('<html>'),
  ]);
  expect((await call('GET', '/config')).status).toBe(502);
});

test('empty-body answers nothing', async () => {
  const { emulator, call, token } = openBench();
  await token();
  emulator.addFault({ kind: 'empty-body', status: 500 });
  const { status, body } = await call('GET', '/config');
  expect({ status, body }).toEqual({ status: 500, body: undefined });
});

test('cut-body promises the whole body and breaks off in the middle', async () => {
  const { emulator, token } = openBench();
  const headers = { authorization: `Bearer ${await token()}` };
  const request = () => emulator.fetch(new Request('http://emulator.test/webhook/acme/config', { headers }));
  const whole = await (await request()).text();
  emulator.addFault({ kind: 'cut-body' });
  const response = await request();
  expect([response.status, response.headers.get('content-length')]).toEqual([200, String(whole.length)]);
  const reader = response.body?.getReader();
  const first = await reader?.read();
  expect(new TextDecoder().decode(first?.value)).toBe(whole.slice(0, Math.ceil(whole.length / 2)));
  await expect(reader?.read()).rejects.toThrow('fetch failed');
});

test('reset rejects like a broken connection', async () => {
  const bench = openBench();
  await bench.token();
  bench.emulator.addFault({ kind: 'reset', phase: 'after' });
  await expect(subscribe(bench)).rejects.toMatchObject({
    name: 'TypeError',
    message: 'fetch failed',
    cause: { code: 'ECONNRESET' },
  });
  expect(await version(bench)).toBe(1);
  expect(bench.emulator.requests({ operationId: 'updateSubscriptions' })).toMatchObject([{ status: null }]);
});

test('hang ends only when the caller gives up', async () => {
  const { emulator, call, token } = openBench();
  await token();
  emulator.addFault({ kind: 'hang' });
  const controller = new AbortController();
  const pending = call('GET', '/config', undefined, { signal: controller.signal });
  const settled = await Promise.race([
    pending.then(() => 'answered'),
    new Promise((resolve) => setImmediate(() => resolve('hanging'))),
  ]);
  expect(settled).toBe('hanging');
  controller.abort(new Error('enough'));
  await expect(pending).rejects.toThrow('enough');
});

test('latency waits, and stops waiting when the caller gives up', async () => {
  const { emulator, call, token } = openBench();
  await token();
  emulator.addFault({ kind: 'latency', ms: 30 });
  const started = performance.now();
  expect((await call('GET', '/config')).status).toBe(200);
  expect(performance.now() - started).toBeGreaterThanOrEqual(25);
  emulator.addFault({ kind: 'latency', ms: 600_000 });
  await expect(call('GET', '/config', undefined, { signal: AbortSignal.timeout(20) })).rejects.toThrow('aborted');
});

test('stale-read answers what stood before the last writes', async () => {
  const bench = openBench();
  for (let index = 0; index < 3; index++) await subscribe(bench);
  bench.emulator.addFault({ kind: 'stale-read', match: { operationId: 'listSubscriptions' } });
  bench.emulator.addFault({ kind: 'stale-read', writes: 2, match: { operationId: 'listSubscriptions' }, after: 1 });
  expect([await version(bench), await version(bench), await version(bench)]).toEqual([2, 1, 3]);
});

test('stale-read works on configs too, and never on a write', async () => {
  const bench = openBench();
  await bench.call('POST', '/config', httpConfig());
  bench.emulator.addFault({ kind: 'stale-read', times: 2 });
  expect((await bench.call('GET', '/config')).body).toHaveLength(1);
  expect((await bench.call('DELETE', '/config/svix_shared')).status).toBe(204);
});

test('drop-write answers success and changes nothing', async () => {
  const bench = openBench();
  await bench.token();
  bench.emulator.addFault({ kind: 'drop-write', times: 2 });
  expect((await subscribe(bench)).body).toEqual([{ eventType: 'order.created', code: 200, status: 'OK' }]);
  expect((await bench.call('POST', '/config', httpConfig())).status).toBe(201);
  expect(await version(bench)).toBeUndefined();
  expect((await bench.call('GET', '/config')).body).toHaveLength(1);
});

describe('foreign-write', () => {
  test('comes between the read and the PATCH of the types in its body', async () => {
    const bench = openBench();
    await subscribe(bench);
    bench.emulator.addFault({ kind: 'foreign-write', match: { operationId: 'updateSubscriptions' } });
    expect((await subscribe(bench, 1)).body).toMatchObject([{ code: 409 }]);
    expect((await subscribe(bench, 2)).body).toMatchObject([{ code: 200 }]);
  });

  test('comes right after a read, and changes what it is told', async () => {
    const bench = openBench();
    await subscribe(bench);
    bench.emulator.addFault({
      kind: 'foreign-write',
      match: { operationId: 'listSubscriptions' },
      eventTypes: ['order.created', 'cart.closed'],
      subscription: 'UNSUBSCRIBED',
      excludedFields: ['id'],
    });
    expect([await version(bench), await version(bench), await version(bench, 'cart.closed')]).toEqual([1, 2, 1]);
    expect(bench.emulator.state('acme')).toMatchObject({
      subscriptions: [
        { eventType: 'order.created', subscription: 'UNSUBSCRIBED', excludedFields: ['id'], version: 2 },
        { eventType: 'cart.closed', subscription: 'UNSUBSCRIBED', excludedFields: ['id'], version: 1 },
      ],
    });
  });

  test('can go on for ever, a storm of conflicts', async () => {
    const bench = openBench();
    await subscribe(bench);
    bench.emulator.addFault({ kind: 'foreign-write', times: 'always', match: { operationId: 'updateSubscriptions' } });
    for (let round = 1; round <= 5; round++) {
      const known = Number(await version(bench));
      expect(known).toBe(round);
      expect((await subscribe(bench, known)).body).toMatchObject([{ code: 409 }]);
    }
  });
});

describe('items', () => {
  const three = ['order.created', 'cart.closed', 'order.deleted'].map((eventType) => ({
    eventType,
    action: 'SUBSCRIBE',
  }));

  test.for([
    [400, 'BAD_REQUEST'],
    [409, 'CONFLICT'],
    [500, 'INTERNAL_SERVER_ERROR'],
  ] as const)('item-status lets items fail with %i and does not apply them', async ([code, status]) => {
    const bench = openBench();
    await bench.token();
    bench.emulator.addFault({ kind: 'item-status', code, eventTypes: ['CART.closed'], message: 'no' });
    expect((await bench.call('PATCH', PATH, three)).body).toEqual([
      { eventType: 'order.created', code: 200, status: 'OK' },
      { eventType: 'cart.closed', code, status, message: 'no' },
      { eventType: 'order.deleted', code: 200, status: 'OK' },
    ]);
    expect([await version(bench), await version(bench, 'cart.closed')]).toEqual([1, undefined]);
  });

  test('item-status without types works on all of them', async () => {
    const bench = openBench();
    await bench.token();
    bench.emulator.addFault({ kind: 'item-status', code: 500 });
    expect((await bench.call('PATCH', PATH, three)).body).toMatchObject([{ code: 500 }, { code: 500 }, { code: 500 }]);
  });

  test('missing-item leaves results out and does not apply the items', async () => {
    const bench = openBench();
    await bench.token();
    bench.emulator.addFault({ kind: 'missing-item', eventTypes: ['order.created'] });
    expect((await bench.call('PATCH', PATH, three)).body).toMatchObject([
      { eventType: 'cart.closed' },
      { eventType: 'order.deleted' },
    ]);
    expect(await version(bench)).toBeUndefined();
  });
});
