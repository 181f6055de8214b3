import * as fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import {
  emporixHeaders,
  EMPORIX_SECRET,
  NOON,
  openBench,
  request,
  SVIX_SECRET,
  svixHeaders,
} from '../../test/support.js';
import { digestOfDelivery } from './digest-of-delivery.js';
import { BodyTooLargeError, RawBodyLostError } from './incoming-request.js';
import { createMemoryStore } from './memory-store.js';
import type { DeliveryStore } from './delivery-store.js';
import type { EmporixSource, ReceiverOptions } from './options.js';
import { createReceiver, DeliveryTimeoutError } from './receiver.js';

const BODY = '{"id":"o-1","total":{"amount":250}}';
const SUBJECT = { sender: 'svix', eventType: 'order.created', deliveryId: 'msg_1' };
const HANDLER = 'order.created#1';

/** A promise and its ends. */
function deferred(): { promise: Promise<void>; resolve: () => void; reject: (error: Error) => void } {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  return { promise, resolve: () => resolve(), reject };
}

test('a handler gets the event with everything that is known of it', async () => {
  const { receiver, post, outcomes } = openBench();
  const events: unknown[] = [];
  receiver.on('order.created', (event) => events.push(event));
  expect(await post(BODY, emporixHeaders(BODY))).toEqual({
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: '{"outcome":"handled"}',
  });
  await post(BODY, svixHeaders(BODY));
  const event = { type: 'order.created', payload: JSON.parse(BODY), time: new Date(NOON), rawBody: Buffer.from(BODY) };
  expect(events).toEqual([
    { ...event, sender: 'emporix', deliveryId: undefined },
    { ...event, sender: 'svix', deliveryId: 'msg_1' },
  ]);
  expect(outcomes).toEqual([
    { ...SUBJECT, sender: 'emporix', deliveryId: undefined, kind: 'handled', done: [HANDLER], before: [] },
    { ...SUBJECT, kind: 'handled', done: [HANDLER], before: [] },
  ]);
});

test('every handler of a type gets it, and no handler of another', async () => {
  const { receiver, message } = openBench();
  const got: string[] = [];
  receiver
    .on('order.created', () => got.push('first'))
    .on('order.created', () => got.push('second'))
    .on('order.updated', () => got.push('other'));
  await message();
  expect(got).toEqual(['first', 'second']);
});

test('an event that nobody registered for goes to the fallback, known type or not', async () => {
  const bench = openBench({ eventType: ({ url }) => url.searchParams.get('type') });
  bench.receiver.on('order.created', () => undefined);
  await bench.post('{"a":1}', emporixHeaders('{"a":1}'), '/?type=order.updated');
  await bench.post('{"a":2}', emporixHeaders('{"a":2}'), 'https://shop.example/?type=moon.risen');
  await bench.post('{"a":3}', emporixHeaders('{"a":3}'), '/');
  expect(bench.unhandled).toEqual([
    { type: 'order.updated', payload: { a: 1 } },
    { type: 'moon.risen', payload: { a: 2 } },
    { type: undefined, payload: { a: 3 } },
  ]);
});

test('the type may come from a header or the payload, in any case', async () => {
  const bench = openBench({ eventType: ({ header, payload }) => header('X-Event') ?? String(payload['kind']) });
  const body = '{"kind":"CART.CLOSED"}';
  await bench.post(body, { ...emporixHeaders(body), 'x-event': 'PRODUCT.CREATED' });
  await bench.post(body, emporixHeaders(body));
  expect(bench.unhandled.map((event) => Reflect.get(Object(event), 'type'))).toEqual([
    'product.created',
    'cart.closed',
  ]);
});

test('with both senders configured each is verified with its own secrets', async () => {
  const { post } = openBench();
  const wrong = svixHeaders(BODY, { secret: `whsec_${Buffer.from(EMPORIX_SECRET.repeat(3)).toString('base64')}` });
  expect((await post(BODY, wrong)).status).toBe(401);
  const both = { ...emporixHeaders(BODY), ...wrong };
  expect((await post(BODY, both)).status).toBe(401);
});

