import type { LoggedRequest } from '@gateway-sync/emulator';
import { expect, test } from 'vitest';
import { type AuditRow, type Evidence, judge } from '../chaos/judgement.js';
import type { Shop } from '../chaos/shops.js';
import type { FinishedRun } from './replicas.js';

const shop = (overrides: Partial<Shop> = {}): Shop => ({
  tenant: 'acme',
  kind: 'subscriptions',
  mode: 'enforce',
  events: new Set(['order.created']),
  things: new Map(),
  ...overrides,
});

let last = 0;
/** A call of one millisecond at `at`, with `overrides`. */
const call = (operationId: string, at: number, overrides: Partial<LoggedRequest> = {}): LoggedRequest => ({
  id: ++last,
  operationId,
  startedAt: at,
  at: at + 1,
  session: 1,
  method: operationId.startsWith('update') || operationId.startsWith('create') ? 'PATCH' : 'GET',
  path: '/',
  tenant: 'acme',
  status: 200,
  faults: [],
  changes: [],
  ...overrides,
});

const subscribing = (at: number, overrides: Partial<LoggedRequest> = {}) =>
  call('updateSubscriptions', at, {
    requestBody: [{ eventType: 'order.created', action: 'SUBSCRIBE' }],
    changes: [{ what: 'subscription', key: 'order.created', to: 'subscribed' }],
    ...overrides,
  });

const run = (overrides: Partial<FinishedRun> = {}): FinishedRun => ({
  tenant: 'acme',
  reconcileId: 'r1',
  outcome: 'changed',
  startedAt: 0,
  finishedAt: 100,
  pid: 1,
  ...overrides,
});

const audited = (overrides: Partial<AuditRow> = {}): AuditRow => ({
  tenant: 'acme',
  reconcile_id: 'r1',
  resource: 'subscription',
  type: 'create',
  name: 'order.created',
  status: 'applied',
  message: null,
  ...overrides,
});

const good: Evidence = {
  generations: [{ at: 0, shops: [shop()] }],
  requests: [call('listSubscriptions', 10), subscribing(20), call('listSubscriptions', 30)],
  runs: [run()],
  taken: [],
  audit: [audited()],
};

const theirEndpoint = { what: 'endpoint', key: 'ep_1', name: 'erp', to: 'created' } as const;

test('finds nothing wrong where all is well', () => {
  expect(judge(good)).toEqual([]);
});

test.each<[string, Partial<Evidence>, RegExp]>([
  [
    'two processes that write in turn',
    { requests: [call('listSubscriptions', 1), call('listSubscriptions', 2, { session: 2 }), subscribing(20)] },
    /comes between the requests of another process/,
  ],
  ...['listConfigs', 'getDashboardAccess'].map((operation): [string, Partial<Evidence>, RegExp] => [
    `two processes that write in turn, one of which has made the call ${operation} only`,
    {
      requests: [
        call('getStatistics', 0, { session: 2 }),
        call('listSubscriptions', 1, { session: 2 }),
        call('listSubscriptions', 2),
        call(operation, 3, { session: 2 }),
        subscribing(20),
      ],
    },
    new RegExp(`comes between the requests of another process, after ${operation}`),
  ]),
  [
    'two runs at once',
    { runs: [run(), run({ reconcileId: 'r2', pid: 2, startedAt: 0, finishedAt: 900 }), run({ startedAt: 500 })] },
    /began before .* was over/,
  ],
  [
    'a thing that is made twice',
    {
      requests: [1, 2].map((at) =>
        call('createEndpoint', at, { changes: [{ ...theirEndpoint, key: `ep_${at}` }], session: 1 }),
      ),
      audit: [],
    },
    /endpoint erp was made a second time/,
  ],
  [
    'a change that nobody asked for',
    {
      requests: [
        ...good.requests,
        subscribing(40, { changes: [{ what: 'subscription', key: 'order.created', to: 'unsubscribed' }] }),
        subscribing(50),
      ],
      audit: [audited(), audited(), audited({ type: 'delete' })],
    },
    /order.created was subscribed, unsubscribed, subscribed, and there was reason for 1 changes/,
  ],
  [
    'a write where the file says observe',
    { generations: [{ at: 0, shops: [shop({ mode: 'observe' })] }] },
    /acme is only to be looked at: updateSubscriptions/,
  ],
  [
    'an event type that no file names',
    { requests: [subscribing(20, { requestBody: [{ eventType: 'cart.created', action: 'UNSUBSCRIBE' }] })] },
    /cart.created is in no file/,
  ],
  ['a change without an audit record', { audit: [] }, /create order.created of run r1 is not in the audit/],
  [
    'an audit record without a change',
    { audit: [audited(), audited()] },
    /the audit tells create order.created 2 times/,
  ],
])('finds %s', (_, evidence, expected) => {
  expect(judge({ ...good, ...evidence })).toEqual([expect.stringMatching(expected)]);
});

test('takes a reading of the quota for no run, on whatever replica', () => {
  const reading = ['getStatistics', 'listConfigs', 'listConfigs', 'getDashboardAccess', 'listMessages'].map(
    (operation, index) => call(operation, 12 + index, { session: 2 }),
  );
  expect(judge({ ...good, requests: [...good.requests, ...reading] })).toEqual([]);
});

test('takes what somebody else took away for a reason to put it back', () => {
  const requests = [...good.requests, subscribing(40)];
  const evidence = { ...good, requests, audit: [audited(), audited()] };
  expect(judge({ ...evidence, taken: ['acme order.created'] })).toEqual([]);
});

test('expects a change whose answer was lost in the audit too', () => {
  const requests = [subscribing(20, { status: null, faults: ['fault-1'] })];
  expect(judge({ ...good, requests })).toEqual([]);
  expect(judge({ ...good, requests, audit: [] })).toEqual([expect.stringMatching(/is not in the audit/)]);
});

test('expects no audit of a process that was killed before it could tell', () => {
  expect(judge({ ...good, runs: [], audit: [] })).toEqual([]);
});
