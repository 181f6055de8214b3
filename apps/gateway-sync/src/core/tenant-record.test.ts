import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { MemoryLedger } from '../../test/support/memory-ledger.js';
import { fail, ModelServer, type Script } from '../../test/support/model-server.js';
import { run, unavailable, wants } from '../../test/support/reconciling.js';
import { tenantRecord } from '../../test/support/tenant-records.js';
import { row, subscribed, tenant } from '../../test/support/values.js';
import { EMPTY_MEMORY, type TenantMemory } from './memory.js';
import type { ReconcileOptions } from './reconcile.js';
import type { ObservedSubscription } from './state.js';
import { memoryJson, memoryOf, nextRecord, statusOf, type TenantMarks, type TenantRecord } from './tenant-record.js';

const WISH = tenant({ subscriptions: wants('a.x', 'a.y') });
const FACTS = {
  desired: 'hash',
  generation: 1,
  wait: { intervalMs: 60_000, retry: false, failures: 0 },
  actor: 'host:1',
};
const SYNCED = [subscribed('a.x'), subscribed('a.y')];
const DOWN: Script = { onRead: () => fail(unavailable()) };

/** The record after one reconcile at the time 1000. */
async function after(
  rows: readonly ObservedSubscription[],
  {
    script = {},
    before,
    options = {},
  }: { script?: Script; before?: TenantRecord; options?: Partial<ReconcileOptions> } = {},
): Promise<TenantRecord> {
  return nextRecord(
    before,
    await run(WISH, new ModelServer(rows, script), options, { ledger: new MemoryLedger() }),
    FACTS,
  );
}

const conditions = ({ conditions: all }: Pick<TenantRecord, 'conditions'>) =>
  all.map(({ type, status, reason }) => `${type} ${status} ${reason}`);

describe('the record of a first run', () => {
  it('says what the run came to, without plan and items', async () => {
    const record = await after([subscribed('a.x'), row('a.y')]);
    expect(record).toEqual({
      tenant: 'acme',
      desired: 'hash',
      generation: 1,
      state: 'in_sync',
      conditions: expect.any(Array),
      last: {
        reconcileId: 'r1',
        trigger: 'interval',
        mode: 'enforce',
        outcome: 'changed',
        startedAt: 1000,
        finishedAt: 1000,
        actor: 'host:1',
        calls: { reads: 2, writes: 1 },
        planned: 1,
        applied: 1,
        checksum: expect.stringMatching(/^[0-9a-f]{64}$/),
        drift: 0,
        driftByResource: { subscription: 0, config: 0, target: 0, endpoint: 0 },
        managed: { subscription: 2, config: 0, target: 0, endpoint: 0 },
        shed: 0,
        verdicts: [],
        transient: false,
      },
      lastSyncAt: 1000,
      consecutiveFailures: 0,
      memory: expect.any(Object),
      wait: FACTS.wait,
    });
    expect(conditions(record)).toEqual([
      'Ready true Reconciled',
      'Synced true Applied',
      'Drifted false NoDifference',
      'Blocked false NoGuard',
      'Contended false NoContention',
      'CatalogueOk true NothingNew',
    ]);
  });

  it('that failed says why, and knows of no time in sync', async () => {
    const { state, last, consecutiveFailures, ...rest } = await after([], { script: DOWN });
    expect([state, consecutiveFailures]).toEqual(['failing', 1]);
    expect(last).toMatchObject({
      outcome: 'failed',
      planned: 0,
      transient: true,
      error: { name: 'UnavailableError', message: 'listSubscriptions: 503' },
    });
    expect(last).not.toHaveProperty('checksum');
    expect(rest).not.toHaveProperty('lastSyncAt');
  });

  it('is JSON but for its memory: what is written is what is read', async () => {
    for (const record of [await after(SYNCED), await after([], { script: DOWN })]) {
      const { memory: _, ...shown } = record;
      expect(JSON.parse(JSON.stringify(shown))).toEqual(shown);
    }
  });
});