test('with one sender configured the other is not let in', async () => {
  const onlyEmporix = openBench({ svix: undefined as never });
  expect((await onlyEmporix.post(BODY, svixHeaders(BODY))).status).toBe(401);
  const onlySvix = openBench({ emporix: undefined as never });
  expect((await onlySvix.post(BODY, emporixHeaders(BODY))).status).toBe(401);
});

test('secrets may be asked for with each request', async () => {
  let secrets: readonly string[] = ['old'];
  const { post } = openBench({ emporix: { secrets: async () => secrets } });
  const newer = emporixHeaders(BODY, { secret: 'new' });
  expect((await post(BODY, newer)).status).toBe(401);
  secrets = ['new', 'old'];
  expect((await post(BODY, newer)).status).toBe(200);
  expect((await post(BODY, emporixHeaders(BODY, { secret: 'old' }))).status).toBe(200);
});

test('one handler that fails does not stop the rest, and a retry runs that one only', async () => {
  const { receiver, message, outcomes } = openBench();
  const ran: string[] = [];
  const error = new Error('ERP is down');
  let down = true;
  receiver
    .on('order.created', () => ran.push('mail'), { name: 'mail' })
    .on(
      'order.created',
      () => {
        ran.push('erp');
        if (down) throw error;
      },
      { name: 'erp' },
    )
    .on('order.created', async () => ran.push('stock'), { name: 'stock' });
  expect(await message()).toMatchObject({ status: 503, body: '{"outcome":"failed","failed":["erp"]}' });
  down = false;
  expect((await message()).status).toBe(200);
  expect((await message()).status).toBe(200);
  expect(ran).toEqual(['mail', 'erp', 'stock', 'erp']);
  expect(outcomes).toEqual([
    { ...SUBJECT, kind: 'failed', done: ['mail', 'stock'], before: [], failures: [{ handler: 'erp', error }] },
    { ...SUBJECT, kind: 'handled', done: ['erp'], before: ['mail', 'stock'] },
    { ...SUBJECT, kind: 'handled', done: [], before: ['mail', 'erp', 'stock'] },
  ]);
});

test('a fallback that fails is asked again as well', async () => {
  const fallback = vi.fn<() => Promise<void>>().mockRejectedValueOnce(new Error('no')).mockResolvedValue(undefined);
  const { message } = openBench({ fallback });
  expect([(await message()).status, (await message()).status, (await message()).status]).toEqual([503, 200, 200]);
  expect(fallback).toHaveBeenCalledTimes(2);
});

test('other messages are not mistaken for the same', async () => {
  const { receiver, message } = openBench();
  let count = 0;
  receiver.on('order.created', () => count++);
  await message(BODY, 'msg_1');
  await message(BODY, 'msg_2');
  expect(count).toBe(2);
});

test('of two attempts at the same time one is handled and the other is asked to come again', async () => {
  const { receiver, message, outcomes } = openBench();
  const { promise, resolve } = deferred();
  let count = 0;
  receiver.on('order.created', async () => {
    count++;
    await promise;
  });
  const first = message();
  const second = await message();
  expect(second).toMatchObject({ status: 503, headers: { 'retry-after': '5' }, body: '{"outcome":"busy"}' });
  resolve();
  expect((await first).status).toBe(200);
  expect((await message()).status).toBe(200);
  expect(count).toBe(1);
  expect(outcomes.map(({ kind }) => kind)).toEqual(['busy', 'handled', 'handled']);
});

/** How often a handler runs for two equal attempts, another publish time, another body, another address. */
async function countRuns(more: Pick<EmporixSource, 'deliveryId'> = {}): Promise<number> {
  const { receiver, post } = openBench({ emporix: { secrets: EMPORIX_SECRET, ...more } });
  let times = 0;
  receiver.on('order.created', () => times++);
  await post(BODY, emporixHeaders(BODY));
  await post(BODY, emporixHeaders(BODY));
  await post(BODY, emporixHeaders(BODY, { at: NOON + 1 }));
  await post(`${BODY} `, emporixHeaders(`${BODY} `));
  await post(BODY, emporixHeaders(BODY), '/other');
  return times;
}

