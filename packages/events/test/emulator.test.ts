import { createEmulator, type Emulator, type TenantSeed } from '@gateway-sync/emulator';
import { afterEach, expect, test } from 'vitest';
import { z } from 'zod';
import { createReceiver, digestOfDelivery, EVENT_TYPES, type Outcome, type ReceiverOptions } from '../src/index.js';
import { serveNode } from './serve.js';

const NOON = Date.UTC(2026, 10, 15, 12);
const SECRET = 'password123';
const ORDER = 'order.created';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

interface Stage {
  readonly emulator: Emulator;
  /** Calls Emporix or Svix as a client would; throws unless the answer is a success. */
  readonly call: (method: string, path: string, body?: unknown, token?: string) => Promise<unknown>;
  /** Address of a receiver that takes what the options say, on a socket. */
  readonly receive: (options: Partial<ReceiverOptions>, on?: (type: string) => unknown) => Promise<string>;
  readonly outcomes: readonly Outcome[];
}

/** The emulator and a receiver, each on a socket, with the same clock. */
async function openStage(tenant: Partial<TenantSeed> = {}): Promise<Stage> {
  const emulator = createEmulator({ seed: 'events', now: () => NOON, tenants: [{ tenant: 'acme', ...tenant }] });
  const server = await emulator.listen();
  const api = server.url;
  closers.push(() => server.close());
  const outcomes: Outcome[] = [];
  return {
    emulator,
    outcomes,
    call: async (method, path, body, token) => {
      const response = await fetch(api + path, {
        method,
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token ?? (await fetchToken(api))}` },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
      return text === '' ? undefined : JSON.parse(text);
    },
    receive: async (options, on = () => undefined) => {
      const receiver = createReceiver({
        eventType: ({ url }) => url.searchParams.get('type'),
        fallback: () => undefined,
        onOutcome: (outcome) => outcomes.push(outcome),
        now: () => emulator.clock.now(),
        ...options,
      });
      for (const type of EVENT_TYPES) receiver.on(type, (event) => on(event.type));
      const serving = await serveNode(receiver);
      closers.push(() => serving.close());
      return serving.url;
    },
  };
}

async function fetchToken(api: string): Promise<string> {
  const response = await fetch(`${api}/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'client_credentials', client_id: 'acme-id', client_secret: 'acme-secret' }),
  });
  return z.object({ access_token: z.string() }).parse(await response.json()).access_token;
}

type Config = { readonly code: string } & Readonly<Record<string, unknown>>;

function httpConfig(address: string, types: readonly string[], configuration: object = {}): Config {
  const eventsConfiguration = types.map((eventType) => ({ eventType, destinationUrl: `${address}?type=${eventType}` }));
  return {
    code: 'http',
    provider: 'HTTP',
    active: true,
    configuration: { secretKey: SECRET, eventsConfiguration, ...configuration },
  };
}

const subscribed = (types: readonly string[]) => types.map((eventType) => ({ eventType }));

test('an event of every type arrives, verified by its bytes', async () => {
  const { emulator, receive, outcomes } = await openStage();
  const types: string[] = [];
  const url = await receive({ emporix: { secrets: SECRET } }, (type) => types.push(type));
  emulator.seed({ tenant: 'acme', subscriptions: subscribed(EVENT_TYPES), configs: [httpConfig(url, EVENT_TYPES)] });
  for (const type of EVENT_TYPES) expect((await emulator.emit('acme', { type })).outcome).toBe('delivered');
  expect(types).toEqual(EVENT_TYPES);
  expect(new Set(outcomes.map(({ kind }) => kind))).toEqual(new Set(['handled']));
});

test('Emporix accepts the address of a receiver, and leaves out excluded fields', async () => {
  const { emulator, call, receive } = await openStage();
  const payloads: unknown[] = [];
  const fallback: ReceiverOptions['fallback'] = ({ payload }) => payloads.push(payload);
  const url = await receive({ emporix: { secrets: SECRET }, eventType: 'moon.risen', fallback });
  await call('POST', '/webhook/acme/config', httpConfig(url, [ORDER]));
  await call('PATCH', '/webhook/acme/event-subscriptions', [
    { eventType: ORDER, action: 'SUBSCRIBE', fieldsToUnsubscribe: ['customer'] },
  ]);
  await emulator.emit('acme', { type: ORDER, payload: { id: 'o-1', customer: { name: 'Ä' } } });
  expect(payloads).toEqual([{ id: 'o-1' }]);
});

