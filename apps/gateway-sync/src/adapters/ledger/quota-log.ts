import { and, desc, eq, gte } from 'drizzle-orm';
import type { QuotaLog } from '../../core/ports.js';
import type { QuotaUsage } from '../../core/quota.js';
import type { TenantName } from '../../core/state.js';
import type { Database } from './database.js';
import { quotaReading } from './schema.js';

type Reading = Awaited<ReturnType<QuotaLog['since']>>[number];

export class PostgresQuotaLog implements QuotaLog {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async add(tenant: TenantName, usage: QuotaUsage, at: number): Promise<void> {
    const { month, used, limit = null, percent = null, crossed } = usage;
    const reading = { month, used, limit, percent, crossed };
    await this.#database.run('keep a quota reading', (db) =>
      db
        .insert(quotaReading)
        .values({ tenant, at, ...reading })
        .onConflictDoUpdate({ target: [quotaReading.tenant, quotaReading.at], set: reading }),
    );
  }

  async last(tenant: TenantName): Promise<Reading | undefined> {
    const rows = await this.#database.run('read the quota readings', (db) =>
      db.select().from(quotaReading).where(eq(quotaReading.tenant, tenant)).orderBy(desc(quotaReading.at)).limit(1),
    );
    return rows[0] && readingOf(rows[0]);
  }

  async since(tenant: TenantName, from: number): Promise<readonly Reading[]> {
    const rows = await this.#database.run('read the quota readings', (db) =>
      db
        .select()
        .from(quotaReading)
        .where(and(eq(quotaReading.tenant, tenant), gte(quotaReading.at, from)))
        .orderBy(quotaReading.at),
    );
    return rows.map(readingOf);
  }
}

function readingOf({ month, used, limit, percent, crossed, at }: typeof quotaReading.$inferSelect): Reading {
  const usage = { month, used, ...(limit !== null && { limit }), ...(percent !== null && { percent }), crossed };
  return { usage, at };
}