test('Emporix gives deliveries no id: each attempt is handled, unless something is made an id', async () => {
  expect([await countRuns(), await countRuns({ deliveryId: digestOfDelivery })]).toEqual([5, 4]);
});

test('an empty id is none', async () => {
  expect(await countRuns({ deliveryId: () => '' })).toBe(5);
});

test('each handler succeeds once, whatever fails how often, and success is answered when all have', async () => {
  const failures = fc.array(fc.subarray(['a', 'b', 'c']), { maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(failures, async (plan) => {
      const { receiver, message } = openBench();
      const succeeded: string[] = [];
      let failing: readonly string[] = [];
      for (const name of ['a', 'b', 'c']) {
        const handle = async (): Promise<void> => {
          if (failing.includes(name)) throw new Error(name);
          succeeded.push(name);
        };
        receiver.on('order.created', handle, { name });
      }
      for (failing of [...plan, []]) {
        const { status } = await message();
        expect(status === 200).toBe(succeeded.length === 3);
      }
      expect(succeeded.toSorted()).toEqual(['a', 'b', 'c']);
    }),
  );
});

test('however attempts overlap, a handler never runs beside itself, and succeeds once', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(fc.boolean(), { minLength: 1, maxLength: 5 }),
      async (scheduler, fails) => {
        const { receiver, message } = openBench();
        let [running, most, succeeded, run] = [0, 0, 0, 0];
        receiver.on('order.created', async () => {
          const failing = fails[run++] ?? false;
          most = Math.max(most, ++running);
          await scheduler.schedule(Promise.resolve());
          running--;
          if (failing) throw new Error('no');
          succeeded++;
        });
        const attempts = fails.map(() => scheduler.schedule(Promise.resolve()).then(() => message()));
        await scheduler.waitFor(Promise.all(attempts));
        const answered = (await Promise.all(attempts)).some(({ status }) => status === 200);
        expect([most <= 1, succeeded]).toEqual([true, answered ? 1 : 0]);
      },
    ),
  );
});

test('a handler that takes too long is told, and asked again when it has ended', async () => {
  const { receiver, message, outcomes } = openBench({ timeoutMs: 20 });
  const { promise, reject } = deferred();
  let attempts = 0;
  const signals: AbortSignal[] = [];
  receiver.on('order.created', async (_event, { signal }) => {
    attempts++;
    signals.push(signal);
    if (attempts === 1) await promise;
  });
  expect((await message()).status).toBe(503);
  expect(signals[0]?.reason).toEqual(new DeliveryTimeoutError(20));
  expect(outcomes).toEqual([
    {
      ...SUBJECT,
      kind: 'failed',
      done: [],
      before: [],
      failures: [{ handler: HANDLER, error: new DeliveryTimeoutError(20) }],
    },
  ]);
  expect((await message()).body).toBe('{"outcome":"busy"}');
  reject(new Error('at last'));
  await vi.waitFor(async () => expect((await message()).status).toBe(200));
  expect(attempts).toBe(2);
});

