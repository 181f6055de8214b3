import { once } from 'node:events';
import { createServer } from 'node:http';
import { createSvixApi } from '@gateway-sync/api';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ACME_KEY, creating, svixBench, type SvixBench } from '../../../test/support/svix-bench.js';
import type { EndpointWrite } from '../../core/endpoint.js';
import {
  AccessDeniedError,
  ConflictError,
  DiscrepancyError,
  RejectedError,
  UnavailableError,
} from '../../core/errors.js';
import { Secret } from '../../core/secret.js';
import { SvixEndpointGateway } from './svix-endpoint-gateway.js';
import { SvixSessions } from './svix-sessions.js';

const { signal } = new AbortController();
const MINUTE = 60_000;
const CREATED = creating();

async function only({ gateway }: SvixBench) {
  const { endpoints } = await gateway.list(signal);
  expect(endpoints).toHaveLength(1);
  const [endpoint] = endpoints;
  if (!endpoint) throw new Error('there is none');
  return endpoint;
}

/** What Svix really has, secrets and all. */
function stored({ emulator }: SvixBench): unknown[] {
  const { applications } = emulator.svix('acme') as { applications: { account: string; endpoints: unknown[] }[] };
  return applications.filter(({ account }) => account === 'shared').flatMap(({ endpoints }) => endpoints);
}

/** A server that answers every request with what `answer` says; its address. */
async function serving(answer: (method: string, path: string) => object): Promise<string> {
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(answer(request.method ?? '', request.url ?? '')));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
}

const failing = (call: Promise<unknown>): Promise<unknown> => call.catch((error: unknown) => error);

describe('a reading', () => {
  it('is complete and names every setting', async () => {
    const bench = await svixBench();
    expect(await bench.gateway.list(signal)).toEqual({ endpoints: [], complete: true });
    await bench.gateway.write(creating({ channels: ['north'], rateLimit: 5, description: 'ERP' }), signal);
    expect(await bench.gateway.list(signal)).toEqual({
      complete: true,
      endpoints: [
        {
          id: expect.stringMatching(/^ep_/),
          uid: 'shop.erp',
          url: 'https://erp.example/hooks',
          description: 'ERP',
          eventTypes: ['order.created'],
          channels: ['north'],
          rateLimit: 5,
          disabled: false,
          metadata: { 'managed-by': 'gateway-sync' },
        },
      ],
    });
  });

  it.each([
    ['svixNulls', { svixNulls: 'written' as const }],
    ['the older names', { svixFilterNames: 'filterTypes' as const }],
    ['the newer names', { svixFilterNames: 'eventTypes' as const }],
  ])('is the same with %s', async (_, quirks) => {
    const bench = await svixBench();
    bench.emulator.setQuirks(quirks);
    await bench.gateway.write(creating({ uid: 'a', eventTypes: null }), signal);
    expect(await only(bench)).toMatchObject({ eventTypes: null, channels: null, rateLimit: null });
    await bench.gateway.write({ type: 'delete', endpointId: 'a' }, signal);
    await bench.gateway.write(creating(), signal);
    expect(await only(bench)).toMatchObject({ eventTypes: ['order.created'] });
  });

  it('goes on to the end of the list', async () => {
    const bench = await svixBench();
    for (let index = 0; index < 251; index++) {
      await bench.gateway.write(creating({ uid: `e${index}`, url: `https://e.example/${index}` }), signal);
    }
    bench.calls();
    const { endpoints, complete } = await bench.gateway.list(signal);
    expect([new Set(endpoints.map(({ uid }) => uid)).size, complete]).toEqual([251, true]);
    expect(bench.calls()).toEqual(['listEndpoints 200', 'listEndpoints 200']);
  }, 30_000);

  it('has headers and secret where they are asked for', async () => {
    const bench = await svixBench();
    const secret = new Secret(`whsec_${Buffer.alloc(24, 7).toString('base64')}`);
    const headers = { 'X-Shop': new Secret('north'), Authorization: new Secret('Basic x') };
    await bench.gateway.write({ ...CREATED, secret, headers }, signal);
    const { id } = await only(bench);
    const details = await bench.gateway.details(id, { headers: true, secret: true }, signal);
    expect(details.headers?.sensitive).toEqual(['Authorization']);
    expect(Object.entries(details.headers?.values ?? {}).map(([name, value]) => [name, value.reveal()])).toEqual([
      ['X-Shop', 'north'],
    ]);
    expect(details.secret?.reveal()).toBe(secret.reveal());
    expect(JSON.stringify(details)).not.toMatch(/north|whsec_/);
    expect(await bench.gateway.details(id, { headers: false, secret: false }, signal)).toEqual({});
  });
});

