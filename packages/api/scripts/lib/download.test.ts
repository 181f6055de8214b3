import type { RequestListener } from 'node:http';
import { expect, test } from 'vitest';
import { documentServer } from '../testing/document-server.ts';
import { download, type DownloadOptions } from './download.ts';

const text = 'openapi: 3.1.0\n';

async function fetchFrom(listener: RequestListener, options: Partial<DownloadOptions> = {}) {
  const server = await documentServer(listener);
  return download(new URL(server.url), { timeoutMs: 5000, maxBytes: 1000, ...options });
}

const knowing: RequestListener = (request, response) => {
  response.writeHead(request.headers['if-none-match'] === '"1"' ? 304 : 500).end();
};
const stalled: RequestListener = (_request, response) => {
  response.write(text);
};

test('a document comes with the name that the server has for it', async () => {
  const answer = await fetchFrom((_request, response) => response.setHeader('etag', '"1"').end(text));
  expect(answer).toEqual({ type: 'document', text, etag: '"1"' });
});

test('what the server says is unchanged is not sent again', async () => {
  expect(await fetchFrom(knowing, { etag: '"1"' })).toEqual({ type: 'unchanged' });
  await expect(fetchFrom(knowing)).rejects.toThrow('answered 500; try again later');
});

const doubts: readonly (readonly [what: string, listener: RequestListener, message: RegExp])[] = [
  [
    'a status of failure',
    (_request, response) => response.writeHead(404).end(),
    /answered 404; is the address right\?$/,
  ],
  ['304 that nobody asked for', (_request, response) => response.writeHead(304).end(), /answered 304/],
  [
    'a page',
    (_request, response) => response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<html>'),
    /answered with an HTML page/,
  ],
  [
    'a way to a login, whose secrets are not shown',
    (_request, response) => response.writeHead(302, { location: 'https://login.example/in?state=s3cret' }).end(),
    /leads to https:\/\/login\.example\/in, which is not followed/,
  ],
  [
    'a connection that breaks',
    (_request, response) => {
      response.writeHead(200, { 'content-length': 100 });
      response.write(text, () => response.destroy());
    },
    /api\.yml: terminated .*; try again later$/,
  ],
  [
    'an answer in pieces of which the last is missing',
    (_request, response) => {
      response.write(text, () => response.destroy());
    },
    /try again later$/,
  ],
  [
    'an answer without an end',
    (request) => {
      request.socket.end(`HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n${text}`);
    },
    /does not say how long/,
  ],
  ['too much', (_request, response) => response.end('x'.repeat(1001)), /more than 1000 bytes/],
  ['other bytes than text', (_request, response) => response.end(Buffer.from([0xff, 0xfe, 0xff])), /not valid/],
];

test.each(doubts)('%s is no document', async (_what, listener, message) => {
  await expect(fetchFrom(listener)).rejects.toThrow(message);
});

test('a server that does not answer, or not to the end, is given up', async () => {
  await expect(fetchFrom(() => undefined, { timeoutMs: 50 })).rejects.toThrow(
    /no answer within 50 ms; try again later/,
  );
  await expect(fetchFrom(stalled, { timeoutMs: 200 })).rejects.toThrow(/no answer within 200 ms/);
});

test('no connection is no document, and the secrets of an address stay in it', async () => {
  const url = new URL('http://127.0.0.1:1/api.yml?token=s3cret');
  const failed = download(url, { timeoutMs: 5000, maxBytes: 1000 });
  await expect(failed).rejects.toThrow(/^http:\/\/127\.0\.0\.1:1\/api\.yml: /);
  await expect(failed).rejects.not.toThrow(/s3cret/);
});