test('what was handled in time leaves no timer behind', async () => {
  vi.useFakeTimers();
  const { message } = openBench();
  expect((await message()).status).toBe(200);
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

test('a handler that succeeds too late is not asked again', async () => {
  const { receiver, message } = openBench({ timeoutMs: 20 });
  const { promise, resolve } = deferred();
  let attempts = 0;
  receiver.on('order.created', async () => {
    attempts++;
    await promise;
  });
  expect((await message()).status).toBe(503);
  resolve();
  await vi.waitFor(async () => expect((await message()).status).toBe(200));
  expect(attempts).toBe(1);
});

test('a handler that never ends holds a delivery until its lease runs out', async () => {
  let now = NOON;
  const { receiver, message } = openBench({ timeoutMs: 20, leaseMs: 1_000, now: () => now });
  let attempts = 0;
  receiver.on('order.created', async () => {
    attempts++;
    if (attempts === 1) await new Promise(() => undefined);
  });
  expect((await message()).status).toBe(503);
  expect((await message()).body).toBe('{"outcome":"busy"}');
  now += 1_000;
  expect((await message()).status).toBe(200);
});

/** A memory that fails where it is told to. */
function failingStore(failing: Partial<DeliveryStore>): DeliveryStore {
  const memory = createMemoryStore({ now: () => NOON });
  return {
    claim: (id, leaseMs) => memory.claim(id, leaseMs),
    markDone: (id, handler) => memory.markDone(id, handler),
    release: (id, token) => memory.release(id, token),
    ...failing,
  };
}

const outage = new Error('no connection');
const fails = (): Promise<never> => Promise.reject(outage);

test('while deliveries cannot be claimed none is handled', async () => {
  const { receiver, message, outcomes } = openBench({ store: failingStore({ claim: fails }) });
  let count = 0;
  receiver.on('order.created', () => count++);
  expect(await message()).toMatchObject({ status: 500, body: '{"outcome":"broken","step":"store"}' });
  expect([count, outcomes]).toEqual([0, [{ kind: 'broken', step: 'store', error: outage }]]);
});

test('a store that does not let go is not waited for longer than there is time', async () => {
  const { message } = openBench({
    timeoutMs: 20,
    store: failingStore({ release: () => new Promise(() => undefined) }),
  });
  expect((await message()).status).toBe(200);
});

test('a store that does not answer is not waited for longer than there is time', async () => {
  const { message } = openBench({ timeoutMs: 20, store: failingStore({ claim: () => new Promise(() => undefined) }) });
  expect((await message()).status).toBe(500);
});

test.each(['markDone', 'release'] as const)(
  'what is done is done, also when %s fails; somebody is told',
  async (method) => {
    const { message, outcomes } = openBench({ store: failingStore({ [method]: fails }) });
    expect((await message()).status).toBe(200);
    expect(outcomes).toEqual([
      { kind: 'broken', step: 'store', error: outage },
      { ...SUBJECT, kind: 'handled', done: ['fallback'], before: [] },
    ]);
  },
);

test.each<[string, Partial<ReceiverOptions>]>([
  ['read-secrets', { svix: { secrets: fails } }],
  ['read-secrets', { svix: { secrets: () => 'whsec_' } }],
  [
    'event-type',
    {
      eventType: () => {
        throw outage;
      },
    },
  ],
])('what is broken in the receiver is not blamed on the sender: %s', async (step, options) => {
  const { message, outcomes } = openBench(options);
  expect(await message()).toMatchObject({ status: 500, body: JSON.stringify({ outcome: 'broken', step }) });
  expect(outcomes).toMatchObject([{ kind: 'broken', step }]);
});

test('a receiver that cannot work is not made', () => {
  const rest = { eventType: 'order.created', fallback: () => undefined };
  expect(() => createReceiver(rest)).toThrow('emporix, svix or both');
  expect(() => createReceiver({ ...rest, emporix: { secrets: [] } })).toThrow('emporix: There is no secret');
  expect(() => createReceiver({ ...rest, svix: { secrets: [SVIX_SECRET, 'x y'] } })).toThrow(
    'svix: Secret 2 of 2 is not',
  );
});

test.each([
  [{ timeoutMs: 0 }, 'timeoutMs'],
  [{ timeoutMs: Infinity }, 'timeoutMs'],
  [{ leaseMs: 10_000 }, 'leaseMs must be above timeoutMs'],
  [{ leaseMs: Number.NaN }, 'leaseMs'],
  [{ maxBodyBytes: 0 }, 'maxBodyBytes'],
])('%j cannot be meant', (options, message) => {
  expect(() => openBench(options)).toThrow(message);
});

const FALLBACK = 'fallback must be a function: it gets what no handler is registered for.';
const EVENT_TYPE = 'eventType must be the name of an event type, or a function that tells it by the request.';

test.each([
  [{ emporix: { secrets: undefined } }, 'emporix: There is no secret to verify with.'],
  [{ emporix: { secrets: null } }, 'emporix: There is no secret to verify with.'],
  [{ emporix: {} }, 'emporix: There is no secret to verify with.'],
  [{ emporix: null }, 'emporix: There is no secret to verify with.'],
  [{ svix: { secrets: undefined } }, 'svix: There is no secret to verify with.'],
  [{ svix: { secrets: 7 } }, 'svix: Secrets are a text or a list of texts.'],
  [{ emporix: { secrets: EMPORIX_SECRET, deliveryId: 'd-1' } }, 'emporix: deliveryId must be a function.'],
  [{ eventType: undefined }, EVENT_TYPE],
  [{ eventType: '' }, EVENT_TYPE],
  [{ eventType: ['order.created'] }, EVENT_TYPE],
  [{ fallback: undefined }, FALLBACK],
  [{ fallback: 'log' }, FALLBACK],
  [{ onOutcome: 'log' }, 'onOutcome must be a function.'],
  [{ now: NOON }, 'now must be a function.'],
])('a program without types learns at the start that %j cannot work', (options, message) => {
  expect(() => openBench(options as never)).toThrow(new TypeError(message));
});

test('a handler is a function, and its event type a text', () => {
  const { receiver } = openBench();
  expect(() => receiver.on('order.created', undefined as never)).toThrow(
    new TypeError('The handler of order.created must be a function.'),
  );
  expect(() => receiver.on(undefined as never, () => undefined)).toThrow(
    new TypeError('An event type must be a text that is not empty.'),
  );
});

test.each([undefined, null, 7, [undefined]])(
  'secrets that turn out to be %j are the fault of the receiver',
  async (secrets) => {
    const { post, outcomes } = openBench({ emporix: { secrets: () => secrets as never } });
    expect((await post(BODY, emporixHeaders(BODY))).status).toBe(500);
    expect(outcomes).toMatchObject([
      { kind: 'broken', step: 'read-secrets', error: { message: expect.stringMatching(/secret/i) } },
    ]);
  },
);

test('two handlers of a type cannot have the same name', () => {
  const { receiver } = openBench();
  receiver.on('order.created', () => undefined, { name: 'erp' }).on('order.updated', () => undefined, { name: 'erp' });
  expect(() => receiver.on('order.created', () => undefined, { name: 'erp' })).toThrow('has a handler erp already');
});

test.each(['HEAD', 'OPTIONS'])(
  '%s is answered with success, at any address and without a signature',
  async (method) => {
    const { receiver, outcomes } = openBench();
    expect(await receiver.handle(request({ method, url: '/anything' }))).toEqual({
      status: 204,
      headers: { allow: 'POST, HEAD, OPTIONS' },
      body: '',
    });
    expect(outcomes).toEqual([]);
  },
);

test.each(['GET', 'PUT', 'PATCH', 'DELETE'])('%s is not allowed', async (method) => {
  const { receiver } = openBench();
  const { status, headers } = await receiver.handle(request({ method }));
  expect([status, headers['allow']]).toEqual([405, 'POST, HEAD, OPTIONS']);
});

test.each([
  ['', 200],
  ['application/json', 200],
  ['Application/JSON; charset=UTF-8', 200],
  ['application/cloudevents+json', 200],
  ['text/plain;charset=UTF-8', 200],
  ['application/octet-stream', 200],
  ['application/x-www-form-urlencoded', 415],
  ['multipart/form-data; boundary=x', 415],
  ['text/html', 415],
])('content type %j: %i', async (type, status) => {
  const { post } = openBench();
  expect((await post(BODY, { ...emporixHeaders(BODY), 'content-type': type })).status).toBe(status);
});

test('a packed body is refused, as nobody knows what was signed then', async () => {
  const { post } = openBench();
  const packed = await post(BODY, { ...emporixHeaders(BODY), 'content-encoding': 'gzip' });
  const plain = await post(BODY, { ...emporixHeaders(BODY), 'content-encoding': 'identity' });
  expect([packed.status, plain.status]).toEqual([415, 200]);
});

test('a body that is announced as too long is not read', async () => {
  const { receiver } = openBench({ maxBodyBytes: 10 });
  const readBody = vi.fn<() => Promise<Uint8Array>>();
  const { status } = await receiver.handle(request({ headers: { 'content-length': '11' }, readBody }));
  expect([status, readBody.mock.calls]).toEqual([413, []]);
});

test.each([
  ['too long', new BodyTooLargeError(10), 413, 'close'],
  ['broken off', new Error('reset'), 400, undefined],
  ['parsed by somebody else', new RawBodyLostError(), 500, undefined],
])('a body that is %s', async (_, error, status, connection) => {
  const { receiver } = openBench();
  const answer = await receiver.handle(request({ readBody: () => Promise.reject(error) }));
  expect([answer.status, answer.headers['connection']]).toEqual([status, connection]);
});

test('a body that does not come is not waited for', async () => {
  const { receiver, outcomes } = openBench({ timeoutMs: 20 });
  const { status } = await receiver.handle(request({ readBody: () => new Promise(() => undefined) }));
  expect([status, outcomes]).toMatchObject([408, [{ kind: 'refused', reason: 'body-timeout' }]]);
});

test.each(['', 'x', '[]', 'null', '"text"', '{"a":1'])(
  'a signed body that is no object is refused: %j',
  async (body) => {
    const { post } = openBench();
    expect(await post(body, emporixHeaders(body))).toMatchObject({ status: 400 });
  },
);

test('whoever sends is told why a request is refused, without a secret', async () => {
  const { post, outcomes } = openBench();
  const message = 'emporix-event-signature does not fit the body.';
  const { status, body } = await post(`${BODY}x`, emporixHeaders(BODY));
  expect([status, JSON.parse(body)]).toEqual([401, { outcome: 'refused', reason: 'no-match', message }]);
  expect(outcomes).toEqual([{ kind: 'refused', status: 401, reason: 'no-match', message }]);
});

test('an address that is none is the fault of nobody else', async () => {
  const { post, outcomes } = openBench();
  expect((await post(BODY, emporixHeaders(BODY), 'http://[')).status).toBe(400);
  expect(outcomes).toMatchObject([{ kind: 'refused', reason: 'url' }]);
});

test('whoever listens to outcomes does not change the answer', async () => {
  const error = vi.spyOn(console, 'error').mockReturnValue(undefined);
  const { message } = openBench({
    onOutcome: () => {
      throw outage;
    },
  });
  expect((await message()).status).toBe(200);
  expect(error.mock.calls).toEqual([['onOutcome failed:', outage]]);
  error.mockRestore();
});

test('where nobody listens, failures are written to stderr', async () => {
  const error = vi.spyOn(console, 'error').mockReturnValue(undefined);
  const rest = { svix: { secrets: SVIX_SECRET }, eventType: 'order.created', now: () => NOON };
  const receiver = createReceiver({ ...rest, fallback: fails });
  const broken = createReceiver({ ...rest, fallback: () => undefined, store: failingStore({ claim: fails }) });
  const post = (headers: Record<string, string>) => request({ body: BODY, headers });
  await receiver.handle(post(svixHeaders(BODY)));
  await receiver.handle(post({}));
  await receiver.handle(post(svixHeaders('other')));
  await broken.handle(post(svixHeaders(BODY)));
  expect(error.mock.calls).toEqual([
    ['Handler fallback failed:', outage],
    ['A delivery was refused (no-match): No entry of svix-signature fits the request.'],
    ['The receiver is broken (store):', outage],
  ]);
  error.mockRestore();
});
