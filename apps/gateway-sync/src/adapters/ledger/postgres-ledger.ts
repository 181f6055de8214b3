import { and, eq, inArray, sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import { RESOURCES } from '../../core/action.js';
import type { LedgerChange, OwnedThing, OwnedThings } from '../../core/ledger.js';
import type { AuditEntry, Ledger } from '../../core/ports.js';
import type { Secret } from '../../core/secret.js';
import type { TenantName } from '../../core/state.js';
import { auditRows } from './audit-trail.js';
import { storableText } from './columns.js';
import type { Database } from './database.js';
import { auditRecord, ownedThing } from './schema.js';

/** Rows of one statement: PostgreSQL takes 65,535 values at a time. */
const ROWS = 1_000;

/** What a newer row replaces: all but its key and when it was first ours. */
const REPLACED_COLUMNS = ['instance', 'writtenAt', 'version', 'settings', 'fingerprints', 'pending'] as const;
const REPLACED = Object.fromEntries(
  REPLACED_COLUMNS.map((name) => [name, sql`excluded.${sql.identifier(ownedThing[name].name)}`]),
);

export class PostgresLedger implements Ledger {
  readonly fingerprintKey: Secret;
  readonly #database: Database;

  constructor(database: Database, fingerprintKey: Secret) {
    this.#database = database;
    this.fingerprintKey = fingerprintKey;
  }

  async read(tenant: TenantName): Promise<OwnedThings> {
    const rows = await this.#database.run('read the ledger', (db) =>
      db.select().from(ownedThing).where(eq(ownedThing.tenant, tenant)).orderBy(ownedThing.resource, ownedThing.key),
    );
    return rows.map(thingOf);
  }

  async commit(tenant: TenantName, change: LedgerChange, audit?: AuditEntry): Promise<void> {
    const records = audit ? auditRows(audit) : [];
    if (change.put.length + change.forget.length + records.length === 0) return;
    await this.#database.run('write the ledger', (db) =>
      db.transaction(async (transaction) => {
        // One writer for each tenant at a time: two that touch the same rows in another order would wait for each other.
        const lock = storableText(`gateway-sync: ${tenant}`);
        await transaction.execute(sql`select pg_advisory_xact_lock(hashtextextended(${lock}, 0))`);
        await forget(transaction, tenant, change.forget);
        await put(transaction, tenant, change.put);
        for (const part of parts(records)) await transaction.insert(auditRecord).values(part);
      }),
    );
  }
}

async function forget(db: NodePgDatabase, tenant: TenantName, things: LedgerChange['forget']): Promise<void> {
  for (const resource of RESOURCES) {
    const keys = things.filter((thing) => thing.resource === resource).map(({ key }) => key);
    for (const part of parts(keys)) {
      const one = and(eq(ownedThing.tenant, tenant), eq(ownedThing.resource, resource), inArray(ownedThing.key, part));
      await db.delete(ownedThing).where(one);
    }
  }
}

async function put(db: NodePgDatabase, tenant: TenantName, things: LedgerChange['put']): Promise<void> {
  // A statement may not meet the same row twice; the last word counts.
  const last = new Map(things.map((thing) => [JSON.stringify([thing.resource, thing.key]), thing]));
  const rows = [...last.values()].map((thing) => ({ ...thing, tenant, pending: thing.pending ?? false }));
  for (const part of parts(rows)) {
    await db
      .insert(ownedThing)
      .values(part)
      .onConflictDoUpdate({ target: [ownedThing.tenant, ownedThing.resource, ownedThing.key], set: REPLACED });
  }
}

function parts<Item>(items: readonly Item[]): Item[][] {
  return Array.from({ length: Math.ceil(items.length / ROWS) }, (_, index) =>
    items.slice(index * ROWS, (index + 1) * ROWS),
  );
}

function thingOf(row: typeof ownedThing.$inferSelect): OwnedThing {
  const { tenant: _, version, pending, ...rest } = row;
  return { ...rest, ...(version !== null && { version }), ...(pending && { pending }) };
}
