import { HealthIndicatorService } from '@nestjs/terminus';
import { describe, expect, it } from 'vitest';
import type { Standing } from '../core/replica-ports.js';
import type { Pulse } from '../core/schedule.js';
import type { TenantStatus } from '../core/tenant-record.js';
import { HealthChecks } from './checks.js';
import type { ReloadOutcome } from '../reload/outcome.js';
import { SILENT } from '../../test/support/database.js';
import { tenantRecord } from '../../test/support/tenant-records.js';
import type { LedgerLog } from '../adapters/ledger/index.js';
import { LedgerError } from '../core/errors.js';
import { DatabaseCheck } from './database-check.js';
import { Lifecycle } from './lifecycle.js';

const NOW = 10_000_000;

interface Overrides {
  pulse?: Partial<Pulse>;
  statuses?: TenantStatus[];
  lifecycle?: Lifecycle;
  store?: { ping(): Promise<void> };
  log?: LedgerLog;
  quota?: Partial<Pulse>;
  unseen?: number;
  standingBy?: boolean;
  lastReload?: ReloadOutcome;
  rejectedSince?: number;
  standing?: Standing;
}

function checks(overrides: Overrides = {}) {
  const pulse: Pulse = { beatAt: NOW, ...overrides.pulse };
  return new HealthChecks(new HealthIndicatorService(), {
    schedules: { reconcile: () => pulse, quota: () => ({ beatAt: NOW, ...overrides.quota }) },
    unseen: () => overrides.unseen ?? 0,
    standingBy: () => overrides.standingBy ?? false,
    statuses: () => overrides.statuses ?? [],
    lifecycle: overrides.lifecycle ?? new Lifecycle(),
    clock: { now: () => NOW },
    file: () => ({ path: 'shops.yaml' }),
    lastReload: () => overrides.lastReload,
    rejectedSince: () => overrides.rejectedSince,
    standing: () => overrides.standing,
    ...(overrides.store && { database: new DatabaseCheck(overrides.store, overrides.log ?? SILENT) }),
  });
}

function status(tenant: string, state: TenantStatus['state']): TenantStatus {
  return { tenant, state, conditions: [], consecutiveFailures: 0 };
}

describe('scheduler', () => {
  it('is up while the heart beats, a long run in flight or not', () => {
    expect(checks({ pulse: { oldestRunAt: NOW - 60_000 } }).scheduler()).toEqual({
      scheduler: { status: 'up', heartbeatAgeMs: 0, oldestRunMs: 60_000 },
    });
  });

  it('is down when the heart stopped', () => {
    expect(checks({ pulse: { beatAt: NOW - 60_001 } }).scheduler()).toEqual({
      scheduler: { status: 'down', heartbeatAgeMs: 60_001, oldestRunMs: 0, stuck: ['reconcile'] },
    });
  });

  it('is down when only the quota watch is stuck, and says so', () => {
    expect(checks({ quota: { beatAt: NOW - 60_001 } }).scheduler().scheduler).toMatchObject({
      status: 'down',
      stuck: ['quota'],
    });
  });

  it('is down when a run hangs beyond every timeout', () => {
    const { scheduler } = checks({ pulse: { oldestRunAt: NOW - 15 * 60_000 - 1 } }).scheduler();
    expect(scheduler?.status).toBe('down');
  });
});

describe('firstPass', () => {
  it('is down while a tenant was not looked at yet, and says how many', () => {
    expect(checks({ unseen: 2 }).firstPass()).toEqual({ firstPass: { status: 'down', pending: 2 } });
  });

  it('is up when every tenant was tried, even in vain', () => {
    expect(checks({ statuses: [status('a', 'failing')] }).firstPass()).toEqual({ firstPass: { status: 'up' } });
  });

  it('is up on a replica that stands by', () => {
    expect(checks({ unseen: 2, standingBy: true }).firstPass()).toEqual({
      firstPass: { status: 'up', role: 'standby' },
    });
  });
});

describe('shutdown', () => {
  it('is down from the moment the service is told to stop', () => {
    const lifecycle = new Lifecycle();
    expect(checks({ lifecycle }).shutdown()).toEqual({ shutdown: { status: 'up' } });
    lifecycle.stop();
    expect(checks({ lifecycle }).shutdown()).toEqual({ shutdown: { status: 'down', message: 'shutting down' } });
  });
});

describe('tenants', () => {
  it('names the tenants in trouble with the reason, and is degraded, not down', () => {
    const failing: TenantStatus = { ...status('b', 'failing'), consecutiveFailures: 3 };
    const statuses = [status('a', 'in_sync'), failing, status('c', 'drifted')];
    expect(checks({ statuses }).tenants()).toEqual({
      tenants: {
        status: 'degraded',
        total: 3,
        degraded: 2,
        tenants: [
          { tenant: 'b', state: 'failing', consecutiveFailures: 3, conditions: [] },
          { tenant: 'c', state: 'drifted', consecutiveFailures: 0, conditions: [] },
        ],
      },
    });
  });

  it('says of a lost ledger no more than that: what the database says names hosts', () => {
    const ledgerError = { name: 'LedgerError', message: 'Could not read (PostgreSQL, db.internal:5432/)' };
    const reasonOf = (error: { name: string; message: string }) =>
      checks({
        statuses: [{ ...status('a', 'failing'), last: { ...tenantRecord().last, error, ledgerError } }],
      }).tenants();
    for (const error of [ledgerError, { name: 'PlanError', message: `nothing is removed: ${ledgerError.message}` }]) {
      expect(reasonOf(error)).toMatchObject({ tenants: { tenants: [{ tenant: 'a', reason: 'the ledger is lost' }] } });
    }
    expect(reasonOf({ name: 'UnavailableError', message: '503' })).toMatchObject({
      tenants: { tenants: [{ reason: '503' }] },
    });
  });

  it('names a hundred at most and counts them all', () => {
    const statuses = Array.from({ length: 250 }, (_, index) => status(`t${index}`, 'blocked'));
    const { tenants } = checks({ statuses }).tenants();
    expect(tenants).toMatchObject({ degraded: 250 });
    expect((tenants as { tenants?: unknown[] }).tenants).toHaveLength(100);
  });

  it('is up when all are in sync, or paused because somebody wants it so', () => {
    expect(checks({ statuses: [status('a', 'in_sync')] }).tenants()).toEqual({ tenants: { status: 'up', total: 1 } });
    expect(checks({ statuses: [status('a', 'paused')] }).tenants()).toEqual({ tenants: { status: 'up', total: 1 } });
  });
});

