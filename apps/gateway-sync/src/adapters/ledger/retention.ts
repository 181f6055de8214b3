import { inArray, lt, sql, type Column, type SQL } from 'drizzle-orm';
import type { Clock, Retention } from '../../core/ports.js';
import { SUBJECT_DAYS } from '../../core/outbox.js';
import type { Database } from './database.js';
import type { LedgerLog } from './ledger-log.js';
import { auditRecord, notification, quotaReading } from './schema.js';

const DAY_MS = 86_400_000;
/** Rows of one statement, so that none holds others up. */
const ROWS = 1_000;

/** Deletes what is too old, in the background. */
export class RetentionClerk {
  readonly #database: Database;
  readonly #options: { readonly clock: Clock; readonly log: LedgerLog };
  readonly #stopping = new AbortController();
  #retention: Retention | undefined;
  #running: Promise<void> = Promise.resolve();
  #daily: NodeJS.Timeout | undefined;

  constructor(database: Database, options: { readonly clock: Clock; readonly log: LedgerLog }) {
    this.#database = database;
    this.#options = options;
  }

  /** Now and daily, until stopped; a call with the same days changes nothing. */
  keep(retention: Retention): void {
    const { auditDays, quotaDays } = retention;
    if (this.#stopping.signal.aborted) return;
    if (this.#retention?.auditDays === auditDays && this.#retention.quotaDays === quotaDays) return;
    this.#retention = retention;
    this.#daily ??= setInterval(() => this.#run(), DAY_MS).unref();
    this.#run();
  }

  async stop(): Promise<void> {
    clearInterval(this.#daily);
    this.#stopping.abort();
    await this.#running;
  }

  #run(): void {
    const { clock, log } = this.#options;
    this.#running = this.#running
      .then(() => this.#retention && deleteOld(this.#database, this.#retention, clock.now(), this.#stopping.signal))
      .catch((error: unknown) => {
        log.warn({ err: error }, 'old records could not be deleted; it is tried again tomorrow');
      });
  }
}

async function deleteOld(database: Database, retention: Retention, now: number, signal: AbortSignal): Promise<void> {
  const inParts = async (remove: Removal) => {
    let deleted = ROWS;
    while (deleted === ROWS && !signal.aborted) {
      deleted = (await database.run('delete old records', remove)).rowCount ?? 0;
    }
  };
  await inParts((db) => {
    const { id, at } = auditRecord;
    const old = db
      .select({ id })
      .from(auditRecord)
      .where(olderThan(at, retention.auditDays, now))
      .limit(ROWS);
    return db.delete(auditRecord).where(inArray(id, old));
  });
  await inParts((db) => {
    const { tenant, at } = quotaReading;
    const old = db
      .select({ tenant, at })
      .from(quotaReading)
      .where(olderThan(at, retention.quotaDays, now))
      .limit(ROWS);
    return db.delete(quotaReading).where(sql`(${tenant}, ${at}) in ${old}`);
  });
  await inParts((db) => {
    const { id, at } = notification;
    const days = Math.max(retention.quotaDays, SUBJECT_DAYS);
    const old = db
      .select({ id })
      .from(notification)
      .where(olderThan(at, days, now))
      .limit(ROWS);
    return db.delete(notification).where(inArray(id, old));
  });
}

/** Both clocks have to say so: one that ran ahead must not delete what is still to be kept. */
function olderThan(at: Column, days: number, now: number): SQL | undefined {
  const limit = new Date(now - days * DAY_MS).toISOString();
  return lt(at, sql`least(${limit}::timestamptz, now() - make_interval(days => ${days}))`);
}

type Removal = Parameters<typeof Database.prototype.run<{ readonly rowCount: number | null }>>[1];
