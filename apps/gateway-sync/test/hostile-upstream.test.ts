import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { createGatewayFactory } from '../src/adapters/emporix/index.js';
import { GatewayError } from '../src/core/errors.js';
import type { Gateway } from '../src/core/ports.js';
import { Secret } from '../src/core/secret.js';

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: string;
}

type Answer = (asked: Asked) => unknown;

/** A server that answers what it is told and keeps what it was asked. */
async function hostile(answer: Answer) {
  const asked: Asked[] = [];
  const reply = async (request: IncomingMessage, response: ServerResponse) => {
    const { method = '', url: path = '', headers } = request;
    const one = { method, path, authorization: headers.authorization, body: await text(request) };
    asked.push(one);
    const token = { access_token: 'emporix-token', token_type: 'Bearer', expires_in: 3600 };
    const json: unknown = path === '/oauth/token' ? token : answer(one);
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(json));
  };
  const server = createServer((request, response) => void reply(request, response));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo; // listening on TCP
  return { asked, url: `http://127.0.0.1:${port}` };
}

function acme(baseUrl: string, svixUrl: string): Gateway {
  const file = {
    emporix: { baseUrl, requestsPerSecond: 1_000, timeoutMs: 2_000 },
    svix: { requestsPerSecond: 1_000 },
    sync: { intervalMs: 1, maxIntervalMs: 1, jitterPercent: 0, concurrency: 16 },
  };
  return createGatewayFactory(file, { userAgent: 'test' }).for({
    tenant: 'acme',
    credentials: { clientId: 'acme-id', clientSecret: new Secret('acme-secret') },
    svix: { url: svixUrl, filterField: 'eventTypes' },
    endpoints: [],
  });
}

const { signal } = new AbortController();
const NAMES = [
  '..',
  '.',
  '../../other',
  '..%2f..%2fother',
  '%2e%2e',
  'a/b',
  'a\\b',
  'a?b=c',
  'a#b',
  'a;b',
  '\u0000',
  'a\r\nx: y',
  'https://evil.example/',
  '//evil.example',
  '@evil.example',
  '__proto__',
  '\uD800',
  '\u202E',
];
const HOSTILE = fc.oneof(fc.constantFrom(...NAMES), fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }));

/** What failed otherwise than in the core's own words: a bug. */
async function bugs(calls: readonly (Promise<unknown> | undefined)[]): Promise<unknown[]> {
  const results = await Promise.allSettled(calls.map(async (call) => call));
  const reasons = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []));
  return reasons.filter((reason) => !(reason instanceof GatewayError));
}

test('whatever code or id an answer has, no request leaves the place that it belongs to', async () => {
  let id = '';
  const { asked, url } = await hostile(({ path }) => {
    if (path.startsWith('/webhook/acme/config'))
      return path.endsWith('/config')
        ? [{ code: id, provider: 'HTTP', active: false }]
        : { code: id, provider: 'HTTP' };
    if (path.includes('dashboard-access')) return { url: `https://app.svix.com/login#key=${id}`, token: 'svix-token' };
    if (path.includes('/endpoint/')) return { headers: {}, sensitive: [], key: 'whsec_x' };
    if (path.includes('/endpoint'))
      return { data: [{ id, url: 'https://a.example', description: '', metadata: {} }], done: true };
    return { id, uid: 'acme' };
  });
  const gateway = acme(url, url);
  await fc.assert(
    fc.asyncProperty(HOSTILE, async (value) => {
      id = value;
      asked.length = 0;
      const found = await bugs([
        gateway.listConfigs(signal),
        gateway.writeConfig({ type: 'delete', code: id, force: false }, signal),
        gateway.endpoints?.list(signal),
        gateway.endpoints?.details(id, { headers: true, secret: true }, signal),
        gateway.endpoints?.write({ type: 'delete', endpointId: id }, signal),
        gateway.openPortal(signal),
        gateway.readQuota('2026-11', signal),
      ]);
      expect(found).toEqual([]);
      for (const { path } of asked) {
        const { pathname } = new URL(path, url);
        expect(pathname).toBe(path.split('?')[0]);
        expect(pathname).toMatch(
          /^\/(?:oauth\/token|webhook\/acme\/(?:config(?:\/[^/]+)?|dashboard-access|statistics)|api\/v1\/app\/acme(?:\/endpoint(?:\/[^/]+(?:\/headers|\/secret)?)?)?)$/,
        );
      }
    }),
    { numRuns: 150 },
  );
});

