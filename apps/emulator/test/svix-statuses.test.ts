import { describe, expect, test } from 'vitest';
import { loadContract } from '../src/contract/contract.js';
import { svixHandlers } from '../src/svix/handlers.js';
import { asDocumented, verdictOn } from './documented.js';
import type { Answer } from './support.js';
import { KEY, openSvix, ORDER, type SvixBench } from './svix-bench.js';

/** How to reach each status of each operation; ones that only a fault brings about are not named. */
type Way = (bench: SvixBench) => Promise<Answer>;

const ORG = { token: KEY };
const APP = '/app/acme';
const ENDPOINTS = `${APP}/endpoint`;
const ENDPOINT = `${ENDPOINTS}/erp`;
/** Bad luck that only a fault brings about. */
const FAULTS_ONLY = new Set([413, 429, 500, 501]);
/** Documented, and nothing that can be asked of the emulator leads there. */
const NEVER = new Set([
  'patchEndpoint 400',
  'rotateEndpointSecret 409',
  'recoverEndpoint 400',
  'recoverEndpoint 409',
  'replayMissing 400',
  'replayMissing 409',
  'sendExample 400',
  'sendExample 409',
  'createMessage 400',
  'createAppPortalAccess 400',
  'createAppPortalAccess 409',
  'logout 422',
]);
const url = 'https://hooks.test/a';
const since = '2026-11-14T12:00:00Z';

/** The ways that are the same for every operation; those of the account's owner and of an application differ in 403. */
function common(method: string, path: string, body: unknown, success: number, forOwner = false): Record<number, Way> {
  const narrow: Way = async ({ svix, emulator }) => {
    emulator.setQuirks({ svixCapabilities: [] });
    return svix(method, path, body);
  };
  return {
    [success]: ({ svix }) => svix(method, path, body, forOwner ? ORG : {}),
    401: ({ svix }) => svix(method, path, body, { token: 'nope' }),
    403: narrow,
    422: ({ svix }) => svix(method, path.replace(/acme|erp|order\.created/, 'no%20id'), body, forOwner ? ORG : {}),
    404: ({ svix }) => svix(method, path.replace(/acme|erp|order\.created$/, 'nope'), body, forOwner ? ORG : {}),
  };
}

const post =
  (path: string, body: unknown, options?: object): Way =>
  ({ svix }) =>
    svix('POST', path, body, options);

