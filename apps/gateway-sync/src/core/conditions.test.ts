import { describe, expect, test } from 'vitest';
import { fail, ModelServer, type Script } from '../../test/support/model-server.js';
import { MemoryLedger } from '../../test/support/memory-ledger.js';
import { run, unavailable, wants } from '../../test/support/reconciling.js';
import { row, subscribed, tenant } from '../../test/support/values.js';
import { initialConditions, withoutQuota, withQuota, withResult, withShed, type Conditions } from './conditions.js';
import { AccessDeniedError } from './errors.js';
import { EMPTY_MEMORY } from './memory.js';
import { quotaUsage } from './quota.js';
import type { ReconcileResult } from './result.js';
import type { DesiredTenant, ObservedSubscription } from './state.js';

const desired = tenant({ subscriptions: wants('a.x') });

/** Conditions as `Type status Reason`, after one reconcile at the time 1000. */
async function after(rows: readonly ObservedSubscription[], script: Script = {}, wish: DesiredTenant = desired) {
  return told(withResult(initialConditions(0), await run(wish, new ModelServer(rows, script))));
}

const told = (conditions: Conditions) => conditions.map(({ type, status, reason }) => `${type} ${status} ${reason}`);

test('nothing is known of a tenant before its first reconcile', () => {
  expect(new Set(initialConditions(7).map(({ status, since }) => `${status} ${since}`))).toEqual(
    new Set(['unknown 7']),
  );
});

describe('after a reconcile', () => {
  test('that found everything as desired the tenant is ready and synced', async () => {
    expect(await after([subscribed('a.x')])).toEqual([
      'Ready true Reconciled',
      'Synced true InSync',
      'Drifted false NoDifference',
      'Blocked false NoGuard',
      'Contended false NoContention',
      'CatalogueOk true NothingNew',
      'QuotaOk unknown Pending',
    ]);
  });

  test('that wrote the tenant is synced', async () => {
    expect(await after([row('a.x')])).toContain('Synced true Applied');
  });

  test('that only looked the tenant is ready and drifted', async () => {
    expect(await after([row('a.x')], {}, { ...desired, mode: 'observe' })).toEqual(
      expect.arrayContaining(['Ready true Reconciled', 'Synced false ObserveOnly', 'Drifted true Differs']),
    );
  });

  test('that was a dry run the differences are not applied yet, and the mode is not to blame', async () => {
    const result = await run(desired, new ModelServer([row('a.x')]), { dryRun: true });
    expect(told(withResult(initialConditions(0), result))).toContain('Synced false NotApplied');
  });

  test('that could not read the tenant it is not ready, and how it stands is unknown', async () => {
    expect(await after([], { onRead: () => fail(unavailable()) })).toEqual(
      expect.arrayContaining(['Ready false Unreadable', 'Drifted unknown Unreadable', 'Contended unknown Unreadable']),
    );
    const denied = new AccessDeniedError('listSubscriptions: 403', { operation: 'listSubscriptions', status: 403 });
    expect(await after([], { onRead: () => fail(denied) })).toContain('Ready false AccessDenied');
  });

  test('that a guard stopped the tenant is blocked, and the message says how to allow it', async () => {
    const wish = tenant({ prune: 'all', guards: { protect: ['b.x'] }, subscriptions: wants('a.x') });
    const server = new ModelServer([subscribed('a.x'), subscribed('b.x')]);
    const conditions = withResult(initialConditions(0), await run(wish, server));
    expect(conditions.find(({ type }) => type === 'Blocked')).toMatchObject({
      status: 'true',
      reason: 'protected-event',
      message: expect.stringContaining('to allow it: write under tenant acme:  guards: { protect: [] }'),
    });
  });

  test('in which somebody else kept writing the tenant is contended', async () => {
    const conditions = await after([row('a.x', { state: 'UNSUBSCRIBED', version: 1 })], {
      onWrite: (_, server) => server.touch('a.x'),
    });
    expect(conditions).toContain('Contended true ForeignWriter');
  });

  test('whose ledger failed the tenant is not ready', async () => {
    const ledger = new MemoryLedger();
    ledger.failure = new Error('no connection');
    const result = await run(desired, new ModelServer([subscribed('a.x')]), {}, { ledger });
    expect(told(withResult(initialConditions(0), result))).toContain('Ready false LedgerLost');
  });
});

