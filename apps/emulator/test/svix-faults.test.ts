import { describe, expect, test } from 'vitest';
import type { FaultInput } from '../src/index.js';
import { idsOf, keysOf } from './svix-answers.js';
import { KEY, openSvix, type SvixBench } from './svix-bench.js';
import { NOON } from './support.js';

const url = 'https://hooks.test/a';

/** A bench whose token is there already, so that a fault meets the next call to Svix. */
async function openFaulty(...faults: readonly FaultInput[]): Promise<SvixBench & { readonly id: string }> {
  const bench = openSvix();
  const { id } = await bench.create({ uid: 'erp', metadata: { owner: 'us' } });
  for (const fault of faults) bench.emulator.addFault(fault);
  return { ...bench, id };
}

describe('a status fault on Svix', () => {
  test.for<readonly [FaultInput, number, string | null]>([
    [{ kind: 'status', status: 429 }, 429, null],
    [{ kind: 'status', status: 429, retryAfterSeconds: 7 }, 429, '7'],
    [
      { kind: 'status', status: 503, retryAfterSeconds: 90, retryAfterAs: 'date' },
      503,
      'Sun, 15 Nov 2026 12:01:30 GMT',
    ],
  ])('answers %o', async ([fault, status, retryAfter]) => {
    const { endpoints } = await openFaulty({ match: { operationId: 'listEndpoints', tenant: 'acme' }, ...fault });
    const answer = await endpoints('GET', '');
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([status, retryAfter]);
    expect(answer.headers.get('date')).toBe(new Date(NOON).toUTCString());
    expect((await endpoints('GET', '')).status).toBe(200);
  });

  test.for([
    ['before', 1],
    ['after', 2],
  ] as const)('works %s an endpoint is made', async ([phase, count]) => {
    const { endpoints } = await openFaulty({ kind: 'status', status: 500, phase, match: { method: 'post' } });
    expect((await endpoints('POST', '', { url })).status).toBe(500);
    expect(idsOf(await endpoints('GET', ''))).toHaveLength(count);
  });
});

test.for([
  ['before', 1],
  ['after', 2],
] as const)('the connection breaks %s an endpoint is made', async ([phase, count]) => {
  const { endpoints } = await openFaulty({ kind: 'reset', phase });
  await expect(endpoints('POST', '', { url })).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } });
  expect(idsOf(await endpoints('GET', ''))).toHaveLength(count);
});

test('half of a body breaks off after the work is done', async () => {
  const { endpoints } = await openFaulty({ kind: 'cut-body' });
  await expect(endpoints('POST', '', { url })).rejects.toThrow('fetch failed');
  expect(idsOf(await endpoints('GET', ''))).toHaveLength(2);
});

test.for([403, 502])('a page comes instead of an answer: %i', async (status) => {
  const { endpoints } = await openFaulty({ kind: 'html-body', status });
  expect(await endpoints('GET', '')).toMatchObject({ status, body: expect.stringContaining('<html>') });
});

test('an answer is empty', async () => {
  const { endpoints } = await openFaulty({ kind: 'empty-body', status: 200 });
  expect(await endpoints('GET', '')).toMatchObject({ status: 200, body: undefined });
});

test('latency waits', async () => {
  const { endpoints } = await openFaulty({ kind: 'latency', ms: 30 });
  const started = performance.now();
  expect((await endpoints('GET', '')).status).toBe(200);
  expect(performance.now() - started).toBeGreaterThanOrEqual(25);
});

test('a call hangs until the caller gives up', async () => {
  const { emulator, dashboard } = await openFaulty();
  const { token } = await dashboard();
  emulator.addFault({ kind: 'hang' });
  const signal = AbortSignal.timeout(20);
  const request = new Request('http://emulator.test/api/v1/app/acme', {
    headers: { authorization: `Bearer ${token}` },
    signal,
  });
  await expect(emulator.fetch(request)).rejects.toThrow('aborted');
});

