import { describe, expect, it } from 'vitest';

import { ApiError, createEmporixApi, InvalidArgumentError, type Config, type EmporixApiOptions } from '../src/index.js';
import { systemClock } from '../src/clock.js';
import { clientOf, rejection } from './support/client.js';
import { empty, html, json, silence } from './support/replies.js';
import { closedUrl, serve } from './support/server.js';

/** Whether the error of a replacement says that it may have been carried out. */
async function flagOf(...replies: Parameters<typeof serve>): Promise<boolean | undefined> {
  const { webhooks } = clientOf(await serve(...replies), { timeoutMs: 500, retry: { maxAttempts: 2 } });
  const error = await rejection(webhooks.replaceConfig('erp', { provider: 'SVIX_SHARED' }));
  return error instanceof ApiError ? error.ambiguous : undefined;
}

const lost: Parameters<typeof serve>[0] = (response) => response.destroy();
const http: Config = { code: 'erp', provider: 'HTTP', active: true };

describe('a request', () => {
  it('carries the token, the tenant and the usual headers', async () => {
    const server = await serve(json(200, []));
    await clientOf(server, { headers: { 'x-team': 'north' } }).webhooks.listSubscriptions({
      headers: { 'accept-language': 'de' },
    });
    expect(server.requests[0]?.headers).toMatchObject({
      authorization: 'Bearer token-1',
      'emporix-tenant': 'acme',
      accept: 'application/json',
      'accept-language': 'de',
      'user-agent': 'gateway-sync-api',
      'x-team': 'north',
    });
    expect(server.requests[0]?.headers).not.toHaveProperty('content-type');
  });

  it('has the path, query and body of its operation', async () => {
    const server = await serve(empty(204));
    const { webhooks } = clientOf(server);
    await webhooks.deleteConfig('a b?#%&+ü');
    await webhooks.deleteConfig('erp', { force: true });
    await webhooks.patchConfig('erp', [{ op: 'REMOVE', path: '/configuration/http/headers' }]);
    await webhooks.replaceConfig('erp', { provider: 'SVIX_SHARED', active: true });
    expect(server.requests.map(({ method, path, body }) => [method, path, body])).toEqual([
      ['DELETE', '/webhook/acme/config/a%20b%3F%23%25%26%2B%C3%BC', ''],
      ['DELETE', '/webhook/acme/config/erp?force=true', ''],
      ['PATCH', '/webhook/acme/config/erp', '[{"op":"REMOVE","path":"/configuration/http/headers"}]'],
      ['PUT', '/webhook/acme/config/erp', '{"provider":"SVIX_SHARED","active":true}'],
    ]);
    expect(server.requests.map(({ headers }) => headers['content-type'])).toEqual([
      undefined,
      undefined,
      'application/json',
      'application/json',
    ]);
  });

  it('asks for the months given', async () => {
    const server = await serve(json(200, { monthStatistics: [], webhooksLimit: 10_000 }));
    const { webhooks } = clientOf(server);
    expect(await webhooks.getStatistics()).toEqual({ monthStatistics: [], webhooksLimit: 10_000 });
    await webhooks.getStatistics({ fromYearMonth: '2026-01', toYearMonth: '2026-11' });
    expect(server.requests.map(({ path }) => path)).toEqual([
      '/webhook/acme/statistics',
      '/webhook/acme/statistics?fromYearMonth=2026-01&toYearMonth=2026-11',
    ]);
  });

  it('never follows a redirect, so that the token stays here', async () => {
    const elsewhere = await serve(json(200, []));
    const server = await serve(empty(302, { location: elsewhere.url }));
    const error = await rejection(clientOf(server).webhooks.listConfigs());
    expect(error).toMatchObject({ name: 'UnexpectedStatusError', status: 302 });
    expect(elsewhere.requests).toEqual([]);
  });
});

describe('a success that the API document does not mention', () => {
  it.each([200, 202, 204])('is a success all the same: %i for the writes that answer nothing', async (status) => {
    const server = await serve(status === 204 ? empty(204) : html(status, 'whatever'));
    const { webhooks } = clientOf(server);
    expect([
      await webhooks.replaceConfig('erp', { provider: 'SVIX_SHARED' }),
      await webhooks.patchConfig('erp', [{ op: 'UPSERT', path: '/active', value: true }]),
      await webhooks.deleteConfig('erp'),
    ]).toEqual([undefined, undefined, undefined]);
  });

  it('is a success all the same: 200 for 207 and for 201', async () => {
    const server = await serve(json(200, [{ eventType: 'a', code: 200, status: 'OK' }]), json(200, { code: 'erp' }));
    const { webhooks } = clientOf(server);
    expect((await webhooks.updateSubscriptions([{ eventType: 'a' }])).ok).toBe(true);
    expect(await webhooks.createConfig({ code: 'erp', provider: 'SVIX_SHARED' })).toEqual({ code: 'erp' });
  });

  it('leaves every item missing when it has no body', async () => {
    const server = await serve(empty(204));
    const result = await clientOf(server).webhooks.updateSubscriptions([{ eventType: 'a' }]);
    expect(result.items).toEqual([{ request: { eventType: 'a' }, state: 'missing', ambiguous: false }]);
  });
});

