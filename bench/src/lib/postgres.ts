import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BundledServer } from 'gateway-sync/dist/adapters/ledger/bundled/bundled-server.js';
import pg from 'pg';
import { closing } from './interruption.ts';
import { processorSeconds } from './processes.ts';

export interface DatabaseLoad {
  /** Since the server began. */
  readonly transactions: number;
  readonly processorSeconds: number;
  readonly connections: number;
  /** Of all tables together, as counted. */
  readonly rows: Readonly<Record<string, number>>;
}

export interface Postgres extends AsyncDisposable {
  /** Of a database that nobody has used. */
  freshUrl(): Promise<string>;
  load(url: string): Promise<DatabaseLoad>;
}

/** The bundled server of the service in a folder of its own. */
export async function startPostgres(): Promise<Postgres> {
  const dataDir = await mkdtemp(join(tmpdir(), 'gateway-sync-bench-'));
  // For the account that the server gets when we are root.
  await chmod(dataDir, 0o755);
  const server = await BundledServer.open({ dataDir, log: { info: () => {}, warn: () => {} } });
  const pid = Number((await readFile(join(dataDir, 'postgres/data/postmaster.pid'), 'utf8')).split('\n', 1)[0]);
  let last = 0;
  return {
    freshUrl: async () => {
      const name = `bench${++last}`;
      await withClient(server.url.reveal(), (client) => client.query(`create database ${name}`));
      const url = new URL(server.url.reveal());
      url.pathname = name;
      return url.href;
    },
    load: async (url) =>
      withClient(url, async (client) => {
        const { rows } = await client.query<{ transactions: number; connections: number }>(
          `select (xact_commit + xact_rollback)::float8 as transactions, numbackends - 1 as connections
           from pg_stat_database where datname = current_database()`,
        );
        const [{ transactions, connections } = { transactions: NaN, connections: NaN }] = rows;
        return {
          transactions,
          connections,
          processorSeconds: await processorSeconds(pid),
          rows: await rowsOf(client),
        };
      }),
    [Symbol.asyncDispose]: closing(async () => {
      await server.close();
      await rm(dataDir, { recursive: true });
    }),
  };
}

async function rowsOf(client: pg.Client): Promise<Record<string, number>> {
  const { rows: tables } = await client.query<{ name: string; table: string }>(
    `select relname as name, oid::regclass::text as table from pg_class
     where relkind = 'r' and relnamespace::regnamespace::text in ('public', 'gateway_sync', 'gateway_sync_queue')`,
  );
  const counts: Record<string, number> = {};
  for (const { name, table } of tables) {
    const { rows } = await client.query<{ count: number }>(`select count(*)::float8 as count from ${table}`);
    counts[name] = rows[0]?.count ?? 0;
  }
  return counts;
}

async function withClient<Result>(url: string, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
