import { describe, expect, it } from 'vitest';

import { createServiceApi, InvalidArgumentError, serviceOperations, type ServiceOperationId } from '../src/index.js';
import { rejection } from './support/client.js';
import { describeDocumentedAnswers } from './support/documented-answers.js';
import { expectNothingSecret } from './support/printed.js';
import { empty, html, json, text } from './support/replies.js';
import { serve, type Received, type Reply } from './support/server.js';
import { everyServiceOperation, serviceOf } from './support/service.js';

const once = { retry: false } as const;
const acme = '/api/v1/tenants/acme';

describeDocumentedAnswers({
  name: 'gateway-sync',
  operations: serviceOperations,
  calls: everyServiceOperation,
  client: (server) => serviceOf(server, once),
  undocumented: [302, 418, 500, 502],
});

/** Method, path and body of the request that each operation of `everyServiceOperation` sends. */
const requests: Record<ServiceOperationId, readonly [method: string, path: string, body?: unknown]> = {
  getHealth: ['GET', '/health'],
  getLiveness: ['GET', '/livez'],
  getMetrics: ['GET', '/metrics'],
  getPlan: ['GET', `${acme}/plan`],
  getQuota: ['GET', `${acme}/quota`],
  getReadiness: ['GET', '/readyz'],
  getTenant: ['GET', acme],
  listHistory: ['GET', `${acme}/history?limit=5&cursor=4711`],
  listTenants: ['GET', '/api/v1/tenants?state=failing&limit=5&cursor=acme'],
  pauseTenant: ['POST', `${acme}/pause`, { reason: 'moving' }],
  reloadFile: ['POST', '/api/v1/reload'],
  resumeTenant: ['POST', `${acme}/resume`],
  syncTenant: ['POST', `${acme}/sync`],
};

const operationIds = Object.keys(requests) as ServiceOperationId[];
const named = operationIds.flatMap((operationId) => {
  const { named: call } = everyServiceOperation[operationId];
  return call === undefined ? [] : [{ operationId, call }];
});
const bytes = ({ method, path, body }: Received): unknown[] => [method, path, body];
const anything = json(200, { tenants: [], tenant: 'acme', changed: false });

describe('the request of an operation', () => {
  it.each(operationIds)('is written from its document: %s', async (operationId) => {
    const server = await serve(anything);
    await everyServiceOperation[operationId].outcome(serviceOf(server));
    const [method, path, body] = requests[operationId];
    expect(server.requests.map(bytes)).toEqual([[method, path, body === undefined ? '' : JSON.stringify(body)]]);
  });

  it.each(named)('is the same through its method: $operationId', async ({ operationId, call }) => {
    const server = await serve(anything);
    const api = serviceOf(server);
    await everyServiceOperation[operationId].outcome(api);
    await call(api);
    const [low, high] = server.requests.map(bytes);
    expect(high).toEqual(low);
  });

  it('carries the token where there is one', async () => {
    const server = await serve(anything);
    await serviceOf(server).syncTenant('acme');
    await createServiceApi({ baseUrl: server.url }).getTenant('acme');
    expect(server.requests.map(({ headers }) => headers.authorization)).toEqual(['Bearer token-1', undefined]);
  });

  it('pauses without a reason with an empty body', async () => {
    const server = await serve(anything);
    await serviceOf(server).pauseTenant('acme');
    expect(server.requests.map(bytes)).toEqual([['POST', `${acme}/pause`, '{}']]);
  });

  it.each(['', '.', '..', 'a/b', 'a\\b', 'a\nb'])(
    'is not sent for a tenant that leaves its place: %j',
    async (name) => {
      const server = await serve(anything);
      expect(await rejection(serviceOf(server).getTenant(name))).toBeInstanceOf(InvalidArgumentError);
      expect(server.requests).toEqual([]);
    },
  );
});

/** A page with one tenant. */
const page = (next?: string): Reply =>
  json(200, { tenants: [{ tenant: next ?? 'last' }], total: 3, ...(next !== undefined && { next }) });

describe('the list of all tenants', () => {
  it('is read page by page, with the filter on each', async () => {
    const server = await serve(page('a'), page('b'), page());
    const tenants = await serviceOf(server).listAllTenants({ state: 'failing' });
    expect(tenants.map(({ tenant }) => tenant)).toEqual(['a', 'b', 'last']);
    expect(server.requests.map(({ path }) => path)).toEqual([
      '/api/v1/tenants?state=failing&limit=1000',
      '/api/v1/tenants?state=failing&limit=1000&cursor=a',
      '/api/v1/tenants?state=failing&limit=1000&cursor=b',
    ]);
  });

  it('is not read round in a circle', async () => {
    const server = await serve(page('b'), page('a'), page('b'));
    expect(await rejection(serviceOf(server).listAllTenants())).toMatchObject({ name: 'ResponseFormatError' });
    expect(server.requests).toHaveLength(2);
  });

  it('is no part of a list when a page fails', async () => {
    const server = await serve(page('a'), empty(404));
    expect(await rejection(serviceOf(server, once).listAllTenants())).toMatchObject({ name: 'NotFoundError' });
  });
});

describe('an answer', () => {
  it('says what failed and what helps', async () => {
    const problem = { status: 409, code: 'paused', detail: 'acme is paused', remedy: 'resume it' };
    const error = await rejection(serviceOf(await serve(json(409, problem))).syncTenant('acme'));
    expect(error).toMatchObject({
      message: 'syncTenant answered 409: acme is paused',
      problem: { code: 'paused', remedy: 'resume it' },
    });
  });

  it('with metrics is the text as it came', async () => {
    const lines = '# TYPE up gauge\nup 1\n';
    expect(await serviceOf(await serve(text(200, lines))).getMetrics()).toBe(lines);
  });

  it.each([
    ['a login page', html(200, '<h1>Log in</h1>'), 'a JSON object'],
    ['a list without tenants', json(200, { data: [] }), 'tenants'],
  ])('that is %s is a ResponseFormatError', async (_, reply, expected) => {
    const api = serviceOf(await serve(reply));
    const call = expected === 'tenants' ? api.listTenants() : api.getTenant('acme');
    expect(await rejection(call)).toMatchObject({
      name: 'ResponseFormatError',
      message: expect.stringContaining(expected),
    });
  });

  it.each([
    ['tenant', (api: ReturnType<typeof serviceOf>) => api.syncTenant('acme')],
    ['tenant', (api: ReturnType<typeof serviceOf>) => api.pauseTenant('acme')],
    ['changed', (api: ReturnType<typeof serviceOf>) => api.reloadFile()],
  ])('of something else, without %s, is a ResponseFormatError', async (missing, call) => {
    const error = await rejection(call(serviceOf(await serve(json(200, { hello: 1 })))));
    expect(error).toMatchObject({ name: 'ResponseFormatError', message: expect.stringContaining(missing) });
  });

  it('never makes the token show, whatever quotes it', async () => {
    const token = 'canary-service-token';
    const api = serviceOf(await serve(json(401, { detail: `not ${token}`, remedy: `not ${token}` })), { token });
    const error = await rejection(api.reloadFile());
    expect(error).toMatchObject({ name: 'UnauthorizedError' });
    expectNothingSecret(error);
    expectNothingSecret(api);
  });

  it('is asked for again when none came, since twice is like once', async () => {
    const server = await serve(empty(503), json(202, { tenant: 'acme', trigger: 'manual' }));
    expect(await serviceOf(server).syncTenant('acme')).toEqual({ tenant: 'acme', trigger: 'manual' });
    expect(server.requests).toHaveLength(2);
  });
});