describe('the list of configs', () => {
  it.each([[[http]], [{ configs: [http] }]])('is read from %j', async (body) => {
    const server = await serve(json(200, body));
    expect(await clientOf(server).webhooks.listConfigs()).toEqual([http]);
  });

  it('is an error when it is neither', async () => {
    const server = await serve(json(200, { configs: 'none' }));
    expect(await rejection(clientOf(server).webhooks.listConfigs())).toMatchObject({ name: 'ResponseFormatError' });
  });
});

describe('a repeated request', () => {
  const gone = json(404, { code: 404, status: 'Not Found' });

  it('has deleted what is gone, when the answer to the one before was lost', async () => {
    const server = await serve((response) => response.destroy(), gone);
    await clientOf(server).webhooks.deleteConfig('erp');
    expect(server.requests).toHaveLength(2);
  });

  it.each([
    { what: 'nothing was repeated', replies: [gone] as const },
    { what: 'the one before was not carried out', replies: [empty(429), gone] as const },
  ])('has not deleted what was never there: $what', async ({ replies: [first, second = gone] }) => {
    const server = await serve(first, second);
    expect(await rejection(clientOf(server).webhooks.deleteConfig('erp'))).toMatchObject({
      name: 'NotFoundError',
      status: 404,
    });
  });

  it('marks the conflicts it may have made itself', async () => {
    const items = [{ eventType: 'a', metadata: { version: 1 } }];
    const conflict = json(207, [{ eventType: 'a', code: 409, status: 'CONFLICT' }]);
    const flags = async (...replies: Parameters<typeof serve>): Promise<unknown> => {
      const result = await clientOf(await serve(...replies)).webhooks.updateSubscriptions(items);
      return [result.meta.ambiguous, result.items.map(({ state, ambiguous }) => [state, ambiguous])];
    };
    expect(await flags(empty(503), conflict)).toEqual([true, [['conflict', true]]]);
    expect(await flags(empty(429), conflict)).toEqual([false, [['conflict', false]]]);
    expect(await flags(conflict)).toEqual([false, [['conflict', false]]]);
  });

  it('is not made for a creation that may have succeeded', async () => {
    const server = await serve(empty(500));
    const error = await rejection(clientOf(server).webhooks.createConfig({ code: 'erp', provider: 'SVIX_SHARED' }));
    expect(error).toMatchObject({ name: 'ServerError', attempts: 1, ambiguous: true });
  });

  it('says with its error whether one before may have been carried out', async () => {
    const refusal = json(409, {});
    expect(await flagOf(refusal)).toBe(false);
    expect(await flagOf(empty(429), refusal)).toBe(false);
    expect(await flagOf(empty(429))).toBe(false);
    expect(await flagOf(lost, refusal)).toBe(true);
    expect(await flagOf(lost, empty(429))).toBe(true);
    expect(await flagOf(empty(429), lost)).toBe(true);
    expect(await flagOf(empty(503))).toBe(true);
    expect(await flagOf(silence())).toBe(true);
    const { webhooks } = clientOf(await serve(html(200, '<p>Log in</p>')));
    const error = await rejection(webhooks.createConfig({ code: 'erp', provider: 'SVIX_SHARED' }));
    expect(error).toMatchObject({ name: 'ResponseFormatError', ambiguous: true });
  });
});

describe('a rate limit', () => {
  it('that asks for more patience than allowed fails at once', async () => {
    const server = await serve(empty(429, { 'retry-after': '31' }));
    const error = await rejection(clientOf(server).webhooks.listConfigs());
    expect(error).toMatchObject({ name: 'RateLimitedError', attempts: 1, retryAfterMs: 31_000, transient: true });
  });

  it('that lasts fails after the attempts allowed', async () => {
    const server = await serve(empty(429));
    const error = await rejection(clientOf(server, { retry: { maxAttempts: 3 } }).webhooks.listConfigs());
    expect(error).toMatchObject({ name: 'RateLimitedError', attempts: 3 });
  });
});