describe('a write', () => {
  it('sends create, headers and finish in this order, after it made sure of the application', async () => {
    const bench = await svixBench();
    const write: EndpointWrite = {
      ...creating({ disabled: true }),
      headers: { a: new Secret('b') },
      finish: { disabled: false, metadata: { x: 'y' } },
    };
    await bench.gateway.write(write, signal);
    expect(bench.calls()).toEqual([
      'getDashboardAccess 200',
      'getApplication 200',
      'createEndpoint 201',
      'setEndpointHeaders 204',
      'patchEndpoint 200',
    ]);
    expect(await only(bench)).toMatchObject({ disabled: false, metadata: { x: 'y' } });
  });

  it('sends fields, headers, secret and finish of an update in this order', async () => {
    const bench = await svixBench();
    await bench.gateway.write(CREATED, signal);
    const { id: endpointId } = await only(bench);
    bench.calls();
    const secret = new Secret(`whsec_${Buffer.alloc(32, 1).toString('base64')}`);
    const headers = { a: new Secret('b') };
    await bench.gateway.write(
      {
        type: 'update',
        endpointId,
        fields: { rateLimit: 7, eventTypes: null, channels: null },
        headers,
        secret,
        finish: { disabled: true },
      },
      signal,
    );
    expect(bench.calls()).toEqual([
      'patchEndpoint 200',
      'setEndpointHeaders 204',
      'rotateEndpointSecret 204',
      'patchEndpoint 200',
    ]);
    expect(await only(bench)).toMatchObject({ rateLimit: 7, eventTypes: null, disabled: true, uid: 'shop.erp' });
    expect(stored(bench)).toMatchObject([{ secret: secret.reveal() }]);
    await bench.gateway.write({ type: 'update', endpointId, secret: 'generate' }, signal);
    expect(stored(bench)).not.toMatchObject([{ secret: secret.reveal() }]);
    await bench.gateway.write({ type: 'delete', endpointId }, signal);
    expect(await bench.gateway.list(signal)).toEqual({ endpoints: [], complete: true });
  });

  it('to a server that ignores the name of the event types says that the endpoint gets others now', async () => {
    const bench = await svixBench();
    bench.emulator.setQuirks({ svixKnownFilterName: 'filterTypes' });
    const error = await failing(bench.gateway.write(CREATED, signal));
    expect(error).toBeInstanceOf(DiscrepancyError);
    expect(error).toMatchObject({
      operation: 'createEndpoint',
      message: expect.stringMatching(/gets other events .* all instead of order\.created; .*filterTypes/),
    });
    const older = bench.another({ filterField: 'filterTypes' });
    const { id: endpointId } = await only(bench);
    await older.write({ type: 'update', endpointId, fields: { eventTypes: ['order.created'], rateLimit: 4 } }, signal);
    expect(await only(bench)).toMatchObject({ eventTypes: ['order.created'], rateLimit: 4 });
  });

  it('of a uid that is taken is a conflict', async () => {
    const { gateway } = await svixBench();
    await gateway.write(CREATED, signal);
    await expect(gateway.write(creating({ url: 'https://x.example/' }), signal)).rejects.toBeInstanceOf(ConflictError);
  });

  it('that does not fit is refused, and the message says where', async () => {
    const { gateway } = await svixBench();
    const error = await failing(gateway.write(creating({ eventTypes: ['order.exploded'] }), signal));
    expect(error).toBeInstanceOf(RejectedError);
    expect(error).toMatchObject({ status: 422, message: expect.stringMatching(/body\.eventTypes: .*order\.exploded/) });
  });

  it('after a deletion makes a new endpoint and not the old one again', async () => {
    const bench = await svixBench();
    await bench.gateway.write(CREATED, signal);
    const { id: endpointId } = await only(bench);
    await bench.gateway.write({ type: 'delete', endpointId }, signal);
    await bench.gateway.write(CREATED, signal);
    expect((await only(bench)).id).not.toBe(endpointId);
  });

  it('that made an endpoint which is not there is a conflict: it is worth another look', async () => {
    const bench = await svixBench();
    bench.emulator.addFault({ kind: 'drop-write', match: { operationId: 'createEndpoint' } });
    const write = { ...creating({ disabled: true }), headers: { a: new Secret('b') } };
    const error = await failing(bench.gateway.write(write, signal));
    expect(error).toBeInstanceOf(ConflictError);
    expect(error).toMatchObject({ operation: 'setEndpointHeaders', status: 404 });
    await bench.gateway.write(write, signal);
    expect(stored(bench)).toMatchObject([{ headers: { a: 'b' } }]);
  });

  it('case 40: whose answer is lost creates one endpoint', async () => {
    const bench = await svixBench();
    bench.emulator.addFault({ kind: 'reset', phase: 'after', match: { operationId: 'createEndpoint' } });
    await bench.gateway.write(CREATED, signal);
    expect(await only(bench)).toMatchObject({ uid: 'shop.erp' });
  });
});

