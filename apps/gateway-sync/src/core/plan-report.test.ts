import { expect, test } from 'vitest';
import { http, secret } from '../../test/support/delivering.js';
import { MemoryLedger } from '../../test/support/memory-ledger.js';
import { fail, ModelServer } from '../../test/support/model-server.js';
import { run, unavailable, wants } from '../../test/support/reconciling.js';
import { row, subscribed, tenant } from '../../test/support/values.js';
import { planReport } from './plan-report.js';

const WISH = tenant({ subscriptions: wants('a.x', 'a.y', 'nowhere') });
const report = async (...args: Parameters<typeof run>) => planReport(await run(...args));

const create = {
  resource: 'subscription',
  type: 'create',
  id: 'subscription:a.y',
  name: 'a.y',
  reason: 'missing',
  before: { state: 'UNSUBSCRIBED', excludedFields: [] },
  after: { state: 'SUBSCRIBED', excludedFields: [] },
  secrets: [],
};

const refuse = ({ eventType }: { eventType: string }) =>
  eventType === 'a.y' ? { code: 400, message: 'not this one' } : undefined;

test('a run that wrote something reports each action with what came of it, and what stayed', async () => {
  const rows = [subscribed('a.x'), row('a.y'), subscribed('other')];
  expect(await report(WISH, new ModelServer(rows), {}, { ledger: new MemoryLedger() })).toEqual({
    reconcileId: 'r1',
    mode: 'enforce',
    outcome: 'partial',
    startedAt: 1000,
    finishedAt: 1000,
    checksum: expect.stringMatching(/^[0-9a-f]{64}$/),
    unchanged: 1,
    managed: { subscription: 2, config: 0, target: 0, endpoint: 0 },
    foreign: 1,
    problems: [expect.objectContaining({ severity: 'error', message: expect.stringContaining('nowhere') })],
    actions: [{ ...create, status: 'applied', code: 200 }],
    verdicts: [],
  });
});

test('an action that was not sent has no status, and one that was refused has its code', async () => {
  const rows = [row('a.x'), row('a.y')];
  const observed = await report({ ...WISH, mode: 'observe' }, new ModelServer(rows));
  expect(observed).toMatchObject({ mode: 'observe', actions: [{ name: 'a.x' }, { name: 'a.y' }] });
  expect(JSON.stringify(observed['actions'])).not.toContain('status');

  expect(await report(WISH, new ModelServer(rows, { onItem: refuse }))).toMatchObject({
    actions: [
      { name: 'a.x', status: 'applied' },
      { name: 'a.y', status: 'rejected', code: 400 },
    ],
  });
});

test('a run that a guard withholds reports the plan and the guard', async () => {
  const gone = tenant({ prune: 'all', subscriptions: wants('a.x') });
  const rows = [subscribed('a.x'), ...Array.from({ length: 20 }, (_, index) => subscribed(`old.${index}`))];
  const blocked = await report(gone, new ModelServer(rows), {}, { ledger: new MemoryLedger() });
  expect(blocked).toMatchObject({ outcome: 'blocked', verdicts: [{ guard: 'prune-percent' }] });
  expect(blocked['actions']).toHaveLength(20);
});

test('a run that could not read the tenant has no plan to report', async () => {
  expect(await report(WISH, new ModelServer([], { onRead: () => fail(unavailable()) }))).toEqual({
    reconcileId: 'r1',
    mode: 'enforce',
    outcome: 'failed',
    startedAt: 1000,
    finishedAt: 1000,
    verdicts: [],
  });
});

test('a report is JSON, and no secret is in it', async () => {
  const wish = tenant({
    subscriptions: [],
    delivery: http({ destinationUrl: 'https://hooks.example', secretKey: secret('top-s3cret'), targets: [] }),
  });
  const made = await report(wish, new ModelServer([]), { dryRun: true });
  expect(JSON.stringify(made)).toContain('config:http');
  expect(JSON.stringify(made)).not.toContain('top-s3cret');
  expect(JSON.parse(JSON.stringify(made))).toEqual(made);
});
