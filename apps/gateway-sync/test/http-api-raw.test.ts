import { serviceOperations, type ServiceOperationId } from '@gateway-sync/api';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRaw, sendRaw, serveApi, TOKEN } from './support/http-api.js';
import { fill } from './support/http-api-values.js';
import { judgeAnswer, judgeProblem, type WireAnswer } from './support/service-contract.js';

const head = (line: string, ...headers: readonly string[]): string =>
  [line, 'host: x', 'connection: close', ...headers, '', ''].join('\r\n');

describe('what never becomes a request is answered in the same form', () => {
  it.each([
    ['nonsense', 'canary\r\n\r\n', 400],
    ['two lengths', head('POST /livez HTTP/1.1', 'content-length: 1', 'content-length: 2'), 400],
    ['length and chunks', head('POST /livez HTTP/1.1', 'content-length: 1', 'transfer-encoding: chunked'), 400],
    ['no host', 'GET /livez HTTP/1.1\r\nconnection: close\r\n\r\n', 400],
    ['a host that is none, and a fragment', head('GET //!@?limit=# HTTP/1.1'), 400],
    ['large headers', head('GET /livez HTTP/1.1', `x-a: ${'x'.repeat(9_000)}`), 431],
    ['a large path', head(`GET /${'x'.repeat(9_000)} HTTP/1.1`), 431],
  ])('%s', async (_, bytes, status) => {
    const { url } = await serveApi();
    const answer = parseRaw(await sendRaw(url, bytes));
    expect([answer?.status, answer && judgeProblem(answer)]).toEqual([status, []]);
    expect(answer?.headers['cache-control']).toBe('no-store');
    expect(answer?.text).not.toContain('canary');
  });

  it('headers that do not come', async () => {
    const { url } = await serveApi({ timeouts: { headersMs: 20, requestMs: 20, checkMs: 10 } });
    const answer = parseRaw(await sendRaw(url, 'GET /livez HTTP/1.1\r\n'));
    expect([answer?.status, answer && judgeProblem(answer)]).toEqual([408, []]);
  });

  it('a body that does not come', async () => {
    const { url } = await serveApi({ timeouts: { headersMs: 20, requestMs: 20, checkMs: 10 } });
    const request = ['content-type: application/json', `authorization: Bearer ${TOKEN}`, 'content-length: 5'];
    const raw = await sendRaw(url, head('POST /api/v1/tenants/acme/pause HTTP/1.1', ...request));
    expect(parseRaw(raw)?.status ?? 'closed').not.toBe(500);
  });

  it('an expectation is not one', async () => {
    const { url } = await serveApi();
    const answer = parseRaw(await sendRaw(url, head('GET /metrics HTTP/1.1', 'expect: miracles')));
    expect(answer?.status).toBe(200);
  });
});

const operations = Object.values(serviceOperations);

/** The operation that a request line names by the document; the first part of its path template decides on the rest. */
function operationOf(method: string, target: string): ServiceOperationId | undefined {
  const path = target.split('?', 1)[0] ?? '';
  return operations.find(
    (operation) =>
      operation.method === (method === 'HEAD' ? 'GET' : method) &&
      new RegExp(`^${operation.path.replace('{tenant}', '[^/]+')}$`).test(path),
  )?.operationId;
}

