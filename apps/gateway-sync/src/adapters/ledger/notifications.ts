import { and, asc, eq, inArray, isNotNull, lte, sql, type SQL } from 'drizzle-orm';
import type { HeldMessage, Message, Outbox } from '../../core/outbox.js';
import { now } from './columns.js';
import type { Database } from './database.js';
import { notification } from './schema.js';

/** By the clock of the database alone: replicas need not agree about the time. */
export class PostgresOutbox implements Outbox {
  readonly #database: Database;
  readonly #instance: string;

  constructor(database: Database, instance: string) {
    this.#database = database;
    this.#instance = instance;
  }

  async add(messages: readonly Message[]): Promise<number> {
    if (messages.length === 0) return 0;
    const rows = messages.map((message) => ({ ...message, instance: this.#instance, dueAt: now }));
    const { rowCount } = await this.#database.run('keep a notification', (db) =>
      db
        .insert(notification)
        .values(rows)
        .onConflictDoNothing({ target: [notification.instance, notification.tenant, notification.subject] }),
    );
    return rowCount ?? 0;
  }

  async take({ limit, holdMs }: { readonly limit: number; readonly holdMs: number }): Promise<readonly HeldMessage[]> {
    const { id, instance, dueAt, at, attempts, tenant, subject, payload } = notification;
    const held = await this.#database.run('take notifications', (db) => {
      const due = db
        .select({ id })
        .from(notification)
        .where(and(eq(instance, this.#instance), lte(dueAt, now)))
        .orderBy(asc(dueAt))
        .limit(limit)
        .for('update', { skipLocked: true });
      return db
        .update(notification)
        .set({ attempts: sql`${attempts} + 1`, dueAt: inMs(holdMs) })
        .where(inArray(id, due))
        .returning({ id, tenant, subject, at, payload, attempts });
    });
    return held.toSorted((a, b) => a.at - b.at);
  }

  async settle(
    { id, attempts }: HeldMessage,
    { outcome, againMs }: { readonly outcome: string; readonly againMs?: number },
  ): Promise<void> {
    await this.#database.run('settle a notification', (db) =>
      db
        .update(notification)
        .set({ outcome, dueAt: againMs === undefined ? null : inMs(againMs) })
        .where(and(eq(notification.id, id), eq(notification.attempts, attempts))),
    );
  }

  async untilDue(): Promise<number | undefined> {
    const { instance, dueAt } = notification;
    const [row] = await this.#database.run('look for notifications', (db) =>
      db
        .select({ ms: sql<number>`extract(epoch from ${dueAt} - ${now})::float8 * 1000` })
        .from(notification)
        .where(and(eq(instance, this.#instance), isNotNull(dueAt)))
        .orderBy(asc(dueAt))
        .limit(1),
    );
    return row && Math.max(0, Math.ceil(row.ms));
  }
}

function inMs(ms: number): SQL {
  return sql`${now} + ${ms}::float8 * interval '1 millisecond'`;
}
