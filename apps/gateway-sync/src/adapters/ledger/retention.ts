import { inArray, lt, sql } from 'drizzle-orm';
import type { Clock } from '../../core/ports.js';
import type { Database } from './database.js';
import type { LedgerLog } from './ledger-log.js';
import { auditRecord, quotaReading } from './schema.js';

/** How long records are kept, in days. */
export interface Retention {
  readonly auditDays: number;
  readonly quotaDays: number;
}

const DEFAULTS: Retention = { auditDays: 400, quotaDays: 400 };
const DAY_MS = 86_400_000;
/** Rows of one statement, so that none holds others up. */
const ROWS = 1_000;

/** Deletes what is too old, now and daily, in the background. The result stops it. */
export function startRetention(
  database: Database,
  options: { readonly retention: Partial<Retention>; readonly clock: Clock; readonly log: LedgerLog },
): () => Promise<void> {
  const stopping = new AbortController();
  const retention = { ...DEFAULTS, ...options.retention };
  const run = () =>
    deleteOld(database, retention, options.clock.now(), stopping.signal).catch((error: unknown) => {
      options.log.warn({ err: error }, 'old records could not be deleted; it is tried again tomorrow');
    });
  let running = run();
  const daily = setInterval(() => {
    running = run();
  }, DAY_MS);
  daily.unref();
  return async () => {
    clearInterval(daily);
    stopping.abort();
    await running;
  };
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
      .where(lt(at, now - retention.auditDays * DAY_MS))
      .limit(ROWS);
    return db.delete(auditRecord).where(inArray(id, old));
  });
  await inParts((db) => {
    const { tenant, at } = quotaReading;
    const old = db
      .select({ tenant, at })
      .from(quotaReading)
      .where(lt(at, now - retention.quotaDays * DAY_MS))
      .limit(ROWS);
    return db.delete(quotaReading).where(sql`(${tenant}, ${at}) in ${old}`);
  });
}

type Removal = Parameters<typeof Database.prototype.run<{ readonly rowCount: number | null }>>[1];