describe('the record of a further run', () => {
  it('counts failures in a row, and keeps the time when it was in sync last', async () => {
    const good = tenantRecord({ lastSyncAt: 500 });
    const first = await after([], { script: DOWN, before: good });
    const second = await after([], { script: DOWN, before: first });
    expect([first, second].map(({ consecutiveFailures, lastSyncAt }) => [consecutiveFailures, lastSyncAt])).toEqual([
      [1, 500],
      [2, 500],
    ]);
    const mended = await after(SYNCED, { before: second });
    expect([mended.consecutiveFailures, mended.lastSyncAt]).toEqual([0, 1000]);
  });

  it('does not count drift that is only observed as a failure, nor as in sync', async () => {
    const before = tenantRecord({ lastSyncAt: 500, consecutiveFailures: 2 });
    const record = await after([row('a.x'), row('a.y')], { before, options: { dryRun: true } });
    expect(record).toMatchObject({ state: 'drifted', consecutiveFailures: 0, lastSyncAt: 500 });
  });

  const exhausted = { month: '2026-11', used: 12, limit: 10, percent: 120, crossed: [70, 85] };

  it.each<[string, TenantMarks]>([
    [
      'known',
      { quota: { usage: exhausted, at: 900 }, quotaState: { at: 900, standing: { status: 'false', since: 7 } } },
    ],
    [
      'unknown',
      {
        quotaState: {
          at: 900,
          unknown: { reason: 'incomplete', message: 'less', since: 800 },
          standing: { status: 'unknown', since: 7 },
        },
      },
    ],
  ])('says since when the quota has its status and not when it was read last: %s', (_, marks) => {
    const status = statusOf('acme', undefined, marks, 1_000);
    expect(status.conditions.find(({ type }) => type === 'QuotaOk')?.since).toBe(7);
  });

  it('keeps since when a condition holds while it does not turn', async () => {
    const before = await after(SYNCED);
    const early = { ...before, conditions: before.conditions.map((one) => ({ ...one, since: 7 })) };
    const same = await after(SYNCED, { before: early });
    expect(new Set(same.conditions.map(({ since }) => since))).toEqual(new Set([7]));
    const turned = await after([], { script: DOWN, before: early });
    expect(turned.conditions.find(({ type }) => type === 'Ready')).toMatchObject({ status: 'false', since: 1000 });
  });
});

describe('a status', () => {
  const quota = { usage: { month: '2026-11', used: 9, limit: 10, percent: 90, crossed: [70, 85] }, at: 40 };
  const pause = { at: 30, by: 'anna' };
  const { memory: __, ...record } = tenantRecord();

  it('of a tenant without a record is pending, and nothing is known', () => {
    const status = statusOf('acme', undefined, {}, 50);
    expect(status).toEqual({ tenant: 'acme', state: 'pending', conditions: expect.any(Array), consecutiveFailures: 0 });
    expect(new Set(status.conditions.map(({ status: is, since }) => `${is} ${since}`))).toEqual(
      new Set(['unknown 50']),
    );
  });

  it('says of what was given up that it comes back once the newest look gives up nothing', () => {
    const shed = { month: '2026-11', at: 80, priority: 5, since: 0 };
    const before = { ...record, last: { ...record.last, shed: 6 } };
    const told = (marks: TenantMarks) =>
      statusOf('acme', before, marks, 50).conditions.find(({ type }) => type === 'QuotaOk')?.message;
    expect(told({ quotaState: { at: 40, shed } })).toBe('6 subscriptions given up');
    expect(told({})).toBe('6 subscriptions given up');
    expect(told({ quotaState: { at: 40 } })).toBe('6 subscriptions to come back with the next run');
  });

  it('is the record with the quota among its conditions', () => {
    const status = statusOf('acme', record, { quota }, 50);
    expect(status).toMatchObject({ state: 'in_sync', last: record.last, lastSyncAt: 1_000, quota });
    expect(conditions(status)).toEqual(['Ready true Reconciled', 'QuotaOk false ThresholdReached']);
    expect(conditions(statusOf('acme', record, {}, 50))).toEqual(['Ready true Reconciled', 'QuotaOk unknown Pending']);
  });

  it('of a paused tenant is paused, whatever its last run came to', () => {
    expect(statusOf('acme', record, { pause }, 50)).toMatchObject({ state: 'paused', pause, last: record.last });
    expect(statusOf('acme', undefined, { pause }, 50)).toMatchObject({ state: 'paused' });
  });
});

const name = fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'place'));
const memories: fc.Arbitrary<TenantMemory> = fc
  .record(
    {
      rejected: fc.dictionary(
        name,
        fc.record(
          {
            input: fc.string(),
            code: fc.integer(),
            message: fc.string(),
            retry: fc.record({ times: fc.nat(), at: fc.nat() }),
          },
          { requiredKeys: ['input'] },
        ),
      ),
      fights: fc.dictionary(name, fc.record({ effect: fc.string(), times: fc.nat(), at: fc.nat() })),
      unconverged: fc.record({ checksum: fc.string(), times: fc.nat() }),
      catalogue: fc.array(fc.string()),
    },
    { requiredKeys: ['rejected', 'fights'] },
  )
  .map(({ rejected, fights, ...rest }) => ({
    ...rest,
    rejected: new Map(Object.entries(rejected)),
    fights: new Map(Object.entries(fights)),
  }));

test('a memory survives being written as JSON, all but what the ledger keeps', () => {
  fc.assert(
    fc.property(memories, (memory) => {
      const kept = JSON.parse(JSON.stringify(memoryJson({ ...memory, seen: [] })));
      expect(memoryOf(kept)).toEqual(memory);
    }),
  );
});

test('nothing is remembered where nothing was written', () => {
  expect(memoryOf(null)).toEqual(EMPTY_MEMORY);
});
