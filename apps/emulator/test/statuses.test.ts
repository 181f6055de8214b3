import { describe, expect, test } from 'vitest';
import { loadContract } from '../src/contract/contract.js';
import { buildEmulator } from '../src/emulator.js';
import { tenantHandlers } from '../src/routes/handlers.js';
import { asDocumented, verdictOn } from './documented.js';
import { benchOf, entry, httpConfig, openBench, type Answer, type Bench } from './support.js';

/** How to reach each status of each operation. What is missing here or too much fails the first test. */
type Way = (bench: Bench) => Promise<Answer>;

const order = { eventType: 'order.created', action: 'SUBSCRIBE' };
const twins = httpConfig({ eventsConfiguration: [entry(), entry()] });
const anonymous: Record<string, string> = { authorization: '' };
const otherHeader = { 'emporix-tenant': 'other' };

const readOnly = async ({ requestToken }: Bench): Promise<string> =>
  String(Object((await requestToken({ scope: 'webhook.subscription_read' })).body).access_token);
const noScope = async ({ requestToken }: Bench): Promise<string> =>
  String(Object((await requestToken({ scope: 'other.scope' })).body).access_token);

/** The ways that are the same for every operation of a tenant. */
function common(operationId: string, method: string, path: string, body?: unknown): Record<number, Way> {
  return {
    400: ({ call }) => call(method, path, body, { headers: otherHeader }),
    401: ({ call }) => call(method, path, body, { headers: anonymous }),
    403: async (bench) => bench.call(method, path, body, { token: await noScope(bench) }),
    500: ({ emulator, call }) => {
      emulator.addFault({ kind: 'status', status: 500, match: { operationId } });
      return call(method, path, body);
    },
  };
}

const ways: Readonly<Record<string, Readonly<Record<number, Way>>>> = {
  listConfigs: { ...common('listConfigs', 'GET', '/config'), 200: ({ call }) => call('GET', '/config') },
  createConfig: {
    ...common('createConfig', 'POST', '/config', httpConfig()),
    201: ({ call }) => call('POST', '/config', httpConfig()),
    403: async (bench) => bench.call('POST', '/config', httpConfig(), { token: await readOnly(bench) }),
    409: ({ call }) => call('POST', '/config', { code: 'two', provider: 'SVIX_SHARED' }),
  },
  getConfig: {
    ...common('getConfig', 'GET', '/config/svix_shared'),
    200: ({ call }) => call('GET', '/config/svix_shared'),
    404: ({ call }) => call('GET', '/config/nope'),
  },
  replaceConfig: {
    ...common('replaceConfig', 'PUT', '/config/svix_shared', { provider: 'SVIX_SHARED' }),
    204: ({ call }) => call('PUT', '/config/svix_shared', { provider: 'SVIX_SHARED' }),
    404: ({ call }) => call('PUT', '/config/nope', { provider: 'SVIX_SHARED' }),
    409: ({ call }) => call('PUT', '/config/svix_shared', { provider: 'SVIX_SHARED', active: false }),
  },
  patchConfig: {
    ...common('patchConfig', 'PATCH', '/config/svix_shared', [{ op: 'UPSERT', path: '/active', value: true }]),
    204: ({ call }) => call('PATCH', '/config/svix_shared', [{ op: 'UPSERT', path: '/active', value: true }]),
    404: ({ call }) => call('PATCH', '/config/nope', [{ op: 'UPSERT', path: '/active', value: true }]),
    409: async ({ call }) => {
      await call('POST', '/config', twins);
      return call('PATCH', '/config/http', [
        { op: 'REMOVE', path: '/configuration/http/eventsConfiguration/order.created' },
      ]);
    },
  },
  deleteConfig: {
    ...common('deleteConfig', 'DELETE', '/config/svix_shared'),
    204: async ({ call }) => {
      await call('POST', '/config', twins);
      return call('DELETE', '/config/svix_shared');
    },
    404: ({ call }) => call('DELETE', '/config/nope'),
    409: ({ call }) => call('DELETE', '/config/svix_shared'),
  },
  listSubscriptions: {
    ...common('listSubscriptions', 'GET', '/event-subscriptions'),
    200: ({ call }) => call('GET', '/event-subscriptions'),
    404: ({ emulator, call }) => {
      emulator.seed({ tenant: 'acme', catalogue: [] });
      return call('GET', '/event-subscriptions');
    },
  },
  updateSubscriptions: {
    ...common('updateSubscriptions', 'PATCH', '/event-subscriptions', [order]),
    207: ({ call }) => call('PATCH', '/event-subscriptions', [order, { ...order, metadata: { version: 9 } }]),
    404: ({ emulator, call }) => {
      emulator.seed({ tenant: 'acme', catalogue: [] });
      return call('PATCH', '/event-subscriptions', [order]);
    },
    409: ({ emulator, call }) => {
      emulator.setQuirks({ staleVersion: 'request-409' });
      return call('PATCH', '/event-subscriptions', [{ ...order, metadata: { version: 9 } }]);
    },
  },
  getDashboardAccess: {
    ...common('getDashboardAccess', 'GET', '/dashboard-access'),
    200: ({ call }) => call('GET', '/dashboard-access'),
    404: async ({ call }) => {
      await call('POST', '/config', httpConfig());
      await call('DELETE', '/config/svix_shared');
      return call('GET', '/dashboard-access');
    },
  },
  getStatistics: {
    ...common('getStatistics', 'GET', '/statistics'),
    200: ({ call }) => call('GET', '/statistics'),
  },
  requestToken: {
    200: ({ requestToken }) => requestToken(),
    400: ({ requestToken }) => requestToken({ grant_type: 'password' }),
    401: ({ requestToken }) => requestToken({ client_secret: 'wrong' }),
    500: ({ emulator, requestToken }) => {
      emulator.addFault({ kind: 'status', status: 500, match: { operationId: 'requestToken' } });
      return requestToken();
    },
  },
};