test('Emporix tries again, and only what failed is done again', async () => {
  const { emulator, receive, outcomes } = await openStage();
  let down = true;
  const url = await receive({ emporix: { secrets: SECRET, deliveryId: digestOfDelivery } }, () => {
    if (down) throw new Error('down');
  });
  emulator.seed({ tenant: 'acme', subscriptions: subscribed([ORDER]), configs: [httpConfig(url, [ORDER])] });
  const event = await emulator.emit('acme', { type: ORDER });
  expect(event.outcome).toBe('retrying');
  down = false;
  await emulator.advance(24 * 3_600_000);
  expect(event.outcome).toBe('delivered');
  expect(outcomes).toMatchObject([{ kind: 'failed' }, { kind: 'handled', done: [`${ORDER}#1`] }]);
});

test('while a secret is replaced both are good', async () => {
  const { emulator, receive, outcomes } = await openStage();
  const url = await receive({ emporix: { secrets: ['newer', SECRET] } });
  for (const secretKey of [SECRET, 'newer', 'newest']) {
    const configs = [httpConfig(url, [ORDER], { secretKey })];
    emulator.seed({ tenant: 'acme', subscriptions: subscribed([ORDER]), configs });
    await emulator.emit('acme', { type: ORDER });
  }
  expect(outcomes).toMatchObject([{ kind: 'handled' }, { kind: 'handled' }, { kind: 'refused', reason: 'no-match' }]);
});

const endpointSchema = z.object({ id: z.string() });
const secretSchema = z.object({ key: z.string() });

/** An endpoint of the tenant's application in Svix that posts to the address. */
async function openSvix({ call }: Stage, url: string) {
  const access = z.object({ token: z.string() }).parse(await call('GET', '/webhook/acme/dashboard-access'));
  const svix = (method: string, path: string, body?: unknown): Promise<unknown> =>
    call(method, `/api/v1/app/acme/endpoint${path}`, body, access.token);
  const { id } = endpointSchema.parse(await svix('POST', '', { url, eventTypes: [ORDER] }));
  return {
    readSecret: async () => secretSchema.parse(await svix('GET', `/${id}/secret`)).key,
    rotate: () => svix('POST', `/${id}/secret/rotate`, {}),
  };
}

test.each(['svix', 'webhook'] as const)(
  'messages of Svix arrive with the headers of %s',
  async (svixSignatureHeaders) => {
    const stage = await openStage({ subscriptions: subscribed([ORDER]) });
    const { emulator, receive, outcomes } = stage;
    emulator.setQuirks({ svixSignatureHeaders });
    let secrets: readonly string[] = [];
    const types: string[] = [];
    const url = await receive({ svix: { secrets: () => secrets } }, (type) => types.push(type));
    const { readSecret, rotate } = await openSvix(stage, `${url}?type=${ORDER}`);
    const first = await readSecret();
    secrets = [first];
    await emulator.emit('acme', { type: ORDER });
    await rotate();
    // The old key still signs beside the new one.
    await emulator.emit('acme', { type: ORDER });
    secrets = [await readSecret()];
    await emulator.emit('acme', { type: ORDER });
    expect([types, secrets[0] === first]).toEqual([[ORDER, ORDER, ORDER], false]);
    expect(outcomes.map(({ kind }) => kind)).toEqual(['handled', 'handled', 'handled']);
  },
);

test('Svix tries again with the same id, and only what failed is done again', async () => {
  const stage = await openStage({ subscriptions: subscribed([ORDER]) });
  const { emulator, receive, outcomes } = stage;
  let attempts = 0;
  let secret = '';
  const url = await receive({ svix: { secrets: () => secret } }, () => {
    if (++attempts < 3) throw new Error('down');
  });
  const { readSecret } = await openSvix(stage, `${url}?type=${ORDER}`);
  secret = await readSecret();
  const event = await emulator.emit('acme', { type: ORDER });
  await emulator.advance(24 * 3_600_000);
  expect(event.outcome).toBe('delivered');
  const deliveryId = event.messageId;
  expect(outcomes).toMatchObject([
    { kind: 'failed', deliveryId },
    { kind: 'failed', deliveryId },
    { kind: 'handled', deliveryId },
  ]);
});