test('a token runs out in the middle, and stays so', async () => {
  const { endpoints, dashboard } = await openFaulty({ kind: 'expire-token' });
  expect((await endpoints('GET', '')).status).toBe(401);
  expect((await endpoints('GET', '')).status).toBe(401);
  const { token } = await dashboard();
  expect((await endpoints('GET', '', undefined, { token })).status).toBe(200);
});

test('a stale read shows what stood before the last write', async () => {
  const bench = await openFaulty({ kind: 'stale-read' });
  await bench.endpoints('DELETE', '/erp');
  expect(idsOf(await bench.endpoints('GET', ''))).toEqual([bench.id]);
  expect(idsOf(await bench.endpoints('GET', ''))).toEqual([]);
});

test('a dropped write is answered as if it was done', async () => {
  const { endpoints, receiver, id } = await openFaulty({ kind: 'drop-write', times: 3 });
  expect((await endpoints('PATCH', '/erp', { disabled: true })).body).toMatchObject({ disabled: true });
  expect((await endpoints('DELETE', '/erp')).status).toBe(204);
  expect((await endpoints('POST', '/erp/send-example', { eventType: 'svix.ping' })).status).toBe(202);
  expect((await endpoints('GET', '/erp')).body).toMatchObject({ id, disabled: false });
  expect(receiver.received).toEqual([]);
});

describe('somebody else', () => {
  test('saves the endpoint right after it was read, which wipes uid and metadata', async () => {
    const { endpoints, id } = await openFaulty({ kind: 'foreign-write' });
    expect((await endpoints('GET', '/erp')).body).toMatchObject({ uid: 'erp', metadata: { owner: 'us' } });
    const after = await endpoints('GET', `/${id}`);
    expect([keysOf(after).includes('uid'), Object(after.body).metadata]).toEqual([false, {}]);
  });

  test('saves it before a write is judged', async () => {
    const { endpoints, id } = await openFaulty({ kind: 'foreign-write', match: { operationId: 'patchEndpoint' } });
    expect((await endpoints('PATCH', '/erp', { disabled: true })).status).toBe(404);
    expect((await endpoints('GET', `/${id}`)).body).toMatchObject({ disabled: false, metadata: {} });
  });

  test('changes some endpoints after a list was read', async () => {
    const { endpoints, create } = await openFaulty({
      kind: 'foreign-write',
      endpoints: ['crm'],
      endpoint: { url: 'https://hooks.test/theirs', disabled: true },
      match: { operationId: 'listEndpoints' },
    });
    const { id } = await create({ uid: 'crm' });
    await endpoints('GET', '');
    expect((await endpoints('GET', `/${id}`)).body).toMatchObject({ url: 'https://hooks.test/theirs', disabled: true });
    expect((await endpoints('GET', '/erp')).body).toMatchObject({ url, disabled: false });
  });

  test('leaves uid and metadata alone where a PUT does', async () => {
    const { endpoints, emulator } = await openFaulty({ kind: 'foreign-write' });
    emulator.setQuirks({ svixPutClears: false });
    await endpoints('GET', '');
    expect((await endpoints('GET', '/erp')).body).toMatchObject({ uid: 'erp', metadata: { owner: 'us' } });
  });

  test('works in an account of the tenant’s own too', async () => {
    const { svix, emulator } = openSvix();
    const org = { token: KEY };
    const { id } = Object((await svix('POST', '/app/acme/endpoint', { url, uid: 'erp' }, org)).body);
    emulator.addFault({ kind: 'foreign-write' });
    await svix('GET', '/app/acme/endpoint', undefined, org);
    expect(keysOf(await svix('GET', `/app/acme/endpoint/${id}`, undefined, org))).not.toContain('uid');
  });
});

test('faults of subscription items wait for an update of subscriptions', async () => {
  const { endpoints, emulator } = await openFaulty({ kind: 'missing-item' }, { kind: 'item-status', code: 500 });
  expect((await endpoints('PATCH', '/erp', {})).status).toBe(200);
  expect(emulator.requests({ operationId: 'patchEndpoint' })).toMatchObject([{ faults: [], tenant: 'acme' }]);
});
