import { ApiException, AppPortalCapability, Svix, Webhook } from 'svix';
import { afterEach, expect, test } from 'vitest';
import { loadContract } from '../src/contract/contract.js';
import { createEmulator, type Emulator } from '../src/index.js';
import { startReceiver, type SocketReceiver } from './socket-receiver.js';
import { readAnswer } from './support.js';

const ORDER = 'order.created';
const KEY = 'sk_acme.eu';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

interface Stage {
  readonly emulator: Emulator;
  /** Answers with the statuses given to `answer`, then 200. */
  readonly receiver: SocketReceiver;
  readonly answer: (...next: readonly number[]) => void;
  /** The vendor's client with a dashboard token of acme. */
  readonly client: Svix;
  /** The same with the key of an account of its own. */
  readonly owner: Svix;
}

/** The emulator on a socket, a receiver on another, and the vendor's client. */
async function openStage(): Promise<Stage> {
  const emulator = createEmulator({
    tenants: [{ tenant: 'acme', subscriptions: [{ eventType: ORDER }], svix: { apiKeys: [KEY] } }],
  });
  const server = await emulator.listen();
  const statuses: number[] = [];
  const receiver = await startReceiver(() => statuses.shift() ?? 200);
  closers.push(
    () => server.close(),
    () => receiver.close(),
  );
  const form = { grant_type: 'client_credentials', client_id: 'acme-id', client_secret: 'acme-secret' };
  const granted = await fetch(`${server.url}/oauth/token`, { method: 'POST', body: new URLSearchParams(form) });
  const authorization = `Bearer ${Object((await readAnswer(granted)).body).access_token}`;
  const access = await fetch(`${server.url}/webhook/acme/dashboard-access`, { headers: { authorization } });
  const token = String(Object((await readAnswer(access)).body).token);
  const options = { serverUrl: server.url, retryScheduleInMs: [] };
  const answer = (...next: readonly number[]): void => void statuses.push(...next);
  return { emulator, receiver, answer, client: new Svix(token, options), owner: new Svix(KEY, options) };
}

/** What the client throws. */
async function failureOf(call: Promise<unknown>): Promise<ApiException<unknown>> {
  const failure: unknown = await call.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (failure instanceof ApiException) return failure;
  throw new Error('no ApiException', { cause: failure });
}

/** One call of the client for each operation, against an endpoint `erp`. */
const calls: Readonly<Record<string, (stage: Stage) => Promise<unknown>>> = {
  listApplications: ({ owner }) => owner.application.list(),
  createApplication: ({ owner }) => owner.application.create({ name: 'Shop' }),
  getApplication: ({ client }) => client.application.get('acme'),
  replaceApplication: ({ owner }) => owner.application.upsert('acme', { name: 'Shop', uid: 'acme' }),
  deleteApplication: ({ owner }) => owner.application.delete('acme'),
  listEndpoints: ({ client }) => client.endpoint.list('acme'),
  createEndpoint: ({ client, receiver }) => client.endpoint.create('acme', { url: receiver.url }),
  getEndpoint: ({ client }) => client.endpoint.get('acme', 'erp'),
  replaceEndpoint: ({ client, receiver }) => client.endpoint.upsert('acme', 'erp', { url: receiver.url }),
  patchEndpoint: ({ client }) => client.endpoint.patch('acme', 'erp', { disabled: true }),
  deleteEndpoint: ({ client }) => client.endpoint.delete('acme', 'erp'),
  getEndpointSecret: ({ client }) => client.endpoint.getSecret('acme', 'erp'),
  rotateEndpointSecret: ({ client }) => client.endpoint.rotateSecret('acme', 'erp'),
  getEndpointHeaders: ({ client }) => client.endpoint.getHeaders('acme', 'erp'),
  setEndpointHeaders: ({ client }) => client.endpoint.setHeaders('acme', 'erp', { headers: {} }),
  patchEndpointHeaders: ({ client }) => client.endpoint.patchHeaders('acme', 'erp', { headers: {} }),
  getEndpointStats: ({ client }) => client.endpoint.getStats('acme', 'erp'),
  recoverEndpoint: ({ client }) => client.endpoint.recover('acme', 'erp', { since: new Date() }),
  replayMissing: ({ client }) => client.endpoint.replayMissing('acme', 'erp', { since: new Date() }),
  sendExample: ({ client }) => client.endpoint.sendExample('acme', 'erp', { eventType: 'svix.ping' }),
  createMessage: ({ owner }) => owner.message.create('acme', { eventType: ORDER, payload: {} }),
  listMessages: ({ client }) => client.message.list('acme'),
  listEventTypes: ({ client }) => client.eventType.list(),
  getEventType: ({ client }) => client.eventType.get(ORDER),
  createAppPortalAccess: ({ owner }) => owner.authentication.appPortalAccess('acme'),
  logout: ({ client }) => client.authentication.logout(),
};