describe('the application', () => {
  it('of another tenant is not written to, and the message says which was reached', async () => {
    const bench = await svixBench();
    bench.emulator.setQuirks({ svixDashboardApplication: 'other-tenant' });
    const error = await failing(bench.gateway.write(CREATED, signal));
    expect(error).toBeInstanceOf(AccessDeniedError);
    expect(error).toMatchObject({ message: expect.stringContaining('acme') });
    expect(bench.calls()).not.toContain('createEndpoint 201');
  });

  it('can be looked at before anything is written', async () => {
    const bench = await svixBench();
    await bench.gateway.checkAccess(signal);
    expect(bench.calls().at(-1)).toBe('getApplication 200');
    bench.emulator.setQuirks({ svixDashboardApplication: 'other-tenant' });
    await expect(bench.another().checkAccess(signal)).rejects.toThrow(AccessDeniedError);
  });

  it.each([
    [
      'the login link is for another',
      { uid: 'acme' },
      'app_other',
      /asked for .* acme .* acme \(app_1\) was reached; .* for app_other/,
    ],
    [
      'another is reached than was asked for',
      { uid: 'zzz' },
      undefined,
      /asked for .* acme .* zzz \(app_1\) was reached/,
    ],
    ['one without a uid is reached', {}, undefined, /asked for .* acme .* app_1 was reached/],
  ])('is not written to when %s', async (_, reached, appId, message) => {
    const asked: string[] = [];
    const baseUrl = await serving((method, path) => {
      asked.push(`${method} ${path}`);
      return { id: 'app_1', name: 'x', metadata: {}, createdAt: '', updatedAt: '', ...reached };
    });
    const access = { baseUrl, token: 'appsk_x', ...(appId !== undefined && { appId }) };
    const sessions = new SvixSessions(
      async () => access,
      ({ token }) => createSvixApi({ appId: 'acme', baseUrl, auth: { token } }),
      { now: () => 0 },
    );
    const gateway = new SvixEndpointGateway(sessions, { app: 'acme', tenant: 'acme', filterField: 'eventTypes' });
    const error = await failing(gateway.write(CREATED, signal));
    expect(error).toBeInstanceOf(AccessDeniedError);
    expect(error).toMatchObject({ message: expect.stringMatching(message) });
    expect(asked).toEqual(['GET /api/v1/app/acme']);
  });

  it.each(['one-time-token', 'token-and-region', 'token', 'garbage'] as const)(
    'is found to be the tenant’s whatever the login link looks like: %s',
    async (svixLoginKey) => {
      const bench = await svixBench();
      bench.emulator.setQuirks({ svixLoginKey });
      await bench.gateway.write(CREATED, signal);
      expect(stored(bench)).toHaveLength(1);
    },
  );

  it('with a uid of its own is reached by what the file says', async () => {
    const bench = await svixBench();
    bench.emulator.setQuirks({ svixAppUid: 'none' });
    bench.emulator.seed({ tenant: 'acme' });
    const error = await failing(bench.gateway.list(signal));
    expect(error).toBeInstanceOf(AccessDeniedError);
    expect(error).toMatchObject({ message: expect.stringMatching(/no application acme .*svix\.app/) });
    const { applications } = bench.emulator.svix('acme') as { applications: { id: string }[] };
    const configured = bench.another({ app: applications[0]?.id ?? '' });
    await configured.write(CREATED, signal);
    expect(stored(bench)).toHaveLength(1);
  });

  it('that is not there yet is read as empty, and nothing is written', async () => {
    const bench = await svixBench({ seed: { configs: [] } });
    expect(await bench.gateway.list(signal)).toEqual({ endpoints: [], complete: false, assumed: true });
    await expect(bench.gateway.write(CREATED, signal)).rejects.toBeInstanceOf(RejectedError);
  });

  it('that is missing although its config is active is an error', async () => {
    const bench = await svixBench();
    bench.emulator.addFault({ kind: 'status', status: 404, match: { operationId: 'getDashboardAccess' } });
    await expect(bench.gateway.list(signal)).rejects.toMatchObject({ name: 'RejectedError', status: 404 });
  });

  it.each([ACME_KEY, `Bearer ${ACME_KEY}`])('of one’s own account is reached with the key %#', async (key) => {
    const bench = await svixBench({ svix: { apiKey: new Secret(key) } });
    await bench.gateway.write(CREATED, signal);
    expect(bench.calls()).toEqual(['getApplication 200', 'createEndpoint 201']);
    expect(stored(bench)).toEqual([]);
  });

  it('of one’s own account is reached with the key of the delivery', async () => {
    const delivery = { provider: 'SVIX', active: true, code: 'svix', place: '', apiKey: new Secret(ACME_KEY) } as const;
    const bench = await svixBench({ delivery });
    await bench.gateway.list(signal);
    expect(bench.calls()).toEqual(['listEndpoints 200']);
  });
});

