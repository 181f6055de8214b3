import { describe, expect, it } from 'vitest';

import { createSvixApi, InvalidArgumentError, type SvixApi, type SvixOperationId } from '../src/index.js';
import { clientOf, rejection } from './support/client.js';
import { empty, json } from './support/replies.js';
import { serve, type Received, type Reply } from './support/server.js';
import { everySvixOperation, secret, svixOf, url } from './support/svix.js';

const app = '/api/v1/app/acme';
const endpoint = `${app}/endpoint/erp`;
const since = '2026-03-01T08:00:00Z';

/** Method, path and body of the request that each operation of `everySvixOperation` sends. */
const requests: Record<SvixOperationId, readonly [method: string, path: string, body?: unknown]> = {
  createApplication: ['POST', '/api/v1/app', { name: 'Acme' }],
  createAppPortalAccess: ['POST', '/api/v1/auth/app-portal-access/acme', { expiry: 3600 }],
  createEndpoint: ['POST', `${app}/endpoint`, { url, secret }],
  createMessage: ['POST', `${app}/msg`, { eventType: 'order.created', payload: { id: '1' } }],
  deleteApplication: ['DELETE', app],
  deleteEndpoint: ['DELETE', endpoint],
  getApplication: ['GET', app],
  getEndpoint: ['GET', endpoint],
  getEndpointHeaders: ['GET', `${endpoint}/headers`],
  getEndpointSecret: ['GET', `${endpoint}/secret`],
  getEndpointStats: ['GET', `${endpoint}/stats?since=${encodeURIComponent(since)}`],
  getEventType: ['GET', '/api/v1/event-type/order.created'],
  listApplications: ['GET', '/api/v1/app?limit=5'],
  listEndpoints: ['GET', `${app}/endpoint?limit=5&order=descending&iterator=ep_1`],
  listEventTypes: ['GET', '/api/v1/event-type?include_archived=true&limit=5'],
  listMessages: [
    'GET',
    `${app}/msg?limit=250&iterator=msg_1&after=${encodeURIComponent(since)}&event_types=order.created%2Corder.updated&with_content=false`,
  ],
  logout: ['POST', '/api/v1/auth/logout'],
  patchEndpoint: ['PATCH', endpoint, { eventTypes: null, disabled: false }],
  patchEndpointHeaders: ['PATCH', `${endpoint}/headers`, { headers: { 'x-a': '1', 'x-b': null } }],
  recoverEndpoint: ['POST', `${endpoint}/recover`, { since }],
  replaceApplication: ['PUT', app, { name: 'Acme' }],
  replaceEndpoint: ['PUT', endpoint, { url, uid: 'erp' }],
  replayMissing: ['POST', `${endpoint}/replay-missing`, { since }],
  rotateEndpointSecret: ['POST', `${endpoint}/secret/rotate`, { key: secret }],
  sendExample: ['POST', `${endpoint}/send-example`, { eventType: 'svix.ping' }],
  setEndpointHeaders: ['PUT', `${endpoint}/headers`, { headers: { 'x-a': '1' } }],
};

/** Fits every operation. */
const anything = json(200, {
  data: [],
  done: true,
  key: secret,
  url: 'https://app.svix.com/login#key=a',
  token: 'appsk_a',
  headers: {},
  sensitive: [],
});

const operationIds = Object.keys(requests) as SvixOperationId[];
const named = operationIds.flatMap((operationId) => {
  const { named: call } = everySvixOperation[operationId];
  return call === undefined ? [] : [{ operationId, call }];
});
const bytes = ({ method, path, body }: Received): unknown[] => [method, path, body];

