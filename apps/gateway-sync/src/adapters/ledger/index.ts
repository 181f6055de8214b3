import { sql } from 'drizzle-orm';
import type { Clock, LedgerStore } from '../../core/ports.js';
import { LedgerError } from '../../core/errors.js';
import type { Secret } from '../../core/secret.js';
import { Complaints } from '../complaints.js';
import { PostgresAuditTrail } from './audit-trail.js';
import { BundledServer } from './bundled/bundled-server.js';
import { Database, type DatabaseAddress } from './database.js';
import { fingerprintKey } from './fingerprint-key.js';
import type { LedgerLog } from './ledger-log.js';
import { migrateDatabase } from './migrate.js';
import { PostgresOutbox } from './notifications.js';
import { PostgresLedger } from './postgres-ledger.js';
import { PostgresQuotaLog } from './quota-log.js';
import { PostgresReplicas } from './replicas.js';
import { PostgresRequestBudget } from './request-budget.js';
import { RetentionClerk } from './retention.js';
import { PostgresRunLocks } from './run-locks.js';
import { PostgresTenantRecords } from './tenant-records.js';

export type { DatabaseAddress } from './database.js';
export type { LedgerLog } from './ledger-log.js';

export interface OpenLedgerOptions {
  /** Absent: the bundled PostgreSQL, with its data under `dataDir`. */
  readonly databaseUrl?: Secret;
  readonly dataDir: string;
  /** Absent: one is made and kept in the database. */
  readonly fingerprintKey?: Secret;
  readonly clock: Clock;
  readonly log: LedgerLog;
}

export interface OpenedLedger extends LedgerStore {
  /** For what else keeps something in the same database. */
  readonly address: DatabaseAddress;
}

/**
 * Connects, migrates and reads the fingerprint key. It and the methods of what it answers reject with a
 * `LedgerError`; after a loss of the database they work again by themselves. A bundled server is stopped by the
 * last process that uses it.
 */
export async function openLedger(options: OpenLedgerOptions): Promise<OpenedLedger> {
  const { databaseUrl, dataDir, log } = options;
  if (databaseUrl) return openAt(databaseUrl, options);
  const server = await BundledServer.open({ dataDir, log });
  try {
    const opened = await openAt(server.url, options);
    return {
      ...opened,
      close: once(async () => {
        await opened.close();
        await server.close();
      }),
    };
  } catch (error) {
    await server.close();
    throw error;
  }
}

async function openAt(url: Secret, options: OpenLedgerOptions): Promise<OpenedLedger> {
  const { fingerprintKey: given, clock, log } = options;
  const address = { url, bundled: options.databaseUrl === undefined };
  const complaints = new Complaints(log);
  const database = new Database({
    ...address,
    onConnectionLost: (error) => complaints.tell(error, 'a connection to the database is lost'),
  });
  try {
    await migrateDatabase(database);
    const key = await fingerprintKey(database, given);
    const locks = new PostgresRunLocks(address);
    const retention = new RetentionClerk(database, { clock, log });
    return {
      ledger: new PostgresLedger(database, key),
      audit: new PostgresAuditTrail(database),
      quota: new PostgresQuotaLog(database),
      fleet: (instance) => ({
        records: new PostgresTenantRecords(database, instance),
        replicas: new PostgresReplicas(database, instance),
        outbox: new PostgresOutbox(database, instance),
      }),
      keep: (wish) => retention.keep(wish),
      budget: (wish) => new PostgresRequestBudget(database, wish, log),
      locks,
      address,
      ping: () => ping(database),
      close: once(async () => {
        await retention.stop();
        await locks.close();
        await database.close();
      }),
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** Less than a probe waits: a database that does not answer by then is as good as away. */
const PING_MS = 2_000;

async function ping(database: Database): Promise<void> {
  const late = Promise.withResolvers<never>();
  const message = `Could not reach the database (${database.place.name}): no answer within ${PING_MS / 1000} s`;
  const timer = setTimeout(() => late.reject(new LedgerError(message, { transient: true })), PING_MS);
  const pinged = database.run('reach the database', async (db) => void (await db.execute(sql`select 1`)));
  try {
    await Promise.race([pinged, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** Whoever calls it again waits for the first call. */
function once(run: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  return () => (running ??= run());
}
