import { fileURLToPath } from 'node:url';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import { sql } from 'drizzle-orm';
import type { Database } from './database.js';
import { SCHEMA } from './schema.js';

/** Beside `src` and `dist` alike, so that the built program finds what was committed. */
const FOLDER = fileURLToPath(new URL('../../../migrations', import.meta.url));
const TABLE = 'migration';
const LIMITS = { lockMs: 120_000, statementMs: 300_000 };
/** Names the advisory lock under which one process at a time migrates a database. */
const LOCK = 'gateway-sync: migrations';

/** Brings the tables to the state that this program works with. A database that is there already is only read. */
export async function migrateDatabase(database: Database): Promise<void> {
  if (await isMigrated(database)) return;
  await database.alone('migrate the database', LIMITS, async (client) => {
    await client.query('select pg_advisory_lock(hashtextextended($1, 0))', [LOCK]);
    await migrate(drizzle(client), { migrationsFolder: FOLDER, migrationsSchema: SCHEMA, migrationsTable: TABLE });
  });
}

/** Spares the locks, and users of few rights the right to create, when there is nothing to do. */
async function isMigrated(database: Database): Promise<boolean> {
  const newest = Math.max(...readMigrationFiles({ migrationsFolder: FOLDER }).map(({ folderMillis }) => folderMillis));
  return database.run('open the ledger', async (db) => {
    const table = `${SCHEMA}.${TABLE}`;
    const found = await db.execute<{ found: boolean }>(sql`select to_regclass(${table}) is not null as found`);
    if (found.rows[0]?.found !== true) return false;
    const done = await db.execute<{ newest: string | null }>(
      sql`select max(created_at) as newest from ${sql.identifier(SCHEMA)}.${sql.identifier(TABLE)}`,
    );
    return Number(done.rows[0]?.newest ?? 0) >= newest;
  });
}