describe('a token', () => {
  it('serves for ten minutes, and the application is checked once with each', async () => {
    const bench = await svixBench();
    await bench.gateway.list(signal);
    await bench.gateway.write(CREATED, signal);
    await bench.gateway.write({ type: 'update', endpointId: 'shop.erp', fields: { rateLimit: 1 } }, signal);
    bench.clock.ms += 10 * MINUTE - 1;
    await bench.gateway.list(signal);
    bench.clock.ms += 1;
    await bench.gateway.write({ type: 'delete', endpointId: 'shop.erp' }, signal);
    expect(bench.calls()).toEqual([
      'getDashboardAccess 200',
      'listEndpoints 200',
      'getApplication 200',
      'createEndpoint 201',
      'patchEndpoint 200',
      'listEndpoints 200',
      'getDashboardAccess 200',
      'getApplication 200',
      'deleteEndpoint 204',
    ]);
  });

  it('that has run out is got anew once, and the new one checked before it writes', async () => {
    const bench = await svixBench();
    await bench.gateway.write(CREATED, signal);
    bench.emulator.addFault({ kind: 'expire-token', match: { operationId: 'patchEndpoint' } });
    bench.calls();
    await bench.gateway.write({ type: 'update', endpointId: 'shop.erp', fields: { rateLimit: 1 } }, signal);
    expect(bench.calls()).toEqual([
      'patchEndpoint 401',
      'getDashboardAccess 200',
      'getApplication 200',
      'patchEndpoint 200',
    ]);
  });

  it('that is refused again is an error', async () => {
    const bench = await svixBench();
    bench.emulator.addFault({ kind: 'expire-token', times: 'always', match: { operationId: 'listEndpoints' } });
    await expect(bench.gateway.list(signal)).rejects.toBeInstanceOf(AccessDeniedError);
    expect(bench.calls()).toEqual([
      'getDashboardAccess 200',
      'listEndpoints 401',
      'getDashboardAccess 200',
      'listEndpoints 401',
    ]);
  });

  it('is asked for once by all who wait for it', async () => {
    const bench = await svixBench();
    await Promise.all([bench.gateway.list(signal), bench.gateway.list(signal), bench.gateway.list(signal)]);
    expect(bench.calls().filter((call) => call.startsWith('getDashboardAccess'))).toHaveLength(1);
  });

  it('that could not be got is asked for again the next time', async () => {
    const bench = await svixBench();
    bench.emulator.addFault({ kind: 'status', status: 403, match: { operationId: 'getDashboardAccess' } });
    await expect(bench.gateway.list(signal)).rejects.toBeInstanceOf(AccessDeniedError);
    expect(await bench.gateway.list(signal)).toMatchObject({ complete: true });
  });

  it('without a capability is told from one that is wrong', async () => {
    const bench = await svixBench();
    bench.emulator.setQuirks({ svixCapabilities: ['ViewBase'] });
    expect(await bench.gateway.list(signal)).toMatchObject({ complete: true });
    const error = await failing(bench.gateway.write(CREATED, signal));
    expect(error).toBeInstanceOf(AccessDeniedError);
    expect(error).toMatchObject({ status: 403 });
  });
});

