import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { ApiError, createEmporixApi } from '../src/index.js';
import { readProblem } from '../src/problem.js';
import { clientOf, rejection } from './support/client.js';
import { empty, html, json, tokens } from './support/replies.js';
import { serve, type Reply } from './support/server.js';
import { svixOf } from './support/svix.js';

const LIMIT = 8 * 1024 * 1024;
const raw =
  (status: number, body: string, headers: Record<string, string> = {}): Reply =>
  (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
  };

/** Writes for as long as it is read, and counts. */
function endless(): { reply: Reply; sent: () => number } {
  let sent = 0;
  const chunk = Buffer.alloc(256 * 1024, ' ');
  const reply: Reply = (response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    const write = (): void => {
      while (!response.destroyed) {
        sent += chunk.length;
        if (!response.write(chunk)) return void response.once('drain', write);
      }
    };
    write();
  };
  return { reply, sent: () => sent };
}

describe('an answer that is too long', () => {
  it('is not read to its end, and the request is not repeated', async () => {
    const { reply, sent } = endless();
    const server = await serve(reply);
    const error = await rejection(clientOf(server).webhooks.listConfigs());
    expect(error).toMatchObject({ name: 'ResponseTooLargeError', status: 200, attempts: 1, maxBytes: LIMIT });
    expect(String(error)).toContain(`listConfigs answered 200 with more than ${LIMIT} bytes`);
    expect(sent()).toBeLessThan(3 * LIMIT);
  });

  it('is measured unpacked: a small bomb does not grow in memory', async () => {
    const bomb = gzipSync(Buffer.alloc(256 * 1024 * 1024, ' '));
    const server = await serve((response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end(bomb);
    });
    const before = process.memoryUsage().rss;
    expect(await rejection(clientOf(server).webhooks.listConfigs())).toMatchObject({ name: 'ResponseTooLargeError' });
    expect(process.memoryUsage().rss - before).toBeLessThan(128 * 1024 * 1024);
  });

  it('is refused for tokens and by Svix as well, and for every status', async () => {
    const long = ' '.repeat(2_000);
    const oauth = await serve(raw(200, long));
    const auth = { clientId: 'id', clientSecret: 'secret-of-acme' };
    const api = createEmporixApi({ tenant: 'acme', baseUrl: oauth.url, auth, maxResponseBytes: 1_000 });
    expect(await rejection(api.webhooks.listConfigs())).toMatchObject({ name: 'TokenError' });
    const svix = await serve(raw(400, long));
    expect(await rejection(svixOf(svix, { maxResponseBytes: 1_000 }).getApplication())).toMatchObject({
      name: 'ResponseTooLargeError',
      status: 400,
    });
  });

  it('can be as long as it may be', async () => {
    const server = await serve(raw(200, `[${' '.repeat(998)}]`));
    expect(await clientOf(server, { maxResponseBytes: 1_000 }).webhooks.listConfigs()).toEqual([]);
  });

  it('made of pages is refused as a whole', async () => {
    const pages = Array.from({ length: 12 }, (_, page) =>
      json(200, { data: [{ id: 'x'.repeat(7_000_000) }], done: false, iterator: `page-${page}` }),
    );
    const [first = empty(500), ...rest] = pages;
    const server = await serve(first, ...rest);
    const error = await rejection(svixOf(server).listAllEndpoints());
    expect(String(error)).toContain('without a list of 67108864 characters or less');
    expect(server.requests).toHaveLength(10);
  });
});

const DEEP = 200_000;

