import { readdirSync, readFileSync } from 'node:fs';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { afterEach, expect, test, vi } from 'vitest';
import fetchExample from './examples/fetch.js';
import { makeApp as makeExpress } from './examples/express.js';
import { makeApp as makeFastify } from './examples/fastify.js';
import { makeApp as makeNest, Orders } from './examples/nest.js';
import { listen as listenForOwn } from './examples/own-types.js';
import { isKnown, nameOf, orderEvents, type Product } from './examples/payloads.js';
import { server } from './examples/receiver.js';
import { idOfMessage, isGenuine } from './examples/verify.js';
import { listen } from './serve.js';
import { emporixHeaders, openBench, svixHeaders } from './support.js';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const folder = new URL('examples/', import.meta.url);
const BODY = '{"id":"o-1","metadata":{"createdAt":"2026-11-15"}}';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
  vi.restoreAllMocks();
});

/** Everything that is written to the console from now on. */
function listenToConsole(): readonly string[] {
  const lines: string[] = [];
  for (const method of ['log', 'warn'] as const) {
    vi.spyOn(console, method).mockImplementation((...words: unknown[]) => {
      lines.push(words.map((word) => (typeof word === 'string' ? word : JSON.stringify(word))).join(' '));
    });
  }
  return lines;
}

const now = (secret: string): Record<string, string> => emporixHeaders(BODY, { secret, at: Date.now() });

test('the README shows the examples as they are compiled and run here, every one of them', () => {
  const shown = [...readme.matchAll(/^<!-- (.+) -->\n\n```ts\n([^]*?)```$/gm)].map(([, name, code]) => [name, code]);
  const files = readdirSync(folder).map((file) => [
    file.replace('.ts', ''),
    readFileSync(new URL(file, folder), 'utf8'),
  ]);
  expect(Object.fromEntries(shown)).toEqual(Object.fromEntries(files));
  expect(readme.match(/^```ts$/gm)).toHaveLength(files.length);
});

test('nothing is needed at run time but Node', () => {
  const { dependencies } = Object(JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')));
  expect(dependencies).toBeUndefined();
});

test('receiver', async () => {
  const lines = listenToConsole();
  const puts: (string | undefined)[] = [];
  const erp = createServer(({ method, url }, response) => {
    puts.push(`${method} ${url}`);
    response.end();
  });
  const real = globalThis.fetch;
  await once(erp.listen(0), 'listening');
  await once(server.listen(0), 'listening');
  closers.push(
    () => erp.close(),
    () => server.close(),
  );
  const port = (of: typeof erp): string => JSON.stringify(Object(of.address()).port);
  // Where the ERP of the example would be, nothing is promised to be free.
  vi.spyOn(globalThis, 'fetch').mockImplementation((input, init) =>
    real(typeof input === 'string' ? input.replace(':8090', `:${port(erp)}`) : input, init),
  );
  const post = (type: string, secret: string): Promise<Response> =>
    real(`http://127.0.0.1:${port(server)}/hooks?type=${type}`, { method: 'POST', headers: now(secret), body: BODY });
  const statuses = [
    await post('order.created', 'the new secretKey'),
    await post('moon.risen', 'the old one'),
    await post('order.created', 'another'),
  ].map(({ status }) => status);
  expect([statuses, puts, lines]).toEqual([
    [200, 200, 401],
    ['PUT /orders/o-1'],
    ['order o-1 2026-11-15', `nobody asked for moon.risen: ${BODY}`],
  ]);
});

test('payloads', () => {
  const product: Product = { id: 'p-1' };
  expect([nameOf({ id: 'p-1', name: { en: 'Mug' } }), nameOf(product), nameOf({})]).toEqual(['Mug', 'p-1', 'no id']);
  expect([orderEvents.includes('order.created'), isKnown]).toEqual([true, false]);
});

test('verify', () => {
  const lines = listenToConsole();
  const bytes = Buffer.from(BODY);
  expect([isGenuine(bytes, now('the old one')), isGenuine(bytes, now('another'))]).toEqual([true, false]);
  expect(lines).toEqual(['no-match emporix-event-signature does not fit the body.']);
  expect(idOfMessage(bytes, svixHeaders(BODY, { at: Date.now() }))).toBe('msg_1');
  expect(idOfMessage(bytes, svixHeaders(BODY))).toBeUndefined();
});

test('own-types', async () => {
  const { receiver, post } = openBench({ eventType: 'shop.opened' });
  const doors: unknown[] = [];
  listenForOwn(receiver, doors);
  await post('{"door":2}', emporixHeaders('{"door":2}'));
  expect(doors).toEqual([2]);
});

test('fetch', async () => {
  const lines = listenToConsole();
  const headers = svixHeaders(BODY, { at: Date.now() });
  const response = await fetchExample.fetch(
    new Request('http://shop.example', { method: 'POST', headers, body: BODY }),
  );
  expect([response.status, lines]).toEqual([200, ['msg_1 o-1']]);
});

test('express', async () => {
  const serving = await listen(makeExpress(openBench().receiver));
  closers.push(() => serving.close());
  const { status } = await fetch(serving.url, { method: 'POST', headers: emporixHeaders(BODY), body: BODY });
  expect(status).toBe(200);
});

test('fastify', async () => {
  const app = await makeFastify(openBench().receiver);
  closers.push(() => app.close());
  const url = await app.listen();
  const { status } = await fetch(`${url}/hooks`, { method: 'POST', headers: emporixHeaders(BODY), body: BODY });
  expect(status).toBe(200);
});

test('nest', async () => {
  const app = await makeNest();
  closers.push(() => app.close());
  await app.listen(0);
  const headers = now('the secretKey');
  const { status } = await fetch(`${await app.getUrl()}/hooks`, { method: 'POST', headers, body: BODY });
  expect([status, app.get(Orders).placed]).toEqual([200, ['o-1']]);
});
