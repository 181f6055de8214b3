import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { isPrivateAddress } from './private-address.js';
import { createProbe } from './probe.js';

const { signal } = new AbortController();
const probe = createProbe({ timeoutMs: 300, userAgent: 'gateway-sync/test' });

/** A server on this machine, and the requests that it got. */
async function receiver(listener: RequestListener): Promise<{ url: string; requests: IncomingMessage[] }> {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    listener(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  // Listening on a port, so it is no path.
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests };
}

const answering = (statuses: Readonly<Record<string, number>>): RequestListener => {
  return ({ method = '' }, response) => void response.writeHead(statuses[method] ?? 500, { location: '/x' }).end();
};

describe('a destination', () => {
  test.each([
    ['answers HEAD', { HEAD: 204 }, { kind: 'reachable', method: 'HEAD' }, ['HEAD']],
    ['answers OPTIONS', { HEAD: 405, OPTIONS: 200 }, { kind: 'reachable', method: 'OPTIONS' }, ['HEAD', 'OPTIONS']],
    ['refuses both', { HEAD: 404, OPTIONS: 403 }, { kind: 'refused', statuses: [404, 403] }, ['HEAD', 'OPTIONS']],
    ['redirects', { HEAD: 301, OPTIONS: 308 }, { kind: 'refused', statuses: [301, 308] }, ['HEAD', 'OPTIONS']],
  ])('that %s', async (_, statuses, expected, methods) => {
    const { url, requests } = await receiver(answering(statuses));
    expect(await probe.ask(url, { anywhere: true }, signal)).toEqual(expected);
    expect(requests.map(({ method }) => method)).toEqual(methods);
  });

  test('gets neither a body nor credentials, and its own path', async () => {
    const { url, requests } = await receiver(answering({ HEAD: 200 }));
    const withUser = `${url.replace('//', '//user:hunter2@')}/hooks?name=a`;
    await probe.ask(withUser, { anywhere: true }, signal);
    expect(requests.map(({ url: path, headers }) => [path, Object.keys(headers).toSorted()])).toEqual([
      ['/hooks?name=a', ['accept', 'connection', 'host', 'user-agent']],
    ]);
  });

  test('that never answers is given up', async () => {
    const { url } = await receiver(() => {});
    expect(await probe.ask(url, { anywhere: true }, signal)).toEqual({
      kind: 'unanswered',
      reason: 'OPTIONS: no answer within 0.3 s',
    });
  });

  test('that is not there is told', async () => {
    const { url } = await receiver(answering({}));
    const free = `http://127.0.0.1:${Number(new URL(url).port) + 1}`;
    const answer = await probe.ask(free, { anywhere: true }, signal);
    expect(answer).toMatchObject({ kind: 'unanswered', reason: expect.stringMatching(/^OPTIONS: E/) });
  });

  test.each(['http://127.0.0.1', 'http://localhost', 'http://[::1]', 'http://10.0.0.1', 'http://[::ffff:192.168.1.1]'])(
    'of a private network is not asked: %s',
    async (host) => {
      const { url, requests } = await receiver(answering({ HEAD: 200 }));
      const address = `${host}:${new URL(url).port}/`;
      expect(await probe.ask(address, { anywhere: false }, signal)).toEqual({ kind: 'private' });
      expect(requests).toEqual([]);
    },
  );

  test('of another protocol is not asked', async () => {
    expect(await probe.ask('ftp://a.example/', { anywhere: true }, signal)).toEqual({ kind: 'unsupported' });
  });

  test('is left alone when the command is interrupted', async () => {
    const controller = new AbortController();
    const { url } = await receiver(() => controller.abort(new Error('stop')));
    await expect(probe.ask(url, { anywhere: true }, controller.signal)).rejects.toThrow('stop');
  });
});

test.each([
  ['8.8.8.8', false],
  ['2606:4700:4700::1111', false],
  ['0.0.0.0', true],
  ['100.64.1.1', true],
  ['169.254.169.254', true],
  ['172.31.255.255', true],
  ['172.32.0.1', false],
  ['255.255.255.255', true],
  ['::', true],
  ['fd00::1', true],
  ['fe80::1', true],
  ['::ffff:10.1.2.3', true],
  ['::ffff:8.8.8.8', false],
  ['no address', true],
])('%s is private: %s', (address, expected) => {
  expect(isPrivateAddress(address)).toBe(expected);
});
