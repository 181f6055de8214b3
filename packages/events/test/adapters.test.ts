import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import express from 'express';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { toFetchHandler } from '../src/adapters/fetch.js';
import { toFastifyPlugin, toNodeHandler } from '../src/adapters/node.js';
import { fastify } from 'fastify';
import { listen, serveNode, servers, type Serve } from './serve.js';
import { emporixHeaders, openBench, svixHeaders, type Bench } from './support.js';

const BODY = '{ "id": "ä€😀", "price": 1.50 }';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function open(
  serve: Serve,
  options: Parameters<typeof openBench>[0] = {},
): Promise<Bench & { readonly url: string }> {
  const bench = openBench(options);
  const serving = await serve(bench.receiver);
  closers.push(() => serving.close());
  return { ...bench, url: serving.url };
}

function post(url: string, headers: Record<string, string>, body: string = BODY): Promise<Response> {
  return fetch(url, { method: 'POST', headers, body });
}

describe.each(Object.entries(servers))('%s', (_name, serve) => {
  test('hands over the bytes as they are, from both senders', async () => {
    const { url, receiver } = await open(serve);
    const bodies: string[] = [];
    receiver.on('order.created', ({ rawBody }) => bodies.push(Buffer.from(rawBody).toString()));
    const answers = [await post(url, emporixHeaders(BODY)), await post(url, svixHeaders(BODY))];
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(await answers[0]?.json()).toEqual({ outcome: 'handled' });
    expect(bodies).toEqual([BODY, BODY]);
  });

  test('takes every content type that may hold JSON', async () => {
    const { url } = await open(serve);
    const types = ['text/plain', 'application/octet-stream', 'application/cloudevents+json; charset=utf-8'];
    const answers = types.map((type) => post(url, { ...emporixHeaders(BODY), 'content-type': type }));
    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([200, 200, 200]);
  });

  test('takes an address below its own, with its query', async () => {
    const { url, unhandled } = await open(serve, { eventType: (request) => request.url.pathname + request.url.search });
    await post(`${url}/cart.closed?tenant=acme`, emporixHeaders(BODY));
    expect(unhandled).toMatchObject([{ type: '/hooks/cart.closed?tenant=acme' }]);
  });

  test('answers HEAD and OPTIONS with success', async () => {
    const { url } = await open(serve);
    const probes = await Promise.all(['HEAD', 'OPTIONS'].map((method) => fetch(url, { method })));
    expect(probes.map(({ status, headers }) => [status, headers.get('allow')])).toEqual([
      [204, 'POST, HEAD, OPTIONS'],
      [204, 'POST, HEAD, OPTIONS'],
    ]);
  });

  test.each(['GET', 'PUT', 'DELETE'])('does not take %s', async (method) => {
    const { url } = await open(serve);
    const { status, headers } = await fetch(url, { method });
    expect([status, headers.get('allow')]).toEqual([405, 'POST, HEAD, OPTIONS']);
  });

  test('refuses a wrong signature and asks to try again when a handler fails', async () => {
    const { url } = await open(serve, { fallback: () => Promise.reject(new Error('no')) });
    const wrong = await post(url, emporixHeaders('other'));
    const failed = await post(url, emporixHeaders(BODY));
    expect([wrong.status, failed.status]).toEqual([401, 503]);
  });

  test('refuses a body that is too long, announced or not', async () => {
    const { url } = await open(serve, { maxBodyBytes: 100 });
    const long = `{"a":"${'x'.repeat(100)}"}`;
    const announced = await post(url, emporixHeaders(long), long);
    const streamed = await fetch(url, {
      method: 'POST',
      headers: emporixHeaders(long),
      body: new Blob([long]).stream(),
      duplex: 'half',
    });
    expect([announced.status, streamed.status]).toEqual([413, 413]);
    expect((await post(url, emporixHeaders(BODY))).status).toBe(200);
  });

  test('outlives a sender that hangs up', async () => {
    const { url, outcomes } = await open(serve);
    const { port, hostname } = new URL(url);
    const socket = connect(Number(port), hostname);
    socket.write('POST /hooks HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 100\r\n\r\n{');
    await vi.waitFor(() => expect(socket.pending).toBe(false));
    socket.destroy();
    expect((await post(url, emporixHeaders(BODY))).status).toBe(200);
    await vi.waitFor(() => expect(outcomes.length).toBeGreaterThan(0));
  });
});

test('a body that express.json() has parsed is refused, and it is said what to do', async () => {
  const { url, outcomes } = await open((receiver) => listen(express().use(express.json(), toNodeHandler(receiver))));
  const answer = await post(url, emporixHeaders(BODY));
  expect([answer.status, await answer.json()]).toEqual([
    500,
    { outcome: 'broken', step: 'read-body', message: expect.stringContaining('in front of express.json()') },
  ]);
  expect(outcomes).toMatchObject([{ kind: 'broken', step: 'read-body', error: { name: 'RawBodyLostError' } }]);
});

test('a parser that keeps the bytes may come first', async () => {
  const keep = express.json({
    verify: (request, _response, bytes) => {
      Object.assign(request, { rawBody: bytes });
    },
  });
  const { url } = await open((receiver) => listen(express().use(keep, toNodeHandler(receiver))));
  expect((await post(url, emporixHeaders(BODY))).status).toBe(200);
});

test('an answer that somebody else gave before stays as it is', async () => {
  const { url, outcomes } = await open((receiver) =>
    listen((incoming, response) => {
      toNodeHandler(receiver)(incoming, response);
      response.writeHead(504).end();
    }),
  );
  expect((await post(url, emporixHeaders(BODY))).status).toBe(504);
  await vi.waitFor(() => expect(outcomes).toMatchObject([{ kind: 'handled' }]));
});

test('a request whose body is used up is refused', async () => {
  const { receiver } = openBench();
  const request = new Request('http://shop.example/hooks', {
    method: 'POST',
    headers: emporixHeaders(BODY),
    body: BODY,
  });
  await request.text();
  const answer = await toFetchHandler(receiver)(request);
  expect([answer.status, await answer.text()]).toEqual([500, expect.stringContaining('parsed before')]);
});

test('other routes of Fastify keep their parsers', async () => {
  const app = fastify();
  app.post('/elsewhere', async ({ body }) => body);
  await app.register(toFastifyPlugin(openBench().receiver), { prefix: '/hooks' });
  const { body } = await app.inject({ method: 'POST', url: '/elsewhere', payload: { a: 1 } });
  expect(body).toBe('{"a":1}');
  await app.close();
});

test('a body that is too long ends the connection, and the answer arrives before', async () => {
  const { url } = await open(serveNode, { maxBodyBytes: 10 });
  const { port, hostname } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.write('POST /hooks HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n14\r\n');
  socket.write('x'.repeat(20));
  const answer = await text(socket);
  expect(answer).toMatch(/^HTTP\/1.1 413 [^]*connection: close/i);
});