const since = (conditions: Conditions, type: string) => conditions.find((one) => one.type === type)?.since;

test('a condition keeps its time until its status changes', async () => {
  const first = withResult(initialConditions(0), await run(desired, new ModelServer([subscribed('a.x')])));
  const clock = { now: () => 5000 };
  const second = withResult(first, await run(desired, new ModelServer([row('a.x')]), {}, { clock }));
  expect([since(first, 'Synced'), since(second, 'Synced')]).toEqual([1000, 1000]);
  expect(second.find(({ type }) => type === 'Synced')?.reason).toBe('Applied');
  const third = withResult(
    second,
    await run({ ...desired, mode: 'observe' }, new ModelServer([row('a.x')]), {}, { clock }),
  );
  expect([since(third, 'Synced'), since(third, 'Ready')]).toEqual([5000, 1000]);
});

const read = (sent: number, limit?: number) =>
  withQuota(
    initialConditions(0),
    quotaUsage({ months: [{ month: '2026-11', sent }], ...(limit !== undefined && { limit }) }, '2026-11', [70, 85]),
    9000,
  ).find(({ type }) => type === 'QuotaOk');

describe('the quota', () => {
  test.each([
    [100, 1000, 'true', 'BelowThreshold', '100 of 1000 events'],
    [700, 1000, 'false', 'ThresholdReached', '700 of 1000 events, 70 % reached'],
    [1000, 1000, 'false', 'Exhausted', '1000 of 1000 events, all used'],
    [5, undefined, 'unknown', 'NoLimit', '5 events'],
  ])('with %i of %s events is %s', (sent, limit, status, reason, message) => {
    expect(read(sent, limit)).toMatchObject({ status, reason, message });
  });

  test('that is used up is so without any threshold as well', () => {
    const usage = quotaUsage({ limit: 1000, months: [{ month: '2026-11', sent: 1200 }] }, '2026-11', []);
    const ok = withQuota(initialConditions(0), usage, 9000).find(({ type }) => type === 'QuotaOk');
    expect(ok).toEqual({
      type: 'QuotaOk',
      status: 'false',
      reason: 'Exhausted',
      message: '1200 of 1000 events, all used',
      since: 9000,
    });
  });
});

const quotaMessage = (
  facts: Parameters<typeof withShed>[1],
  conditions = initialConditions(0),
  term?: Parameters<typeof withShed>[2],
) => withShed(conditions, facts, term).find(({ type }) => type === 'QuotaOk')?.message;

test('the quota says what is done without, whatever else is known of it', () => {
  expect(quotaMessage({ shed: 1 })).toBe('1 subscription given up');
  expect(quotaMessage({ shed: 0, shedAdvised: 3 })).toBe('3 subscriptions to be given up');
  expect(quotaMessage(undefined)).toBe('');
  expect(quotaMessage({ shed: 2, shedAdvised: 3 }, initialConditions(0), { type: 'over' })).toBe(
    '2 subscriptions to come back with the next run',
  );
  const usage = quotaUsage({ limit: 10, months: [{ month: '2026-11', sent: 9 }] }, '2026-11', [70]);
  expect(quotaMessage({ shed: 2 }, withQuota(initialConditions(0), usage, 1))).toBe(
    '9 of 10 events, 70 % reached; 2 subscriptions given up',
  );
});

/** What `Type` says after a result, without its time. */
async function said(type: string, overrides: Partial<ReconcileResult>): Promise<string> {
  const result = await run(desired, new ModelServer([subscribed('a.x')]));
  const found = withResult(initialConditions(0), { ...result, ...overrides }).find((one) => one.type === type);
  return `${found?.status} ${found?.reason} ${found?.message}`;
}

