import { brotliCompressSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';

import { ConnectionError, ResponseFormatError } from '../src/index.js';
import { clientOf, rejection } from './support/client.js';
import { serve, type Reply } from './support/server.js';

const CONFIGS = [{ code: 'erp', provider: 'HTTP', active: true, configuration: { description: 'größe' } }];
const TEXT = JSON.stringify(CONFIGS);

const encoded =
  (encoding: string, body: Uint8Array | string): Reply =>
  (response) =>
    response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': encoding }).end(body);

describe('an answer may come compressed', () => {
  it.each([
    ['gzip', gzipSync(TEXT)],
    ['br', brotliCompressSync(TEXT)],
    ['gzip, br', brotliCompressSync(gzipSync(TEXT))],
    ['GZIP', gzipSync(TEXT)],
  ])('as %s', async (encoding, body) => {
    const server = await serve(encoded(encoding, body));
    expect(await clientOf(server).webhooks.listConfigs()).toEqual(CONFIGS);
    expect(server.requests[0]?.headers['accept-encoding']).toBe('gzip, br');
  });

  it('and is lost like any other when it is cut off', async () => {
    const server = await serve(encoded('gzip', gzipSync(TEXT).subarray(0, -12)));
    const error = await rejection(clientOf(server, { retry: false }).webhooks.listConfigs());
    expect(error).toBeInstanceOf(ConnectionError);
    expect(error).toMatchObject({ phase: 'inflight', networkCode: 'Z_BUF_ERROR' });
  });

  it('but not in an encoding that nobody asked for', async () => {
    const server = await serve(encoded('compress', '?'));
    expect(await rejection(clientOf(server).webhooks.listConfigs())).toBeInstanceOf(ResponseFormatError);
  });
});

it('a byte order mark is no part of the answer', async () => {
  const server = await serve((response) => response.end(`\uFEFF${TEXT}`));
  expect(await clientOf(server).webhooks.listConfigs()).toEqual(CONFIGS);
});

describe('an answer that is too long', () => {
  const options = { maxResponseBytes: 1_000 };

  it.each([
    ['says so at its head', (response) => response.writeHead(200, { 'content-length': 1_001 }).end(' '.repeat(1_001))],
    ['does not say so', (response) => response.writeHead(200).write(' '.repeat(1_001))],
    ['is short while it is packed', encoded('br', brotliCompressSync(' '.repeat(1_001)))],
  ] satisfies [string, Reply][])('is refused when it %s, and the next one is read', async (_, reply) => {
    const server = await serve(reply, encoded('br', brotliCompressSync(`[${' '.repeat(998)}]`)));
    const api = clientOf(server, options);
    expect(await rejection(api.webhooks.listConfigs())).toMatchObject({ name: 'ResponseTooLargeError', status: 200 });
    expect(await api.webhooks.listConfigs()).toEqual([]);
  });
});