describe('an error of Svix', () => {
  it.each(['reset', 'hang', 'html-body'] as const)('such as %s passes, and says what was asked', async (kind) => {
    const { gateway, emulator } = await svixBench({ timeoutMs: 100 });
    emulator.addFault({ kind, times: 'always', match: { operationId: 'listEndpoints' } });
    const error = await failing(gateway.list(signal));
    expect(error).toBeInstanceOf(UnavailableError);
    expect(error).toMatchObject({ transient: true, operation: 'listEndpoints' });
  });

  it('429 hands on how long Svix wants to be left alone', async () => {
    const { gateway, emulator } = await svixBench();
    emulator.addFault({ kind: 'status', status: 429, retryAfterSeconds: 90, match: { operationId: 'listEndpoints' } });
    await expect(gateway.list(signal)).rejects.toMatchObject({ retryAfterMs: 90_000 });
  });

  it('shows no token, key, link or secret', async () => {
    const bench = await svixBench();
    await bench.gateway.list(signal);
    const { tokens } = bench.emulator.svix('acme') as { tokens: { value: string }[] };
    bench.emulator.addFault({
      kind: 'status',
      status: 400,
      times: 'always',
      body: { code: 'x', detail: `no ${tokens.map(({ value }) => value).join(' ')} here` },
      match: { operationId: 'listEndpoints' },
    });
    const error = await failing(bench.gateway.list(signal));
    expect(error).toBeInstanceOf(RejectedError);
    expect(`${String(error)} ${JSON.stringify(error)} ${String(Object(error).cause)}`).not.toMatch(/appsk_|#key=/);
  });

  it('is the reason of the signal when the caller gives up, while a token is on its way too', async () => {
    const bench = await svixBench();
    for (const operationId of ['getDashboardAccess', 'listEndpoints']) {
      bench.emulator.addFault({ kind: 'hang', match: { operationId } });
      const controller = new AbortController();
      const reading = bench.another().list(controller.signal);
      controller.abort(new Error('shutting down'));
      await expect(reading).rejects.toThrow('shutting down');
      bench.emulator.clearFaults();
    }
  });
});

/** Events of three types, in turn, one a second; the newest at `to`. */
async function sending(amount: number) {
  const bench = await svixBench({
    seed: { subscriptions: ['order.created', 'order.updated', 'cart.created'].map((eventType) => ({ eventType })) },
  });
  const { emulator, gateway } = bench;
  emulator.clock.freeze();
  for (let index = 0; index < amount; index++) {
    await emulator.advance(1_000);
    const type = index % 3 === 0 ? 'order.created' : index % 3 === 1 ? 'order.updated' : 'cart.created';
    await emulator.emit('acme', { type });
  }
  bench.calls();
  const to = emulator.clock.now();
  const count = (from: number, until = to) => gateway.countEvents({ from, to: until }, signal);
  const calls = () => bench.calls();
  const another = () => bench.another({ app: 'nope' });
  return { emulator, calls, another, to, count };
}

describe('counting events', () => {
  const DAY = 24 * 60 * MINUTE;

  it('tells how the events of a time spread over the types, without reading what is in them', async () => {
    const { count, to, emulator, calls } = await sending(7);
    expect(await count(to - DAY)).toEqual({
      from: to - DAY,
      to,
      counts: { 'order.created': 3, 'order.updated': 2, 'cart.created': 2 },
    });
    const [request] = emulator.requests({ operationId: 'listMessages' });
    expect(request?.path).toContain('with_content=false');
    expect(calls()).toEqual(['getDashboardAccess 200', 'listMessages 200']);
    expect(await count(to - 2_500)).toMatchObject({
      counts: { 'order.created': 1, 'order.updated': 1, 'cart.created': 1 },
    });
    expect(await count(to - DAY, to - 2_000)).toMatchObject({
      to: to - 2_000,
      counts: { 'order.created': 2, 'order.updated': 2, 'cart.created': 1 },
    });
  });

  it('has nothing to tell where nothing was sent', async () => {
    const { count, to } = await sending(0);
    expect(await count(to - DAY)).toEqual({ from: to - DAY, to, counts: {} });
  });

  it.each(['every-page', 'first-page'] as const)(
    'goes on to the beginning of the time, whether the range holds on %s',
    async (svixMessageRange) => {
      const { count, to, emulator, calls } = await sending(520);
      emulator.setQuirks({ svixMessageRange });
      const shares = await count(to - 300_000);
      expect(shares).toEqual({
        from: to - 300_000,
        to,
        counts: { 'order.created': 100, 'order.updated': 100, 'cart.created': 100 },
      });
      expect(calls().filter((call) => call === 'listMessages 200')).toHaveLength(2);
    },
  );

  it('is a sample of the newest thousand in a busy tenant, and says since when', async () => {
    const { count, to, calls } = await sending(1_200);
    expect(await count(to - DAY)).toEqual({
      from: to - 999_000,
      to,
      counts: { 'order.created': 333, 'order.updated': 333, 'cart.created': 334 },
    });
    expect(calls().filter((call) => call === 'listMessages 200')).toHaveLength(4);
  }, 60_000);

  it('asks with a new token when the old one ran out, and is undefined without an application', async () => {
    const { count, to, emulator, calls, another } = await sending(1);
    await count(to - DAY);
    calls();
    emulator.addFault({ kind: 'expire-token', match: { operationId: 'listMessages' } });
    expect(await count(to - DAY)).toMatchObject({ counts: { 'order.created': 1 } });
    expect(calls()).toEqual(['listMessages 401', 'getDashboardAccess 200', 'listMessages 200']);
    expect(await failing(another().countEvents({ from: 0, to }, signal))).toBeInstanceOf(AccessDeniedError);
    const none = await svixBench({ seed: { configs: [] } });
    expect(await none.gateway.countEvents({ from: 0, to }, signal)).toBeUndefined();
  });

  it.each([
    ['no time', { timestamp: 'yesterday' }],
    ['no type', { eventType: undefined }],
  ])('is an outage when a message has %s', async (_, wrong) => {
    const message = {
      id: 'msg_1',
      eventType: 'order.created',
      timestamp: '2026-03-01T08:15:30Z',
      payload: {},
      ...wrong,
    };
    const url = await serving(() => ({ data: [message], done: true }));
    const api = createSvixApi({ appId: 'acme', baseUrl: url, auth: { token: 't' } });
    const sessions = new SvixSessions(
      async () => ({ baseUrl: url, token: 't' }),
      () => api,
      { now: () => 0 },
    );
    const gateway = new SvixEndpointGateway(sessions, { app: 'acme', tenant: 'acme', filterField: 'eventTypes' });
    expect(await failing(gateway.countEvents({ from: 0, to: Date.now() }, signal))).toBeInstanceOf(UnavailableError);
  });

  it('ends when the pages go round in a circle', async () => {
    let asked = 0;
    const url = await serving(() => {
      asked++;
      return {
        data: [{ id: 'msg_1', eventType: 'order.created', timestamp: '2026-03-01T08:15:30Z', payload: {} }],
        done: false,
        iterator: 'msg_1',
      };
    });
    const api = createSvixApi({ appId: 'acme', baseUrl: url, auth: { token: 't' } });
    const sessions = new SvixSessions(
      async () => ({ baseUrl: url, token: 't' }),
      () => api,
      { now: () => 0 },
    );
    const gateway = new SvixEndpointGateway(sessions, { app: 'acme', tenant: 'acme', filterField: 'eventTypes' });
    const at = Date.parse('2026-03-01T08:15:30Z');
    expect(await gateway.countEvents({ from: 0, to: at + 1 }, signal)).toMatchObject({ from: at });
    expect(asked).toBe(2);
  });
});