it.each(['Ready', 'QuotaOk'] as const)(
  'a tenant in sync whose condition %s is false is in trouble all the same',
  (type) => {
    const conditions = [{ type, status: 'false', reason: 'Because', message: '', since: 0 }] as const;
    const statuses = [status('a', 'in_sync'), { ...status('b', 'in_sync'), conditions }];
    expect(checks({ statuses }).tenants()).toMatchObject({
      tenants: {
        status: 'degraded',
        degraded: 1,
        tenants: [{ tenant: 'b', conditions: [{ type, since: '1970-01-01T00:00:00.000Z' }] }],
      },
    });
  },
);

describe('the database', () => {
  it('is up while it answers', async () => {
    expect(await checks({ store: { ping: () => Promise.resolve() } }).database()).toEqual({
      database: { status: 'up' },
    });
  });

  it.each([
    [
      new LedgerError('at db.internal: shutting down', { transient: true, code: '57P03' }),
      'cannot be reached',
      '57P03',
    ],
    [new LedgerError('at db.internal: no answer', { transient: true }), 'cannot be reached', undefined],
    [
      new LedgerError('at db.internal: no such user', { transient: false, code: '28P01' }),
      'refuses to answer',
      '28P01',
    ],
    [new Error('db.internal is undefined'), 'could not be asked', undefined],
  ])('is down with the kind of failure, and the log hears once what it said: %s', async (error, message, code) => {
    const lines: object[] = [];
    const log = { info: () => {}, warn: (fields: object, text: string) => void lines.push({ ...fields, text }) };
    const ping = async () => {
      throw error;
    };
    const all = checks({ store: { ping }, log });
    for (let time = 0; time < 2; time++) {
      expect(await all.database()).toEqual({ database: { status: 'down', message, ...(code && { code }) } });
    }
    expect(lines).toEqual([{ err: error, text: 'not ready: the database is lost' }]);
  });

  it('is not missed where there is to be none', async () => {
    expect(await checks().database()).toEqual({ database: { status: 'up', ledger: 'none' } });
  });
});

describe('the file', () => {
  const problems = [{ place: 'shops.yaml:1:10', path: 'version', message: 'must be 1', remedy: 'write 1' }];
  const at = { cause: 'watch', at: 60_000 } as const;

  it('is up when it was never read again, or the last time went well', () => {
    for (const lastReload of [undefined, { ...at, type: 'unchanged' } as const]) {
      expect(checks(lastReload && { lastReload }).file()).toEqual({ file: { status: 'up', path: 'shops.yaml' } });
    }
  });

  it.each<[ReloadOutcome, object]>([
    [
      { ...at, type: 'invalid', problems },
      { message: '1 problem', problems },
    ],
    [{ ...at, type: 'failed', error: new Error('no memory') }, { message: 'no memory' }],
    [
      {
        ...at,
        type: 'withheld',
        verdicts: [{ guard: 'tenant-removal', message: 'too many', allow: 'so' }],
        change: { added: [], removed: [], changed: [], settings: [] },
      },
      { verdicts: [{ guard: 'tenant-removal', message: 'too many', allow: 'so' }] },
    ],
  ])(
    'is degraded with the reason while it cannot be taken up, and the last good one is enough to be ready',
    (lastReload, why) => {
      const told = {
        status: 'degraded',
        path: 'shops.yaml',
        since: '1970-01-01T00:00:00.000Z',
        lastAttempt: '1970-01-01T00:01:00.000Z',
        ...why,
      };
      expect(checks({ lastReload, rejectedSince: 0 }).file()).toEqual({ file: told });
      expect(checks({ lastReload }).fileInForce()).toEqual({ file: { status: 'up', path: 'shops.yaml' } });
    },
  );
});

describe('the replicas', () => {
  it('tell whether this one leads, how many there are, and which file it has', () => {
    const standing = { role: 'leading', generation: 3, replicas: 2 } as const;
    expect(checks({ standing }).replicas()).toEqual({
      replicas: { status: 'up', role: 'leading', generation: 3, replicas: 2 },
    });
    expect(checks({ standing: { ...standing, role: 'behind' } }).replicas()).toMatchObject({
      replicas: { status: 'up', role: 'standby' },
    });
  });

  it('are not known before they were heard of', () => {
    expect(checks().replicas()).toEqual({ replicas: { status: 'up', role: 'unknown' } });
  });
});