test('a page of Svix says where the next begins, and never where to ask for it', async () => {
  const elsewhere = await hostile(() => ({}));
  const iterator = `${elsewhere.url}/steal?x=1&limit=1#y`;
  const { asked, url } = await hostile(({ path }) => {
    if (path.includes('dashboard-access')) return { url: 'https://app.svix.com/login', token: 'svix-token' };
    const done = path.includes('iterator=');
    return { data: [], done, iterator, nextUrl: elsewhere.url, prevIterator: elsewhere.url };
  });
  await acme(url, url).endpoints?.list(signal);
  const pages = asked.filter(({ path }) => path.includes('/endpoint'));
  expect(pages.map(({ path }) => new URL(path, url).searchParams.get('iterator'))).toEqual([null, iterator]);
  expect(elsewhere.asked).toEqual([]);
});

test('the token of Emporix never goes to Svix, nor that of Svix to Emporix', async () => {
  const svix = await hostile(({ path }) =>
    path.includes('/endpoint') ? { data: [], done: true } : { id: 'a', uid: 'acme' },
  );
  const emporix = await hostile(() => ({ url: `${svix.url}/login#key=e30`, token: 'svix-token' }));
  const gateway = acme(emporix.url, svix.url);
  await gateway.endpoints?.checkAccess(signal);
  await gateway.endpoints?.list(signal);
  expect(new Set(emporix.asked.map(({ authorization }) => authorization))).toEqual(
    new Set([undefined, 'Bearer emporix-token']),
  );
  expect(new Set(svix.asked.map(({ authorization }) => authorization))).toEqual(new Set(['Bearer svix-token']));
});

test('answers that have an outside and no inside are a broken service, and no bug', async () => {
  const rows = fc.oneof(fc.jsonValue(), fc.constantFrom(null, [null], [{}], [[]], [{ event: null }], {}));
  let row: unknown;
  const { url } = await hostile(({ path }) => {
    if (path.includes('dashboard-access')) return { url: 'https://app.svix.com/login', token: 'svix-token' };
    if (path.includes('/endpoint')) return { data: Array.isArray(row) ? row : [row], done: true };
    if (path.includes('/app/')) return { id: 'a', uid: 'acme' };
    return path.includes('statistics') ? row : [row];
  });
  const gateway = acme(url, url);
  await fc.assert(
    fc.asyncProperty(rows, async (value) => {
      row = value;
      const calls = [
        gateway.listSubscriptions(signal),
        gateway.listConfigs(signal),
        gateway.readQuota('2026-11', signal),
        gateway.endpoints?.list(signal),
      ];
      expect(await bugs(calls)).toEqual([]);
    }),
    { numRuns: 100 },
  );
});

test('a catalogue is taken apart whatever stands in it', async () => {
  const rows = [null, 7, [], { event: 'x' }, { event: { type: 'a.b', group: null, eventSchema: '{"a":"Map",}' } }];
  const emporix = await hostile(() => rows);
  const nothing = { type: undefined, group: undefined, schema: undefined };
  expect(await acme(emporix.url, emporix.url).listEventTypes(new AbortController().signal)).toEqual([
    ...Array.from({ length: 4 }, () => nothing),
    { type: 'a.b', group: null, schema: '{"a":"Map",}' },
  ]);
});