/** Nothing that ends a line or a request line. */
const line = (unit: fc.Arbitrary<string>, maxLength: number) => fc.string({ unit, maxLength });
const codes = (max: number) => fc.integer({ min: 0x21, max }).filter((code) => code !== 0x7f);
const visible = codes(0x7e).map((code) => String.fromCharCode(code));
const printable = codes(0xff).map((code) => String.fromCharCode(code));
const methods = fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE');
const segments = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom('api', 'v1', 'tenants', 'acme', 'gamma', 'sync', 'pause', 'resume', 'reload', 'plan'),
  },
  fc.constantFrom('..', '.', '%2e%2e', '%2f', '%00', '%', '__proto__', 'constructor', '%E0%A4%A', ''),
  line(visible, 12),
);
const targets = fc.oneof(
  fc.array(segments, { maxLength: 7 }).map((parts) => `/${parts.join('/')}`),
  fc
    .tuple(fc.constantFrom(...operations.map(({ path }) => path)), segments)
    .map(([path, name]) => path.replace('{tenant}', name)),
  fc.constantFrom(...operations.map(({ path }) => path.replace('{tenant}', 'acme'))),
);
const queries = fc.oneof(
  fc.constant(''),
  line(visible, 20).map((query) => `?${query}`),
  fc
    .tuple(fc.constantFrom('limit', 'cursor', 'state', '__proto__', 'limit[]', 'state[a]'), line(visible, 8))
    .map(([name, value]) => `?${name}=${value}`),
);
const headerLines = fc.array(
  fc.oneof(
    fc.constant(`authorization: Bearer ${TOKEN}`),
    line(printable, 30).map((value) => `authorization: ${value}`),
    fc.constantFrom(
      'content-type: application/json',
      'content-type: text/plain',
      'content-type: application/json; charset=utf-16',
    ),
    fc.constantFrom(
      'content-encoding: gzip',
      'accept: text/html',
      'x-http-method-override: DELETE',
      'range: bytes=0-1',
    ),
    fc.constantFrom(
      'if-none-match: *',
      'upgrade: websocket',
      'x-forwarded-for: 1.2.3.4',
      'origin: https://evil.example',
    ),
    line(printable, 40).map((value) => `x-any: ${value}`),
  ),
  { maxLength: 5 },
);
const bodies = fc.oneof(
  fc.constant(''),
  fc.json(),
  fc.record({ reason: fc.anything() }).map((value) => JSON.stringify(value)),
  fc.constantFrom('{"__proto__":{"reason":"x"}}', '{"constructor":1}', '[[[[[[[[', '\u00ff\u00fe', '{"reason":"x"}'),
  fc.string({ maxLength: 60 }),
  fc.constant('x'.repeat(20_000)),
);

describe('whatever is sent', () => {
  it('is answered by the document, and never with a bug', async () => {
    const { url, sources, log } = await serveApi({ limits: { wrongTokensPerMinute: 1_000_000 } });
    fill(sources);
    await fc.assert(
      fc.asyncProperty(methods, targets, queries, headerLines, bodies, async (method, path, query, headers, body) => {
        const target = `${path}${query}`;
        const request = head(
          `${method} ${target} HTTP/1.1`,
          ...headers,
          `content-length: ${Buffer.byteLength(body, 'latin1')}`,
        );
        const raw = await sendRaw(url, request + body);
        const answer = parseRaw(raw);
        expect(answer ? wrong(method, target, answer) : [`no answer: ${raw}`]).toEqual([]);
        expect(raw).not.toContain(TOKEN);
      }),
      { numRuns: 500 },
    );
    expect(log.filter((entry) => entry.includes('"level":50'))).toEqual([]);
  }, 60_000);

  it('as mere bytes is answered with a problem document, or not at all', async () => {
    const { url, log } = await serveApi();
    const starts = fc.constantFrom('', 'GET ', 'GET / HTTP/1.1\r\n', 'POST /api/v1/reload HTTP/1.1\r\nhost: x\r\n');
    await fc.assert(
      fc.asyncProperty(starts, fc.uint8Array({ maxLength: 200 }), async (start, noise) => {
        const raw = await sendRaw(url, `${start}${Buffer.from(noise).toString('latin1')}\r\n\r\n\r\n\r\nZ\r\n\r\n`);
        const answer = parseRaw(raw);
        expect(answer ? judgeProblem(answer) : []).toEqual([]);
        expect(answer?.status ?? 400).toBeLessThan(500);
      }),
      { numRuns: 200 },
    );
    expect(log.filter((entry) => entry.includes('"level":50'))).toEqual([]);
  }, 60_000);
});

function wrong(method: string, target: string, answer: WireAnswer): readonly string[] {
  const operationId = operationOf(method, target);
  const allowed = operationId === undefined ? [400, 404, 405, 431] : statusesOf(operationId);
  if (!allowed.includes(answer.status)) return [`status ${answer.status}`];
  if (method === 'HEAD') return answer.text === '' ? [] : ['a body'];
  return operationId === undefined ? judgeProblem(answer) : judgeAnswer(operationId, answer);
}

function statusesOf(operationId: ServiceOperationId): readonly number[] {
  const { successStatuses, errorStatuses } = serviceOperations[operationId];
  return [...successStatuses, ...errorStatuses];
}
