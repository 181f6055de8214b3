import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll } from 'vitest';
import { BundledServer } from '../../src/adapters/ledger/bundled/bundled-server.js';
import { type OpenedLedger, openLedger, type OpenLedgerOptions } from '../../src/adapters/ledger/index.js';
import { Secret } from '../../src/core/secret.js';

/** Its data stays between runs, so that only the first has to make it. */
export const DATA_DIR = fileURLToPath(new URL('../../.data/test', import.meta.url));

/** Making the data takes its time on a busy machine. */
export const PATIENCE_MS = 30_000;

export const SILENT = { info: () => {}, warn: () => {} };
/** Shows a time near those of the records in tests; none of them is too old to be kept. */
export const CLOCK = { now: () => 10_000 };

export interface TestDatabase {
  readonly url: Secret;
  /** One statement, straight to the database. */
  query<Row extends pg.QueryResultRow>(text: string, values?: readonly unknown[]): Promise<Row[]>;
  /** The address of another database or user of the same server. */
  urlWith(change: (url: URL) => void): Secret;
  /** A ledger in it, which is closed after the tests of the file. */
  open(options?: Partial<OpenLedgerOptions>): Promise<OpenedLedger>;
}

/** A fresh database for the tests of one file, on the one server that all files share; the last file stops it. */
export function useDatabase(): TestDatabase {
  const name = `test_${randomBytes(6).toString('hex')}`;
  const opened: OpenedLedger[] = [];
  let server: BundledServer;
  let admin: pg.Client;
  let own: pg.Client;

  const urlWith = (change: (url: URL) => void) => {
    const url = new URL(server.url.reveal());
    url.pathname = name;
    change(url);
    return new Secret(url.href);
  };
  beforeAll(async () => {
    server = await BundledServer.open({ dataDir: DATA_DIR, log: SILENT });
    admin = await connect(server.url);
    // Nothing in it is worth a wait for the disk.
    await admin.query('alter system set fsync = off');
    await admin.query('select pg_reload_conf()');
    await admin.query(`create database ${name}`);
    own = await connect(urlWith(() => {}));
  }, PATIENCE_MS);
  afterAll(async () => {
    await Promise.all(opened.map((one) => one.close()));
    await own.end();
    await admin.query(`drop database ${name} with (force)`);
    await admin.end();
    await server.close();
  }, PATIENCE_MS);

  return {
    get url() {
      return urlWith(() => {});
    },
    urlWith,
    query: async (text, values = []) => (await own.query(text, [...values])).rows,
    open: async (options = {}) => {
      const ledger = await openLedger({
        databaseUrl: urlWith(() => {}),
        dataDir: DATA_DIR,
        clock: CLOCK,
        log: SILENT,
        ...options,
      });
      opened.push(ledger);
      return ledger;
    },
  };
}

async function connect(url: Secret): Promise<pg.Client> {
  const client = new pg.Client(url.reveal());
  await client.connect();
  return client;
}