const operations = loadContract().operations.filter(({ document }) => document === 'svix');

test.for(operations.map(({ operationId }) => operationId))('the client calls %s', async (operationId) => {
  const stage = await openStage();
  await stage.client.endpoint.create('acme', { url: stage.receiver.url, uid: 'erp' });
  stage.emulator.clearRequests();
  await calls[operationId]?.(stage);
  expect(stage.emulator.requests()).toMatchObject([{ operationId, tenant: 'acme', status: expect.toSatisfy(isGood) }]);
});

function isGood(status: unknown): boolean {
  return typeof status === 'number' && status < 300;
}

test('the client makes, reads, changes, lists and deletes endpoints', async () => {
  const { client, receiver } = await openStage();
  const made = await client.endpoint.create('acme', {
    url: receiver.url,
    uid: 'erp',
    description: 'ERP',
    eventTypes: [ORDER, 'order.updated'],
    channels: ['north'],
    throttleRate: 5,
    metadata: { a: 'b' },
  });
  expect(made).toEqual({
    id: expect.stringMatching(/^ep_/),
    url: receiver.url,
    uid: 'erp',
    description: 'ERP',
    eventTypes: [ORDER, 'order.updated'],
    channels: ['north'],
    throttleRate: 5,
    disabled: false,
    metadata: { a: 'b' },
    createdAt: expect.any(Date),
    updatedAt: expect.any(Date),
  });
  expect(Math.abs(made.createdAt.getTime() - Date.now())).toBeLessThan(60_000);
  expect(await client.endpoint.get('acme', 'erp')).toEqual(made);
  expect(await client.endpoint.patch('acme', 'erp', { eventTypes: null, disabled: true })).toMatchObject({
    id: made.id,
    eventTypes: undefined,
    disabled: true,
    throttleRate: 5,
  });
  expect(await client.endpoint.upsert('acme', made.id, { url: receiver.url })).toMatchObject({
    id: made.id,
    uid: undefined,
    metadata: {},
    disabled: false,
  });
  const second = await client.endpoint.upsert('acme', 'nope', { url: receiver.url, uid: 'crm' });
  const page = await client.endpoint.list('acme', { limit: 1 });
  expect(page).toMatchObject({ data: [{ id: second.id }], iterator: second.id, done: false });
  expect(await client.endpoint.list('acme', { limit: 1, iterator: page.iterator })).toMatchObject({
    data: [{ id: made.id }],
    iterator: made.id,
    done: true,
  });
  await client.endpoint.delete('acme', 'crm');
  expect((await client.endpoint.list('acme')).data).toHaveLength(1);
});

test('the client reads and changes headers and secrets', async () => {
  const { client, receiver } = await openStage();
  const { id } = await client.endpoint.create('acme', { url: receiver.url, headers: { 'x-a': '1' } });
  await client.endpoint.patchHeaders('acme', id, { headers: { 'x-b': '2' }, deleteHeaders: ['x-a'] });
  expect(await client.endpoint.getHeaders('acme', id)).toEqual({ headers: { 'x-b': '2' }, sensitive: [] });
  await client.endpoint.setHeaders('acme', id, { headers: { authorization: 's', 'x-c': '3' } });
  expect(await client.endpoint.getHeaders('acme', id)).toEqual({
    headers: { 'x-c': '3' },
    sensitive: ['authorization'],
  });
  const { key } = await client.endpoint.getSecret('acme', id);
  await client.endpoint.rotateSecret('acme', id);
  expect((await client.endpoint.getSecret('acme', id)).key).not.toBe(key);
  await client.endpoint.rotateSecret('acme', id, { key, gracePeriodSeconds: 0 });
  expect((await client.endpoint.getSecret('acme', id)).key).toBe(key);
});

test('the library takes what is delivered, during a rotation with the old and the new secret', async () => {
  const { client, emulator, receiver } = await openStage();
  const { id } = await client.endpoint.create('acme', { url: receiver.url, headers: { authorization: 'Bearer s' } });
  const old = (await client.endpoint.getSecret('acme', id)).key;
  await client.endpoint.rotateSecret('acme', id);
  const fresh = (await client.endpoint.getSecret('acme', id)).key;
  await emulator.emit('acme', { type: ORDER, payload: { id: 'ö-1' } });
  const [request] = receiver.received;
  expect(request).toMatchObject({ body: '{"id":"ö-1"}', headers: { authorization: 'Bearer s' } });
  const { body = '', headers = {} } = request ?? {};
  for (const secret of [old, fresh]) expect(() => new Webhook(secret).verify(body, headers)).not.toThrow();
  expect(() => new Webhook(fresh).verify('{"id":"o-1"}', headers)).toThrow('No matching signature found');
});