describe('the words of a condition', () => {
  const ERROR = new Error('told');

  test.each([
    ['Synced', { outcome: 'partial', error: ERROR }, 'false Partial told'],
    ['Synced', { outcome: 'partial' }, 'false Partial '],
    ['Synced', { outcome: 'blocked', error: ERROR }, 'false Blocked told'],
    ['Synced', { outcome: 'blocked' }, 'false Blocked '],
    ['Synced', { outcome: 'failed', error: ERROR }, 'false Failed told'],
    ['Synced', { outcome: 'failed' }, 'false Failed '],
    ['Synced', { outcome: 'drifted' }, 'false NotApplied '],
    ['Synced', { outcome: 'drifted', mode: 'observe' }, 'false ObserveOnly '],
    ['Synced', {}, 'true InSync '],
    ['Synced', { outcome: 'changed' }, 'true Applied '],
    ['Ready', {}, 'true Reconciled '],
    ['Ready', { ledgerError: ERROR }, 'false LedgerLost told'],
    ['Drifted', { drift: 1 }, 'true Differs 1 difference'],
    ['Drifted', { drift: 2 }, 'true Differs 2 differences'],
    ['Drifted', { drift: 0 }, 'false NoDifference '],
    ['Blocked', {}, 'false NoGuard '],
    [
      'Blocked',
      {
        outcome: 'blocked',
        verdicts: [
          { guard: 'empty-desired', message: 'a', allow: 'b' },
          { guard: 'prune-percent', message: 'c', allow: 'd' },
        ],
      },
      'true empty-desired a; to allow it: b; c; to allow it: d',
    ],
    ['Contended', {}, 'false NoContention '],
  ] as const)('%s after %o', async (type, overrides, words) => {
    expect(await said(type, overrides)).toBe(words);
  });

  test('are none where nothing could be read', async () => {
    const result = await run(desired, new ModelServer([], { onRead: () => fail(unavailable()) }));
    const conditions = withResult(initialConditions(0), result);
    expect(conditions.map(({ type, message }) => `${type} ${message}`)).toEqual([
      'Ready listSubscriptions: 503',
      'Synced listSubscriptions: 503',
      'Drifted ',
      'Blocked ',
      'Contended ',
      'CatalogueOk ',
      'QuotaOk ',
    ]);
  });

  test('name everything that is fought over, and nothing else', async () => {
    const wish = tenant({ subscriptions: wants('a.x', 'b.x', 'c.x') });
    const statuses = ['contended', 'conflict', 'failed'] as const;
    const { items, ...result } = await run(wish, new ModelServer([row('a.x'), row('b.x'), row('c.x')]));
    const fought = items.map((item, index) => ({ ...item, status: statuses[index] ?? 'failed', message: `m${index}` }));
    const conditions = withResult(initialConditions(0), { ...result, items: fought });
    expect(conditions.find(({ type }) => type === 'Contended')).toMatchObject({
      status: 'true',
      reason: 'ForeignWriter',
      message: 'a.x: m0; b.x: m1',
    });
  });
});

const glob = (overrides = {}) => tenant({ subscriptions: wants('a.*'), ...overrides });

describe('what globs mean', () => {
  const lock = new Map([['a.*', ['a.x']]]);

  test.each([
    ['waits for the lock file', [subscribed('a.x'), row('a.y')], { lock }, 'CatalogueOk false NewEventType'],
    ['is no longer there', [], { lock }, 'CatalogueOk false GoneEventType'],
    ['is in no lock file', [row('a.x')], { lock: new Map() }, 'CatalogueOk false NotLocked'],
    ['is as it was', [subscribed('a.x')], { lock }, 'CatalogueOk true NothingNew'],
  ])('%s', async (_, rows, overrides, condition) => {
    expect(await after(rows, {}, glob(overrides))).toContain(condition);
  });

  test('took in a new event type by itself: that is told, and needs nobody', async () => {
    const memory = { ...EMPTY_MEMORY, catalogue: ['a.x'] };
    const result = await run(glob(), new ModelServer([subscribed('a.x'), row('a.y')]), { memory });
    expect(withResult(initialConditions(0), result)).toContainEqual({
      type: 'CatalogueOk',
      status: 'true',
      reason: 'NewEventType',
      message: 'a.y is new in the catalogue and matched by a.*',
      since: 1000,
    });
  });

  test('is looked at where a record of an older program knows nothing of it', async () => {
    const older = withoutQuota(initialConditions(0)).filter(({ type }) => type !== 'CatalogueOk');
    const result = await run(desired, new ModelServer([subscribed('a.x')]));
    expect(told(withResult(older, result))).toEqual([
      'Ready true Reconciled',
      'Synced true InSync',
      'Drifted false NoDifference',
      'Blocked false NoGuard',
      'Contended false NoContention',
      'CatalogueOk true NothingNew',
    ]);
  });
});
