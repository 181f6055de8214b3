import { and, eq, inArray, isNull, lte, or, sql, type SQL } from 'drizzle-orm';
import type { JsonObject } from '../../core/json.js';
import type { Pause } from '../../core/pause.js';
import type { RecordChanges, RecordCursor, TenantRecords } from '../../core/replica-ports.js';
import type { QuotaUsage } from '../../core/quota.js';
import type { QuotaState } from '../../core/quota-state.js';
import type { TenantName } from '../../core/state.js';
import { memoryJson, memoryOf, type TenantMarks, type TenantRecord } from '../../core/tenant-record.js';
import { thisTransaction } from './columns.js';
import type { Database } from './database.js';
import { tenantRecord } from './schema.js';

/** Raised with every change of `TenantRecord` that an older program would misread: it takes such a record for none. */
const FORMAT = 1;

/** A snapshot that has seen nothing. */
const NOTHING_SEEN = '1:1:';
const NO_ANSWER = { server: '', snapshot: NOTHING_SEEN };

type Row = typeof tenantRecord.$inferSelect;
/** One at least: without a tenant when nothing changed. */
interface ChangedRow
  extends Record<string, unknown>, Pick<Row, 'format' | 'record' | 'pause' | 'quota' | 'quotaState'> {
  readonly server: string;
  readonly snapshot: string;
  readonly tenant: string | null;
}
type Shown = Omit<TenantRecord, 'memory'>;

export class PostgresTenantRecords implements TenantRecords {
  readonly #database: Database;
  readonly #instance: string;

  constructor(database: Database, instance: string) {
    this.#database = database;
    this.#instance = instance;
  }

  async read(tenant: TenantName): Promise<{ readonly record?: TenantRecord; readonly marks: TenantMarks }> {
    const { format, record, memory, pause, quota, quotaState } = tenantRecord;
    const [row] = await this.#database.run('read the record of a tenant', (db) =>
      db.select({ format, record, memory, pause, quota, quotaState }).from(tenantRecord).where(this.#is(tenant)),
    );
    if (!row) return { marks: {} };
    const shown = recordOf(tenant, row);
    return { ...(shown && { record: { ...shown, memory: memoryOf(row.memory) } }), marks: marksOf(row) };
  }

  async write({ tenant, memory, ...record }: TenantRecord, report: JsonObject): Promise<void> {
    await this.#put(tenant, {
      format: FORMAT,
      record,
      memory: memoryJson(memory),
      report,
    });
  }

  async pause(tenant: TenantName, pause: Pause | undefined): Promise<void> {
    await this.#put(tenant, { pause: pause ?? null });
  }

  async readQuota(tenant: TenantName, usage: QuotaUsage, at: number): Promise<void> {
    const known = sql<number>`(${tenantRecord.quota}->>'at')::double precision`;
    await this.#put(tenant, { quota: { usage, at } }, or(isNull(tenantRecord.quota), lte(known, at)));
  }

  async keepQuotaState(tenant: TenantName, state: QuotaState): Promise<void> {
    const known = sql<number>`coalesce((${tenantRecord.quotaState}->>'at')::double precision, 0)`;
    await this.#put(tenant, { quotaState: state }, lte(known, state.at ?? 0));
  }

  /**
   * What the snapshot of the last reading did not show and the one of this reading does, whenever it was written: a time
   * or a sequence would pass by a transaction that began before the reading and ended after it. The start of the server
   * stands in the cursor too, because a restored database, or a standby that took over, may number its transactions anew.
   */
  async changes(cursor?: RecordCursor): Promise<RecordChanges> {
    const [server, snapshot] = cursor?.split(' ') ?? [];
    const { rows } = await this.#database.run('read what changed of the tenants', (db) =>
      db.execute<ChangedRow>(changedSince(this.#instance, snapshot)),
    );
    const [{ server: answering, snapshot: shown } = NO_ANSWER] = rows;
    if (server !== undefined && server !== answering) return this.changes();
    return {
      cursor: `${answering} ${shown}`,
      rows: rows.flatMap((row) => {
        if (row.tenant === null) return [];
        const record = recordOf(row.tenant, row);
        return [{ tenant: row.tenant, ...(record && { record }), marks: marksOf(row) }];
      }),
    };
  }

  async report(tenant: TenantName): Promise<JsonObject | undefined> {
    const { format, report } = tenantRecord;
    const [row] = await this.#database.run('read the last plan of a tenant', (db) =>
      db.select({ format, report }).from(tenantRecord).where(this.#is(tenant)),
    );
    return row?.format === FORMAT ? (row.report ?? undefined) : undefined;
  }

  async forget(tenants: readonly TenantName[]): Promise<void> {
    if (tenants.length === 0) return;
    await this.#database.run('forget tenants', (db) =>
      db
        .delete(tenantRecord)
        .where(and(eq(tenantRecord.instance, this.#instance), inArray(tenantRecord.tenant, [...tenants]))),
    );
  }

  async #put(tenant: TenantName, values: Partial<Row>, setWhere?: SQL): Promise<void> {
    const set = { ...values, changedIn: thisTransaction };
    await this.#database.run('write the record of a tenant', (db) =>
      db
        .insert(tenantRecord)
        .values({ instance: this.#instance, tenant, ...values })
        .onConflictDoUpdate({
          target: [tenantRecord.instance, tenantRecord.tenant],
          set,
          ...(setWhere && { setWhere }),
        }),
    );
  }

  #is(tenant: TenantName): SQL | undefined {
    return and(eq(tenantRecord.instance, this.#instance), eq(tenantRecord.tenant, tenant));
  }
}

/**
 * What a snapshot did not show. The index leads to what is newer than the oldest transaction that was open then; of that
 * only a little was seen. One row at least.
 */
export function changedSince(instance: string, snapshot = NOTHING_SEEN): SQL {
  const [oldest = '1'] = snapshot.split(':');
  return sql`
    select extract(epoch from pg_postmaster_start_time())::text as server, pg_current_snapshot()::text as snapshot,
      tenant, format, record, pause, quota, quota_state as "quotaState"
    from (values (1)) as always left join ${tenantRecord} on instance = ${instance}
      and changed_in >= ${oldest}::xid8 and not pg_visible_in_snapshot(changed_in, ${snapshot}::pg_snapshot)`;
}

function recordOf(tenant: TenantName, { format, record }: Pick<Row, 'format' | 'record'>): Shown | undefined {
  return format === FORMAT && record ? { tenant, ...record } : undefined;
}

function marksOf({ pause, quota, quotaState }: Pick<Row, 'pause' | 'quota' | 'quotaState'>): TenantMarks {
  return { ...(pause && { pause }), ...(quota && { quota }), ...(quotaState && { quotaState }) };
}