describe('an answer that is nested very deep', () => {
  const nested = '['.repeat(DEEP) + ']'.repeat(DEEP);
  const objects = '{"a":'.repeat(DEEP) + '1' + '}'.repeat(DEEP);

  it.each([
    ['a list', nested],
    ['an object', objects],
    ['a header', `{"headers":${objects},"sensitive":[]}`],
    ['a finding', `{"detail":[{"msg":"no","loc":${nested}}]}`],
  ])('as %s ends the call in an error of the client or in an answer, never in a crash', async (_, body) => {
    for (const status of [200, 207, 400]) {
      const server = await serve(raw(status, body));
      const { webhooks } = clientOf(server);
      const svix = svixOf(server);
      const calls = [
        webhooks.listConfigs(),
        webhooks.getDashboardAccess(),
        webhooks.updateSubscriptions([{ eventType: 'a' }]),
        svix.getEndpointHeaders('ep'),
        svix.getEndpointSecret('ep'),
      ];
      const results = await Promise.allSettled(calls);
      const failures = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []));
      expect(failures.filter((failure) => !(failure instanceof ApiError))).toEqual([]);
    }
  });

  it('inside the items of a bulk answer is masked', async () => {
    const server = await serve(raw(207, `[{"eventType":"a","code":409,"status":"Conflict","details":${nested}}]`));
    const { items } = await clientOf(server).webhooks.updateSubscriptions([{ eventType: 'a' }]);
    expect(items[0]?.result).toMatchObject({ code: 409 });
  });
});

it('no text of an error page holds up the process', async () => {
  const bodies = ['<', '<a ', 'bearer ', 'https://', 'access_token ', 'access_token=', '\u0000', '" '].map((part) =>
    `<${part.repeat(1_000_000)}`.slice(0, 4_000_000),
  );
  for (const body of bodies) {
    const server = await serve(html(400, body));
    const startedAt = performance.now();
    await rejection(clientOf(server).webhooks.listConfigs());
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  }
});

it('whatever JSON a refusal has, a reason comes of it', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom('detail', 'details', 'fault', 'message', 'code'), (value, name) => {
      for (const body of [value, { [name]: value }, { [name]: [{ msg: 'x', loc: value }] }, { [name]: [value] }]) {
        expect(readProblem(body, (text) => text).message).toBeTypeOf('string');
      }
      const spiteful = { detail: [{ msg: 'x', loc: [{ toString: 1, valueOf: 1 }, 'body', 0] }] };
      expect(readProblem(spiteful, (text) => text).message).toBe('body.0: x');
    }),
  );
});

it.each([301, 302, 303, 307, 308])('a redirect with %i is not followed, to this host neither', async (status) => {
  const elsewhere = await serve(json(200, []));
  const targets = [elsewhere.url, `${elsewhere.url.replace('http:', '')}/x`, '/webhook/acme/configs?again', '/'];
  for (const location of targets) {
    const server = await serve(tokens(), empty(status, { location }));
    const auth = { clientId: 'id', clientSecret: 'secret-of-acme' };
    const api = createEmporixApi({ tenant: 'acme', baseUrl: server.url, auth });
    expect(await rejection(api.webhooks.listConfigs())).toMatchObject({ name: 'UnexpectedStatusError', status });
    expect(server.requests).toHaveLength(2);
    const refusing = await serve(empty(status, { location }));
    const unknown = createEmporixApi({ tenant: 'acme', baseUrl: refusing.url, auth });
    expect(await rejection(unknown.webhooks.listConfigs())).toMatchObject({ name: 'TokenError' });
    expect(refusing.requests).toHaveLength(1);
  }
  expect(elsewhere.requests).toEqual([]);
});

it('no key of an answer reaches a prototype', async () => {
  const poison =
    '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"headers":{"__proto__":"x"},"sensitive":[]}';
  const server = await serve(raw(200, poison));
  const svix = svixOf(server);
  await Promise.allSettled([svix.getEndpointHeaders('ep'), svix.getApplication(), svix.getEndpointSecret('ep')]);
  const bulk = await serve(
    raw(207, `[{"eventType":"__proto__","code":200},{"__proto__":{"polluted":1},"eventType":"a"}]`),
  );
  await clientOf(bulk).webhooks.updateSubscriptions([{ eventType: 'a' }, { eventType: '__proto__' }]);
  expect(Reflect.get({}, 'polluted')).toBeUndefined();
});