const ways: Readonly<Record<string, Readonly<Record<number, Way>>>> = {
  listApplications: {
    ...common('GET', '/app', undefined, 200, true),
    422: ({ svix }) => svix('GET', '/app?limit=0', undefined, ORG),
  },
  createApplication: {
    ...common('POST', '/app', { name: 'x' }, 201, true),
    409: post('/app', { name: 'x', uid: 'acme' }, ORG),
    422: post('/app', {}, ORG),
  },
  getApplication: common('GET', APP, undefined, 200),
  replaceApplication: {
    ...common('PUT', APP, { name: 'x', uid: 'acme' }, 200, true),
    201: ({ svix }) => svix('PUT', '/app/new', { name: 'x' }, ORG),
    409: ({ svix }) => svix('PUT', '/app/new', { name: 'x', uid: 'acme' }, ORG),
  },
  deleteApplication: common('DELETE', APP, undefined, 204, true),
  listEndpoints: common('GET', ENDPOINTS, undefined, 200),
  createEndpoint: {
    ...common('POST', ENDPOINTS, { url }, 201),
    400: async (bench) => {
      bench.emulator.setQuirks({ svixEndpointsPerApp: 1 });
      return post(ENDPOINTS, { url })(bench);
    },
    409: post(ENDPOINTS, { url, uid: 'erp' }),
  },
  getEndpoint: common('GET', ENDPOINT, undefined, 200),
  replaceEndpoint: {
    ...common('PUT', ENDPOINT, { url }, 200),
    201: ({ svix }) => svix('PUT', `${ENDPOINTS}/new`, { url }),
    400: ({ svix, emulator }) => {
      emulator.setQuirks({ svixEndpointsPerApp: 1 });
      return svix('PUT', `${ENDPOINTS}/new`, { url });
    },
    404: ({ svix }) => svix('PUT', '/app/nope/endpoint/erp', { url }),
    409: ({ svix }) => svix('PUT', `${ENDPOINTS}/new`, { url, uid: 'erp' }),
  },
  patchEndpoint: {
    ...common('PATCH', ENDPOINT, {}, 200),
    409: async ({ svix, create }) => {
      await create({ uid: 'crm' });
      return svix('PATCH', ENDPOINT, { uid: 'crm' });
    },
  },
  deleteEndpoint: common('DELETE', ENDPOINT, undefined, 204),
  getEndpointSecret: common('GET', `${ENDPOINT}/secret`, undefined, 200),
  rotateEndpointSecret: {
    ...common('POST', `${ENDPOINT}/secret/rotate`, {}, 204),
    400: async (bench) => {
      for (let count = 1; count <= 10; count++) await post(`${ENDPOINT}/secret/rotate`, {})(bench);
      return post(`${ENDPOINT}/secret/rotate`, {})(bench);
    },
  },
  getEndpointHeaders: common('GET', `${ENDPOINT}/headers`, undefined, 200),
  setEndpointHeaders: common('PUT', `${ENDPOINT}/headers`, { headers: {} }, 204),
  patchEndpointHeaders: common('PATCH', `${ENDPOINT}/headers`, { headers: {} }, 204),
  getEndpointStats: {
    ...common('GET', `${ENDPOINT}/stats`, undefined, 200),
    400: ({ svix }) => svix('GET', `${ENDPOINT}/stats?since=2026-10-01T00:00:00Z`),
  },
  recoverEndpoint: common('POST', `${ENDPOINT}/recover`, { since }, 202),
  replayMissing: common('POST', `${ENDPOINT}/replay-missing`, { since }, 202),
  sendExample: {
    ...common('POST', `${ENDPOINT}/send-example`, { eventType: 'svix.ping' }, 202),
    200: async (bench) => {
      bench.emulator.setQuirks({ svixSendExampleStatus: 200 });
      return post(`${ENDPOINT}/send-example`, { eventType: 'svix.ping' })(bench);
    },
  },
  createMessage: {
    ...common('POST', `${APP}/msg`, { eventType: ORDER, payload: {} }, 202, true),
    409: async (bench) => {
      const message = { eventType: ORDER, payload: {}, eventId: 'e1' };
      await post(`${APP}/msg`, message, ORG)(bench);
      return post(`${APP}/msg`, message, ORG)(bench);
    },
  },
  listMessages: common('GET', `${APP}/msg`, undefined, 200),
  listEventTypes: {
    ...common('GET', '/event-type', undefined, 200),
    422: ({ svix }) => svix('GET', '/event-type?limit=0'),
  },
  getEventType: common('GET', `/event-type/${ORDER}`, undefined, 200),
  createAppPortalAccess: common('POST', '/auth/app-portal-access/acme', {}, 200, true),
  logout: {
    ...common('POST', '/auth/logout', undefined, 204),
    403: post('/auth/logout', undefined, ORG),
  },
};

const contract = loadContract();
const operations = contract.operations.filter(({ document }) => document === 'svix');
const documented = operations.flatMap(({ operationId, statuses }) =>
  statuses.map((status) => [operationId, status] as const),
);
const nameOf = ([operationId, status]: readonly [string, number]): string => `${operationId} ${status}`;
const reached = (row: readonly [string, number]): Way | undefined =>
  NEVER.has(nameOf(row)) ? undefined : ways[row[0]]?.[row[1]];

describe('every documented status of every operation of Svix', () => {
  test('has an operation here, and every operation a handler', () => {
    const names = operations.map(({ operationId }) => operationId).toSorted();
    expect(Object.keys(ways).toSorted()).toEqual(names);
    expect(Object.keys(svixHandlers).toSorted()).toEqual(names);
  });

  test('has a way to reach it here, except those of faults and of things that do not happen', () => {
    const missing = documented.filter((row) => !FAULTS_ONLY.has(row[1]) && reached(row) === undefined);
    expect(missing.map(nameOf).toSorted()).toEqual([...NEVER].toSorted());
  });

  test.for(documented.filter(reached))('%s answers %i, as documented', async ([operationId, status]) => {
    const bench = openSvix();
    const { token } = await bench.dashboard();
    await bench.svix('POST', ENDPOINTS, { url, uid: 'erp' }, { token });
    const answer = await ways[operationId]?.[status]?.(bench);
    expect(verdictOn(bench, operationId, answer)).toEqual(asDocumented(status));
  });
});

test.for([...FAULTS_ONLY])('a fault answers %i in the words of Svix', async (status) => {
  const { svix, emulator } = openSvix();
  const operation = operations.find(({ statuses }) => statuses.includes(status));
  const { method = '', operationId = '', path = '' } = operation ?? {};
  emulator.addFault({ kind: 'status', status, match: { operationId } });
  const answer = await svix(method, path.replace('/api/v1', '').replace('{appId}', 'acme'));
  expect([answer.status, contract.judgeAnswer(operationId, status, answer.body)]).toEqual([status, []]);
  expect(answer.body).toMatchObject({ code: expect.any(String), detail: 'A fault was asked for.' });
});
