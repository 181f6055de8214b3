import { request as httpRequest, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterEach, expect, test, vi } from 'vitest';
import { createEmulator, type Emulator, type EmulatorOptions, type FaultInput } from '../src/index.js';
import { startReceiver, type SocketReceiver } from './socket-receiver.js';
import { readAnswer, type Answer } from './support.js';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function start(options: EmulatorOptions = {}): Promise<{ emulator: Emulator; url: string; token: string }> {
  const emulator = createEmulator({ tenants: [{ tenant: 'acme' }], ...options });
  const server = await emulator.listen();
  closers.push(() => server.close());
  const answer = await fetch(`${server.url}/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'client_credentials', client_id: 'acme-id', client_secret: 'acme-secret' }),
  }).then(readAnswer);
  return { emulator, url: server.url, token: String(Object(answer.body).access_token) };
}

/** A call by node:http, which shows more of the wire than fetch. */
async function callRaw(url: string, token: string): Promise<{ response: IncomingMessage; body: Promise<string> }> {
  const headers = { authorization: `Bearer ${token}` };
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    httpRequest(`${url}/webhook/acme/config`, { headers, agent: false }, resolve).on('error', reject).end();
  });
  return { response, body: text(response) };
}

const call = (url: string, token: string, init: RequestInit = {}): Promise<Answer> =>
  fetch(`${url}/webhook/acme/config`, {
    ...init,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
  }).then(readAnswer);

/** A destination that answers whatever `status` gives, closed after the test. */
async function openReceiver(status: () => number): Promise<SocketReceiver> {
  const receiver = await startReceiver(status);
  closers.push(() => receiver.close());
  return receiver;
}

test('serves the API and the control API on a free port', async () => {
  const { url, token } = await start();
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect((await call(url, token)).body).toEqual([{ code: 'svix_shared', provider: 'SVIX_SHARED', active: true }]);
  expect((await fetch(`${url}/_emulator/tenants`).then(readAnswer)).body).toEqual({ tenants: ['acme'] });
});

test('rejects when the port is taken', async () => {
  const { url } = await start();
  await expect(createEmulator().listen({ port: Number(new URL(url).port) })).rejects.toMatchObject({
    code: 'EADDRINUSE',
  });
});

test('cut-body closes the connection before the promised length', async () => {
  const { emulator, url, token } = await start();
  emulator.addFault({ kind: 'cut-body' });
  const { response, body } = await callRaw(url, token);
  await expect(body).rejects.toMatchObject({ code: 'ECONNRESET' });
  expect(response.statusCode).toBe(200);
  expect(Number(response.headers['content-length'])).toBe(
    JSON.stringify([{ code: 'svix_shared', provider: 'SVIX_SHARED', active: true }]).length,
  );
  emulator.addFault({ kind: 'cut-body' });
  await expect(call(url, token)).rejects.toThrow('terminated');
});

test.for<FaultInput>([{ kind: 'reset' }, { kind: 'reset', phase: 'after' }])(
  '%o resets the connection',
  async (fault) => {
    const { emulator, url, token } = await start();
    emulator.addFault(fault);
    await expect(call(url, token)).rejects.toMatchObject({ message: 'fetch failed', cause: { code: 'ECONNRESET' } });
    expect((await call(url, token)).status).toBe(200);
  },
);

test('hang keeps the connection open until the caller gives up', async () => {
  const { emulator, url, token } = await start();
  emulator.addFault({ kind: 'hang', match: { method: 'GET' } });
  const controller = new AbortController();
  const pending = call(url, token, { signal: controller.signal });
  await vi.waitFor(async () => {
    const { body } = await fetch(`${url}/_emulator/faults`).then(readAnswer);
    expect(Object(body).faults[0].spent).toBe(true);
  });
  expect(emulator.requests({ operationId: 'listConfigs' })).toEqual([]);
  controller.abort();
  await expect(pending).rejects.toThrow('aborted');
  await vi.waitFor(() => expect(emulator.requests({ operationId: 'listConfigs' })).toMatchObject([{ status: null }]));
});

test('close ends hanging calls', async () => {
  const { emulator, url, token } = await start();
  emulator.addFault({ kind: 'hang' });
  const pending = call(url, token);
  pending.catch(() => undefined);
  await vi.waitFor(async () => {
    const { body } = await fetch(`${url}/_emulator/faults`).then(readAnswer);
    expect(Object(body).faults[0].spent).toBe(true);
  });
  for (const close of closers.splice(0)) await close();
  await expect(pending).rejects.toThrow('fetch failed');
});

test('html, empty and status faults keep the connection usable', async () => {
  const { emulator, url, token } = await start();
  emulator.addFault({ kind: 'html-body', status: 503 });
  emulator.addFault({ kind: 'empty-body', status: 500 });
  emulator.addFault({ kind: 'status', status: 429, retryAfterSeconds: 1 });
  const answers = [await call(url, token), await call(url, token), await call(url, token), await call(url, token)];
  expect(answers.map(({ status }) => status)).toEqual([503, 500, 429, 200]);
  expect([answers[1]?.body, answers[2]?.headers.get('retry-after')]).toEqual([undefined, '1']);
});

test('events reach a receiver over the wire, and are tried again', async () => {
  let status = 500;
  const receiver = await openReceiver(() => status);
  const { emulator, url } = await start({
    now: () => 0,
    tenants: [
      {
        tenant: 'acme',
        subscriptions: [{ eventType: 'order.created' }],
        configs: [
          {
            code: 'http',
            provider: 'HTTP',
            active: true,
            configuration: { secretKey: 'password123', destinationUrl: receiver.url },
          },
        ],
      },
    ],
  });
  emulator.clock.freeze();
  const control = (path: string, body: object): Promise<Answer> =>
    fetch(`${url}/_emulator${path}`, { method: 'POST', body: JSON.stringify(body) }).then(readAnswer);
  const first = await control('/tenants/acme/events', { type: 'order.created', payload: { id: 'ö', a: 1 } });
  expect(first.body).toMatchObject({
    outcome: 'retrying',
    deliveries: [{ attempts: [{ status: 500 }], nextAttemptAt: '1970-01-01T00:00:05.000Z' }],
  });
  status = 204;
  expect((await control('/clock/advance', { seconds: 5 })).body).toMatchObject({ retries: 1 });
  expect(receiver.received.map(({ method, body }) => ({ method, body }))).toEqual([
    { method: 'POST', body: '{"a":1,"id":"ö"}' },
    { method: 'POST', body: '{"a":1,"id":"ö"}' },
  ]);
  expect(receiver.received[1]?.headers).toMatchObject({
    'content-type': 'application/json',
    'emporix-event-publish-time': '1970-01-01T00:00:00.000Z',
    'emporix-event-signature': expect.stringMatching(/^[A-Za-z0-9+/]{43}=$/),
  });
});

test('the probe reaches a receiver over the wire', async () => {
  let status = 200;
  const receiver = await openReceiver(() => status);
  const { url, token } = await start({ quirks: { reachabilityProbe: 'changed' } });
  const create = (provider: string, code: string, configuration: object): Promise<Answer> =>
    call(url, token, { method: 'POST', body: JSON.stringify({ code, provider, active: false, configuration }) });
  status = 500;
  expect((await create('HTTP', 'http', { destinationUrl: receiver.url })).status).toBe(400);
  status = 200;
  expect((await create('HTTP', 'http', { destinationUrl: receiver.url })).status).toBe(201);
  expect(receiver.received.map(({ method }) => method)).toEqual(['HEAD', 'OPTIONS', 'HEAD']);
});
