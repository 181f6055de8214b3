import { LATEST_SCHEMA_VERSION, assertSchemaCompatibility, runMigrations } from 'bullmq';
import pg from 'pg';
import type { Clock } from '../../../core/ports.js';
import type { RunLocks } from '../../../core/replica-ports.js';
import type { Schedule } from '../../../core/schedule.js';
import type { TenantName } from '../../../core/state.js';
import { Database, type DatabaseAddress } from '../../ledger/database.js';
import type { LedgerLog } from '../../ledger/ledger-log.js';
import { BullSchedule, type Timing } from './bull-schedule.js';
import { QUEUE_SCHEMA, QueuePool } from './queue-pool.js';

export interface BullSchedulesOptions {
  readonly address: DatabaseAddress;
  /** `instance` of the desired-state file; replicas of one instance share their runs. */
  readonly instance: string;
  readonly locks: RunLocks;
  readonly clock: Clock;
  readonly log: LedgerLog;
  /** Told of a job that threw. */
  readonly onError: (purpose: Purpose, tenant: TenantName, error: unknown) => void;
  readonly timing?: Partial<Timing>;
}

export type Purpose = 'reconcile' | 'quota';

/** The schedules of one process, on shared connections. */
export interface BullSchedules extends Readonly<Record<Purpose, Schedule>> {
  /** Once both are stopped. */
  close(): Promise<void>;
}

/** Rejects with a `LedgerError` when the database cannot be reached or the tables not be made. */
export async function createBullSchedules(options: BullSchedulesOptions): Promise<BullSchedules> {
  const { address, instance, locks, onError, ...rest } = options;
  await migrateQueue(address);
  const pool = new QueuePool(address, rest.log);
  const schedule = (purpose: Purpose, purposeLocks: RunLocks) =>
    new BullSchedule({
      ...rest,
      pool,
      locks: purposeLocks,
      queue: `${instance}.${purpose}`,
      onError: (tenant, error) => onError(purpose, tenant, error),
    });
  return {
    reconcile: schedule('reconcile', locks),
    // A reading disturbs no reconcile run, nor a run it. No tenant has a name with a space.
    quota: schedule('quota', { hold: (tenant) => locks.hold(`quota ${tenant}`) }),
    close: () => pool.end(),
  };
}

/** Of a start at the same time, which makes the tables. */
const LIMITS = { lockMs: 120_000, statementMs: 120_000 };

/** BullMQ's own migrations, under BullMQ's own lock. */
async function migrateQueue(address: DatabaseAddress): Promise<void> {
  const database = new Database({ ...address, onConnectionLost: () => {} });
  await database.alone('make the tables of the queue', LIMITS, async (client) => {
    // Spares users of few rights the right to create, when there is nothing to do.
    if ((await versionOf(client)) < LATEST_SCHEMA_VERSION) await runMigrations(client, QUEUE_SCHEMA);
  });
}

async function versionOf(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ found: boolean }>('select to_regclass($1) is not null as found', [
    `${QUEUE_SCHEMA}.migration`,
  ]);
  return rows[0]?.found === true ? assertSchemaCompatibility(client, QUEUE_SCHEMA) : 0;
}
