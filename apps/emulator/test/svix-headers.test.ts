import { describe, expect, test } from 'vitest';
import { openSvix, ORDER } from './svix-bench.js';

const URL_A = 'https://hooks.test/a';
const FORBIDDEN = [
  'User-Agent',
  'keep-alive',
  'Proxy-Authorization',
  'te',
  'Content-Type',
  'content-length',
  'cache-control',
  'X-Amz-Date',
  'x-goog-a',
  'x-svix-a',
  'Svix-Id',
  'not a name',
  '',
];

async function openHeaders(headers: object = {}) {
  const bench = openSvix();
  const { id } = await bench.create({ headers });
  return {
    ...bench,
    id,
    read: async () => (await bench.endpoints('GET', `/${id}/headers`)).body,
    put: (next: object) => bench.endpoints('PUT', `/${id}/headers`, { headers: next }),
    patch: (next: object, more: object = {}) => bench.endpoints('PATCH', `/${id}/headers`, { headers: next, ...more }),
  };
}

describe('Svix behaviour 18: headers', () => {
  test('are merged by PATCH, removed by null, and replaced by PUT', async () => {
    const { read, put, patch } = await openHeaders();
    expect(await patch({ 'X-None': null })).toMatchObject({ status: 204, body: undefined });
    expect(await read()).toEqual({ headers: {}, sensitive: [] });
    await patch({ 'X-A': '1', 'x-b': '2' });
    await patch({ 'x-b': null, 'x-a': '3' });
    expect(await read()).toEqual({ headers: { 'X-A': '1', 'x-a': '3' }, sensitive: [] });
    await patch({ 'x-c': '4' }, { deleteHeaders: ['X-A'] });
    expect(await read()).toEqual({ headers: { 'x-a': '3', 'x-c': '4' }, sensitive: [] });
    expect(await put({ 'x-d': '5' })).toMatchObject({ status: 204, body: undefined });
    expect(await read()).toEqual({ headers: { 'x-d': '5' }, sensitive: [] });
  });

  test('with credentials are only named', async () => {
    const { read, patch } = await openHeaders({ Authorization: 'Bearer s', 'x-api-key': 'k', 'x-shop': 'north' });
    expect(await read()).toEqual({ headers: { 'x-shop': 'north' }, sensitive: ['Authorization', 'x-api-key'] });
    await patch({ Authorization: null });
    expect(await read()).toEqual({ headers: { 'x-shop': 'north' }, sensitive: ['x-api-key'] });
  });

  test.for(FORBIDDEN)('cannot be called "%s"', async (name) => {
    const { put, patch, endpoints, read } = await openHeaders({ 'x-a': '1' });
    const refused = { status: 422, body: { detail: [{ loc: ['body', 'headers', name] }] } };
    expect(await put({ [name]: 'v' })).toMatchObject(refused);
    expect(await patch({ [name]: 'v' })).toMatchObject(refused);
    expect(await endpoints('POST', '', { url: URL_A, headers: { [name]: 'v' } })).toMatchObject(refused);
    expect(await read()).toEqual({ headers: { 'x-a': '1' }, sensitive: [] });
  });

  test.for(['a\nb', 'a\u0000', 'ä', 'x'.repeat(4_097)])('cannot hold every text', async (value) => {
    const { put } = await openHeaders();
    expect((await put({ 'x-a': value })).status).toBe(422);
  });

  test('arrive at the receiver, the sensitive ones too', async () => {
    const { receiver, emulator } = await openHeaders({ Authorization: 'Bearer s', 'X-Shop': 'north' });
    await emulator.emit('acme', { type: ORDER });
    expect(receiver.received[0]?.headers).toMatchObject({ authorization: 'Bearer s', 'x-shop': 'north' });
  });
});