const contract = loadContract();
const operations = contract.operations.filter(({ document }) => document !== 'svix');
const documented = operations.flatMap(({ operationId, statuses }) =>
  statuses.map((status) => [operationId, status] as const),
);

describe('every documented status of every operation of Emporix', () => {
  test('has a way to reach it here', () => {
    const missing = documented.filter(([operationId, status]) => ways[operationId]?.[status] === undefined);
    expect(missing).toEqual([]);
    expect(Object.keys(ways).toSorted()).toEqual(operations.map(({ operationId }) => operationId).toSorted());
    expect(Object.keys(tenantHandlers).toSorted()).toEqual(
      Object.keys(ways)
        .filter((operationId) => operationId !== 'requestToken')
        .toSorted(),
    );
  });

  test.for(documented)('%s answers %i, as documented', async ([operationId, status]) => {
    const bench = openBench({ tenants: [{ tenant: 'acme' }] });
    const answer = await ways[operationId]?.[status]?.(bench);
    expect(verdictOn(bench, operationId, answer)).toEqual(asDocumented(status));
  });

  const undocumented = operations.filter(
    ({ operationId, statuses }) => operationId !== 'requestToken' && !statuses.includes(400),
  );
  test.for(undocumented.map(({ operationId }) => operationId))(
    '%s says so when it refuses with 400, which it does not document',
    async (operationId) => {
      const answer = await ways[operationId]?.[400]?.(openBench());
      expect([answer?.status, answer?.headers.get('x-emulator-off-contract')]).toEqual([
        400,
        `status 400 is not documented for ${operationId}`,
      ]);
    },
  );
});

describe('an answer that breaks the contract', () => {
  test.for([
    ['a member of the wrong type', 200, [{ code: 1, provider: 'HTTP', active: true }], '[0].code: must be string'],
    ['a missing body', 200, undefined, 'no body where one is documented'],
    ['an undocumented status', 418, {}, 'status 418 is not documented'],
  ] as const)('becomes a loud 500: %s', async ([, status, body, problem]) => {
    const log: string[] = [];
    const handlers = { ...tenantHandlers, listConfigs: () => ({ answer: { status, body } }) };
    const { call } = benchOf(buildEmulator({ tenants: [{ tenant: 'acme' }], log: (line) => log.push(line) }, handlers));
    const answer = await call('GET', '/config');
    expect([answer.status, answer.headers.get('x-emulator-contract-violation')]).toEqual([
      500,
      `listConfigs ${status}`,
    ]);
    expect(answer.body).toMatchObject({ code: 500, details: [problem] });
    expect(log).toEqual([`emulator: listConfigs ${status} breaks the contract: ${problem}`]);
  });

  test('a handler that throws becomes a 500 with a line in the log', async () => {
    const log: string[] = [];
    const handlers = {
      ...tenantHandlers,
      listConfigs: () => {
        throw new Error('oops');
      },
    };
    const { call } = benchOf(buildEmulator({ tenants: [{ tenant: 'acme' }], log: (line) => log.push(line) }, handlers));
    expect((await call('GET', '/config')).status).toBe(500);
    expect(log).toEqual([expect.stringContaining('listConfigs failed: Error: oops')]);
  });
});

describe('a request for no operation', () => {
  test('to an unknown path answers like the gateway', async () => {
    const { status, body } = await openBench().call('GET', '/nope');
    expect({ status, body }).toEqual({
      status: 404,
      body: {
        fault: {
          faultstring: 'Unable to identify proxy for url: /webhook/acme/nope',
          detail: { errorcode: 'messaging.adaptors.http.flow.ApplicationNotFound' },
        },
      },
    });
  });

  test('with a method that does not work answers 405 and which do', async () => {
    const { status, headers } = await openBench().call('PUT', '/config');
    expect([status, headers.get('allow')]).toEqual([405, 'GET, POST']);
  });
});
