import { describe, expect, it } from 'vitest';

import { createSvixApi, svixOperations, type SvixApi, type SvixOperationId } from '../src/index.js';
import { rejection } from './support/client.js';
import { skippingClock } from './support/clocks.js';
import { empty, json, resetMidBody, silence } from './support/replies.js';
import { serve, type Received, type Reply } from './support/server.js';
import { everySvixOperation, svixOf, url } from './support/svix.js';

const ok = json(200, { data: [], done: true, key: 'k', url: 'u', token: 't', headers: {}, sensitive: [] });
const unauthorized = json(401, { code: 'authentication_failed', detail: 'Invalid token' });
const timeoutMs = 150;

const operationIds = Object.keys(svixOperations) as SvixOperationId[];
const onlyOnce: readonly SvixOperationId[] = ['replaceApplication', 'replaceEndpoint'];
const repeatable = operationIds.filter((id) => !onlyOnce.includes(id));

const keys = (requests: readonly Received[]): unknown[] => requests.map(({ headers }) => headers['idempotency-key']);
const tokens = (requests: readonly Received[]): unknown[] => requests.map(({ headers }) => headers.authorization);

describe('after a failure that leaves open what happened', () => {
  it.each(repeatable)('is sent again, byte for byte: %s', async (operationId) => {
    const server = await serve(empty(503), ok);
    await everySvixOperation[operationId].outcome(svixOf(server));
    expect(server.requests).toHaveLength(2);
    const [first, second] = server.requests.map(({ method, path, body, headers }) => [
      method,
      path,
      body,
      headers['idempotency-key'],
    ]);
    expect(second).toEqual(first);
    expect(typeof first?.[3]).toBe(svixOperations[operationId].retry === 'idempotency-keyed' ? 'string' : 'undefined');
  });

  it.each(onlyOnce)('is not sent again, as it might create a second one: %s', async (operationId) => {
    const server = await serve(empty(503), ok);
    expect(await everySvixOperation[operationId].outcome(svixOf(server))).toMatchObject({ status: 503 });
    expect(server.requests).toHaveLength(1);
  });

  it.each<[string, Reply]>([
    ['500', json(500, {})],
    ['502', empty(502)],
    ['a broken connection', (response) => response.destroy()],
    ['a reset in the body', resetMidBody()],
    ['silence', silence()],
  ])('a creation keeps its key: %s', async (_, reply) => {
    const server = await serve(reply, reply, json(201, { id: 'ep_1' }));
    expect(await svixOf(server, { timeoutMs }).createEndpoint({ url })).toEqual({ id: 'ep_1' });
    expect(keys(server.requests)).toEqual(['key-1', 'key-1', 'key-1']);
  });
});

describe('an idempotency key', () => {
  it('is new for each call', async () => {
    const server = await serve(ok);
    const api = svixOf(server);
    await api.createEndpoint({ url });
    await api.createEndpoint({ url });
    expect(keys(server.requests)).toEqual(['key-1', 'key-2']);
  });

  it('is a random UUID unless told otherwise', async () => {
    const server = await serve(ok);
    const api = createSvixApi({ appId: 'acme', baseUrl: server.url, auth: { token: 'appsk_a' } });
    await api.createEndpoint({ url });
    expect(keys(server.requests)).toEqual([expect.stringMatching(/^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/)]);
  });

  it.each<[string, (api: SvixApi) => Promise<unknown>]>([
    ['createEndpoint', (api) => api.createEndpoint({ url }, { idempotencyKey: 'mine' })],
    ['rotateEndpointSecret', (api) => api.rotateEndpointSecret('erp', {}, { idempotencyKey: 'mine' })],
    ['recoverEndpoint', (api) => api.recoverEndpoint('erp', { since: 'x' }, { idempotencyKey: 'mine' })],
    ['replayMissing', (api) => api.replayMissing('erp', { since: 'x' }, { idempotencyKey: 'mine' })],
    ['sendExample', (api) => api.sendExample('erp', { eventType: 'svix.ping' }, { idempotencyKey: 'mine' })],
    ['a header in any spelling', (api) => api.createEndpoint({ url }, { headers: { 'Idempotency-Key': 'mine' } })],
  ])('may be the caller’s: %s', async (_, call) => {
    const server = await serve(empty(503), ok);
    await call(svixOf(server));
    expect(keys(server.requests)).toEqual(['mine', 'mine']);
  });
});

describe('a rate limit', () => {
  it.each(operationIds)('is waited for: %s', async (operationId) => {
    const server = await serve(json(429, { code: 'rate_limited', detail: 'slow' }, { 'retry-after': '7' }), ok);
    const clock = skippingClock();
    await everySvixOperation[operationId].outcome(svixOf(server, { clock }));
    expect([server.requests.length, clock.slept]).toEqual([2, [7000]]);
  });

  it('without a wish is waited for a little, and gives up in the end', async () => {
    const server = await serve(empty(429));
    const clock = skippingClock();
    expect(await rejection(svixOf(server, { clock }).getApplication())).toMatchObject({
      name: 'RateLimitedError',
      attempts: 4,
    });
    expect(clock.slept).toEqual([125, 250, 500]);
  });
});

it.each([400, 403, 404, 409, 413, 422, 501])('%i is final', async (status) => {
  const server = await serve(json(status, { code: 'x', detail: 'no' }));
  expect(await rejection(svixOf(server).createEndpoint({ url }))).toMatchObject({ status, attempts: 1 });
});

describe('a token that is refused', () => {
  it('is replaced once for a call', async () => {
    const server = await serve(unauthorized, ok);
    await svixOf(server).getApplication();
    expect(tokens(server.requests)).toEqual(['Bearer token-1', 'Bearer token-2']);
  });

  it('is replaced once only: the second 401 is the answer', async () => {
    const server = await serve(unauthorized);
    expect(await rejection(svixOf(server).getApplication())).toMatchObject({ name: 'UnauthorizedError', attempts: 2 });
  });

  it('is got anew from the function that gave it', async () => {
    const server = await serve(ok, unauthorized, ok);
    let asked = 0;
    const api = svixOf(server, { auth: { token: async () => `appsk_${(asked += 1)}` } });
    await api.getApplication();
    await api.getApplication();
    expect(tokens(server.requests)).toEqual(['Bearer appsk_1', 'Bearer appsk_1', 'Bearer appsk_2']);
  });

  it('is not sent again when there is no other', async () => {
    const server = await serve(unauthorized);
    const api = svixOf(server, { auth: { token: 'testsk_fixed.eu' } });
    expect(await rejection(api.getApplication())).toMatchObject({ name: 'UnauthorizedError', attempts: 1 });
    expect(server.requests).toHaveLength(1);
  });

  it('ends a creation that may have been carried out: the key means nothing with another token', async () => {
    const server = await serve(empty(503), unauthorized, ok);
    expect(await rejection(svixOf(server).createEndpoint({ url }))).toMatchObject({ name: 'UnauthorizedError' });
    expect(tokens(server.requests)).toEqual(['Bearer token-1', 'Bearer token-1']);
  });

  it('does not end a creation that was certainly not carried out', async () => {
    const server = await serve(empty(429), unauthorized, ok);
    await svixOf(server).createEndpoint({ url });
    expect(tokens(server.requests)).toEqual(['Bearer token-1', 'Bearer token-1', 'Bearer token-2']);
    expect(keys(server.requests)).toEqual(['key-1', 'key-1', 'key-1']);
  });
});
