import { and, desc, inArray, sql } from 'drizzle-orm';
import type { AuditChange, AuditEntry, AuditRecord, AuditTrail, HistoryWish } from '../../core/ports.js';
import type { Database } from './database.js';
import { auditRecord } from './schema.js';

export class PostgresAuditTrail implements AuditTrail {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async history({ tenants, limit, before }: HistoryWish): Promise<readonly AuditRecord[]> {
    const rows = await this.#database.run('read the audit trail', (db) =>
      db
        .select()
        .from(auditRecord)
        .where(
          and(
            tenants && inArray(auditRecord.tenant, [...tenants]),
            before === undefined ? undefined : sql`${auditRecord.id} < ${before}::bigint`,
          ),
        )
        .orderBy(desc(auditRecord.id))
        .limit(limit),
    );
    return rows.map(recordOf);
  }
}

/** An entry as rows, one for each of its changes. */
export function auditRows({ changes, ...entry }: AuditEntry): readonly (typeof auditRecord.$inferInsert)[] {
  return changes.map(({ id, ...change }) => ({ ...entry, ...change, actionId: id }));
}

function recordOf(row: typeof auditRecord.$inferSelect): AuditRecord {
  const { id, tenant, instance, actor, reconcileId, trigger, at, outcome, checksum, ...rest } = row;
  const { actionId, code, message, ...kept } = rest;
  const change: AuditChange = {
    ...kept,
    id: actionId,
    ...(code !== null && { code }),
    ...(message !== null && { message }),
  };
  return { id: String(id), tenant, instance, actor, reconcileId, trigger, at, outcome, checksum, change };
}