test('the client sends examples and messages, recovers and replays them, and counts', async () => {
  const { client, owner, emulator, receiver, answer } = await openStage();
  const { id } = await client.endpoint.create('acme', { url: receiver.url });
  const example = await client.endpoint.sendExample('acme', id, { eventType: 'svix.ping' });
  expect(example).toMatchObject({ eventType: 'svix.ping', payload: { success: true }, timestamp: expect.any(Date) });
  emulator.setQuirks({ svixRetryDelaysSeconds: [] });
  answer(500);
  await emulator.emit('acme', { type: ORDER });
  expect(await client.endpoint.getStats('acme', id)).toMatchObject({ success: 1, fail: 1, pending: 0, sending: 0 });
  const since = new Date(Date.now() - 60_000);
  const recovery = await client.endpoint.recover('acme', id, { since });
  expect(recovery).toMatchObject({ status: 'running', task: 'endpoint.recover', updatedAt: expect.any(Date) });
  expect(await client.endpoint.getStats('acme', id, { since })).toMatchObject({ success: 2, fail: 0 });
  const late = await client.endpoint.create('acme', { url: receiver.url });
  expect(await client.endpoint.replayMissing('acme', late.id, { since })).toMatchObject({ task: 'endpoint.replay' });
  expect(await client.endpoint.getStats('acme', late.id)).toMatchObject({ success: 2 });

  const sent = await owner.message.create('acme', {
    eventType: ORDER,
    payload: { a: 1 },
    eventId: 'e-1',
    channels: ['c'],
  });
  expect(sent).toMatchObject({
    id: expect.stringMatching(/^msg_/),
    eventId: 'e-1',
    channels: ['c'],
    payload: { a: 1 },
  });
});

test('the client lists the messages of the application with its token, by time, type and page', async () => {
  const { client, owner, emulator } = await openStage();
  emulator.clock.freeze();
  const start = emulator.clock.now();
  for (let index = 0; index < 3; index++) {
    await emulator.emit('acme', { type: ORDER, payload: { id: `o-${index}` } });
    await emulator.advance(86_400_000);
  }
  await owner.message.create('acme', { eventType: 'svix.other', payload: {}, channels: ['north'] });
  const own = await client.message.list('acme', { withContent: true });
  expect(own).toMatchObject({ done: true, data: [{ eventType: ORDER, payload: { id: 'o-2' } }, {}, {}] });
  expect(own.data.map(({ timestamp }) => timestamp.getTime())).toEqual(
    [2, 1, 0].map((days) => start + days * 86_400_000),
  );
  const bare = await client.message.list('acme', { withContent: false, limit: 2 });
  expect(bare).toMatchObject({ done: false, data: [{ payload: {} }, { payload: {} }], iterator: bare.data[1]?.id });
  const rest = await client.message.list('acme', { limit: 2, iterator: bare.iterator ?? null, withContent: true });
  expect(rest).toMatchObject({ done: true, data: [{ payload: { id: 'o-0' } }] });

  const listed = async (options: Parameters<typeof client.message.list>[1]) =>
    (await client.message.list('acme', { ...options, withContent: true })).data.map(
      ({ payload }) => Object(payload).id,
    );
  const noon = (days: number): Date => new Date(start + days * 86_400_000 + 43_200_000);
  expect(await listed({ after: noon(0) })).toEqual(['o-2', 'o-1']);
  expect(await listed({ before: noon(1) })).toEqual(['o-1', 'o-0']);
  expect(await listed({ eventTypes: ['order.updated', ORDER] })).toHaveLength(3);
  expect(await listed({ eventTypes: ['order.updated'] })).toEqual([]);
  expect((await owner.message.list('acme', { channel: 'north' })).data).toMatchObject([{ eventType: 'svix.other' }]);
});

test('the client lists event types page by page', async () => {
  const { client } = await openStage();
  const names: string[] = [];
  let iterator: string | null | undefined;
  for (;;) {
    const page = await client.eventType.list({ limit: 30, ...(typeof iterator === 'string' ? { iterator } : {}) });
    names.push(...page.data.map(({ name }) => name));
    iterator = page.iterator;
    if (page.done) break;
  }
  expect(names).toHaveLength(81);
  expect(names).toEqual([...new Set(names)].toSorted());
  expect(await client.eventType.get(ORDER)).toMatchObject({
    name: ORDER,
    archived: false,
    createdAt: expect.any(Date),
  });
});