it('an outage is not multiplied by everybody’s retries', async () => {
  const server = await serve(empty(503));
  const api = clientOf(server, { clock: { ...systemClock, now: () => 0 }, retry: { baseMs: 0 } });
  await Promise.all(Array.from({ length: 40 }, () => rejection(api.webhooks.listConfigs())));
  expect(server.requests).toHaveLength(40 + 10);
});

describe('facts about a call', () => {
  it('come with an outcome', async () => {
    const server = await serve(empty(503), json(200, [], { 'x-request-id': 'r-1' }));
    const { meta } = await clientOf(server).request('listConfigs', {});
    expect(meta).toEqual({
      operationId: 'listConfigs',
      status: 200,
      attempts: 2,
      durationMs: expect.any(Number),
      ambiguous: true,
      requestId: 'r-1',
    });
  });

  it('come with an error', async () => {
    const server = await serve(
      json(409, { code: 409, status: 'Conflict', message: 'exists', details: ['code'] }, { 'x-correlation-id': 'c-1' }),
    );
    const error = await rejection(clientOf(server).webhooks.createConfig({ code: 'erp', provider: 'SVIX_SHARED' }));
    expect(JSON.parse(JSON.stringify(error))).toEqual({
      name: 'ConflictError',
      code: 'conflict',
      message: 'createConfig answered 409: exists',
      operationId: 'createConfig',
      method: 'POST',
      pathTemplate: '/webhook/{tenant}/config',
      attempts: 1,
      ambiguous: false,
      status: 409,
      transient: false,
      problem: { message: 'exists', code: 'Conflict', details: ['code'] },
      requestId: 'c-1',
    });
  });

  it('tell a refused connection from a broken one', async () => {
    const server = await serve((response) => response.destroy());
    const broken = await rejection(clientOf(server, { retry: false }).webhooks.listConfigs());
    expect(broken).toMatchObject({ name: 'ConnectionError', phase: 'inflight', networkCode: 'UND_ERR_SOCKET' });
    const url = await closedUrl();
    const refused = await rejection(clientOf({ url }, { retry: false }).webhooks.listConfigs());
    expect(refused).toMatchObject({
      name: 'ConnectionError',
      phase: 'connect',
      networkCode: 'ECONNREFUSED',
      origin: url,
      message: `listConfigs failed: no connection to ${url} (ECONNREFUSED)`,
    });
  });
});

describe('a wrong argument', () => {
  it.each(['', '.', '..', 'a/b', 'a\\b', 'a\nb', '\ud800'])(
    'is refused before anything is sent: code %j',
    async (code) => {
      const server = await serve(json(200, {}));
      const { webhooks } = clientOf(server);
      const errors = await Promise.all([rejection(webhooks.getConfig(code)), rejection(webhooks.deleteConfig(code))]);
      expect(errors).toEqual([expect.any(InvalidArgumentError), expect.any(InvalidArgumentError)]);
      expect(server.requests).toEqual([]);
    },
  );

  it.each<[string, Partial<EmporixApiOptions>]>([
    ['tenant', { tenant: '..' }],
    ['tenant', { tenant: 'a/b' }],
    ['baseUrl', { baseUrl: 'api.emporix.io' }],
    ['baseUrl', { baseUrl: 'https://user:password@api.emporix.io' }],
    ['timeoutMs', { timeoutMs: 0 }],
    ['totalTimeoutMs', { totalTimeoutMs: Infinity }],
    ['concurrency', { concurrency: 0 }],
    ['retry.maxAttempts', { retry: { maxAttempts: 0 } }],
    ['retry.baseMs', { retry: { baseMs: -1 } }],
    ['clientSecret', { auth: { clientId: 'a', clientSecret: '' } }],
    ['tokenUrl', { auth: { clientId: 'a', clientSecret: 'b', tokenUrl: 'ftp://x' } }],
  ])('is refused when the client is made: %s', (name, options) => {
    const make = (): unknown =>
      createEmporixApi({ tenant: 'acme', auth: { clientId: 'a', clientSecret: 'b' }, ...options });
    expect(make).toThrow(InvalidArgumentError);
    expect(make).toThrow(name);
  });

  it('is refused when it is a header that cannot be sent', async () => {
    const server = await serve(json(200, []));
    const error = await rejection(clientOf(server).webhooks.listConfigs({ headers: { 'x-a': 'b\nc' } }));
    expect(error).toBeInstanceOf(InvalidArgumentError);
  });
});