describe('the request of an operation', () => {
  it.each(operationIds)('is written from its document: %s', async (operationId) => {
    const server = await serve(anything);
    await everySvixOperation[operationId].outcome(svixOf(server));
    const [method, path, body] = requests[operationId];
    expect(server.requests.map(bytes)).toEqual([[method, path, body === undefined ? '' : JSON.stringify(body)]]);
  });

  it.each(named)('is the same through its method: $operationId', async ({ operationId, call }) => {
    const server = await serve(anything);
    const api = svixOf(server);
    await everySvixOperation[operationId].outcome(api);
    await call(api);
    const [low, high] = server.requests.map(bytes);
    expect(high).toEqual(low);
  });

  it('carries the token and the usual headers, and nothing of Emporix', async () => {
    const server = await serve(json(200, {}));
    await svixOf(server, { headers: { 'x-team': 'north' } }).getApplication({ headers: { 'x-call': '1' } });
    expect(server.requests[0]?.headers).toMatchObject({
      authorization: 'Bearer token-1',
      accept: 'application/json',
      'user-agent': 'gateway-sync-api',
      'x-team': 'north',
      'x-call': '1',
    });
    for (const absent of ['emporix-tenant', 'content-type', 'idempotency-key']) {
      expect(server.requests[0]?.headers).not.toHaveProperty(absent);
    }
  });

  it('names a body of JSON', async () => {
    const server = await serve(json(200, {}));
    await svixOf(server).patchEndpoint('erp', { url });
    expect(server.requests[0]?.headers['content-type']).toBe('application/json');
  });

  it('never follows a redirect, so that the token stays here', async () => {
    const elsewhere = await serve(json(200, {}));
    const server = await serve(empty(307, { location: elsewhere.url }));
    const error = await rejection(svixOf(server).getApplication());
    expect(error).toMatchObject({ name: 'UnexpectedStatusError', status: 307 });
    expect(elsewhere.requests).toEqual([]);
  });

  it.each(['', '.', '..', 'a/b', 'a\nb'])('is not sent for the endpoint %j', async (endpointId) => {
    const server = await serve(json(200, {}));
    const api = svixOf(server);
    const calls = [api.getEndpoint(endpointId), api.deleteEndpoint(endpointId), api.getEndpointSecret(endpointId)];
    expect(await Promise.all(calls.map(rejection))).toEqual(Array(3).fill(expect.any(InvalidArgumentError)));
    expect(server.requests).toEqual([]);
  });
});

describe('a client', () => {
  const options = { appId: 'acme', baseUrl: 'https://api.eu.svix.com', auth: { token: 'appsk_a.eu' } };

  it.each([
    ['appId', { appId: 'a/b' }],
    ['appId', { appId: '' }],
    ['baseUrl', { baseUrl: '' }],
    ['baseUrl', { baseUrl: 'https://user:password@api.eu.svix.com' }],
    ['access token', { auth: { token: '' } }],
    ['access token', { auth: { token: 'a\nb' } }],
    ['timeoutMs', { timeoutMs: 0 }],
  ])('is not made with a wrong %s', (name, wrong) => {
    const make = (): SvixApi => createSvixApi({ ...options, ...wrong });
    expect(make).toThrow(InvalidArgumentError);
    expect(make).toThrow(name);
  });

  it('is told apart from one of Emporix by the hooks', async () => {
    const upstreams: string[] = [];
    const hooks = { onAttempt: ({ upstream }: { upstream: string }) => void upstreams.push(upstream) };
    const server = await serve(json(200, []));
    await svixOf(server, { hooks }).logout();
    await clientOf(server, { hooks }).webhooks.listConfigs();
    expect(upstreams).toEqual(['svix', 'emporix']);
  });
});

describe('a success that the API document does not mention', () => {
  it.each<[string, Reply, (api: SvixApi) => Promise<unknown>, unknown]>([
    ['an empty 202 for a rotation', empty(202), (api) => api.rotateEndpointSecret('erp'), undefined],
    ['200 for headers', json(200, {}), (api) => api.setEndpointHeaders('erp', {}), undefined],
    ['200 for a deletion', json(200, {}), (api) => api.deleteEndpoint('erp'), undefined],
    ['200 for a creation', json(200, { id: 'ep_1' }), (api) => api.createEndpoint({ url }), { id: 'ep_1' }],
  ])('is a success all the same: %s', async (_, reply, call, expected) => {
    expect(await call(svixOf(await serve(reply)))).toEqual(expected);
  });
});

it('an endpoint that is gone after a repeated request counts as deleted, one that never was does not', async () => {
  const gone = json(404, { code: 'not_found', detail: 'Entity not found' });
  await svixOf(await serve(empty(503), gone)).deleteEndpoint('erp');
  expect(await rejection(svixOf(await serve(gone)).deleteEndpoint('erp'))).toMatchObject({
    name: 'NotFoundError',
    message: 'deleteEndpoint answered 404: Entity not found',
  });
});