test('the client of the account makes, reads, changes, lists and deletes applications', async () => {
  const { owner } = await openStage();
  const made = await owner.application.create({ name: 'Shop', uid: 'shop', metadata: { a: 'b' }, throttleRate: 9 });
  expect(await owner.application.get('shop')).toEqual(made);
  expect(await owner.application.upsert('shop', { name: 'Shop 2', uid: 'shop' })).toMatchObject({
    id: made.id,
    name: 'Shop 2',
    metadata: {},
  });
  expect((await owner.application.list({ limit: 1 })).data).toMatchObject([{ uid: 'shop' }]);
  await owner.application.delete('shop');
  expect(await failureOf(owner.application.get('shop'))).toMatchObject({ code: 404 });
});

test('the client gets portal access and ends it', async () => {
  const { owner, emulator } = await openStage();
  const { token, url } = await owner.authentication.appPortalAccess('acme', {
    capabilities: [AppPortalCapability.ViewBase],
    expiry: 3_600,
  });
  expect(url).toMatch(/^https:\/\/app\.svix\.com\/login#key=/);
  const server = await emulator.listen();
  closers.push(() => server.close());
  const guest = new Svix(token, { serverUrl: server.url, retryScheduleInMs: [] });
  expect(await guest.application.get('acme')).toMatchObject({ uid: 'acme' });
  expect(await failureOf(guest.endpoint.create('acme', { url: 'https://hooks.test' }))).toMatchObject({
    code: 403,
    body: { code: 'insufficient access' },
  });
  await guest.authentication.logout();
  expect(await failureOf(guest.application.get('acme'))).toMatchObject({
    code: 401,
    body: { code: 'authentication_failed', detail: 'Invalid token. Have you set the correct server URL?' },
  });
});

test('the client reads the error bodies', async () => {
  const { client, receiver } = await openStage();
  await client.endpoint.create('acme', { url: receiver.url, uid: 'erp' });
  const taken = client.endpoint.create('acme', { url: receiver.url, uid: 'erp' });
  expect(await failureOf(taken)).toMatchObject({ code: 409, body: { code: 'conflict', detail: expect.any(String) } });
  const unknown = client.endpoint.create('acme', { url: receiver.url, eventTypes: ['nope'] });
  expect(await failureOf(unknown)).toMatchObject({
    code: 422,
    body: { detail: [{ loc: ['body', 'eventTypes'], msg: 'Unknown event types: nope', type: 'value_error' }] },
  });
  expect(await failureOf(client.endpoint.get('acme', 'nope'))).toMatchObject({
    code: 404,
    body: { code: 'not_found', detail: 'Entity not found' },
  });
  const range = { since: new Date(0), until: new Date() };
  expect(await failureOf(client.endpoint.getStats('acme', 'erp', range))).toMatchObject({
    code: 400,
    body: { code: 'invalid_range' },
  });
});

test('the client reads faults, and what it does not know as the vendor’s service would break it', async () => {
  const { client, emulator } = await openStage();
  emulator.addFault({ kind: 'status', status: 429, retryAfterSeconds: 3, match: { operationId: 'listEndpoints' } });
  const throttled = await failureOf(client.endpoint.list('acme'));
  expect(throttled).toMatchObject({ code: 429, body: { code: 'rate_limited' }, headers: { 'retry-after': '3' } });
  emulator.addFault({ kind: 'status', status: 503 });
  expect(await failureOf(client.endpoint.list('acme'))).toMatchObject({ code: 503 });
  emulator.addFault({ kind: 'html-body', status: 403 });
  await expect(client.endpoint.list('acme')).rejects.toThrow(SyntaxError);
  await expect(client.endpoint.bulkReplay('acme', 'erp', { since: new Date() })).rejects.toThrow(SyntaxError);
});

test('a retry of the client creates nothing twice, even when the first answer is lost', async () => {
  const { emulator, receiver, owner } = await openStage();
  const server = await emulator.listen();
  closers.push(() => server.close());
  emulator.addFault({ kind: 'status', status: 503, phase: 'after', match: { operationId: 'createEndpoint' } });
  const patient = new Svix(KEY, { serverUrl: server.url, retryScheduleInMs: [1] });
  const made = await patient.endpoint.create('acme', { url: receiver.url });
  expect((await owner.endpoint.list('acme')).data).toMatchObject([{ id: made.id }]);
});
