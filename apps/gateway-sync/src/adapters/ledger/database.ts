import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import type { Secret } from '../../core/secret.js';
import { isAnswer, ledgerError, type Place } from './ledger-error.js';
import { LedgerError } from '../../core/errors.js';

export const APPLICATION_NAME = 'gateway-sync';

const MAX_CONNECTIONS = 5;
/** Opening a connection, and waiting for one of the pool. */
const CONNECT_MS = 5_000;
const STATEMENT_MS = 10_000;
/** Longer than the server allows a statement, so that only a connection gone dead gets here. */
const ANSWER_MS = 15_000;

/** How long anything of a pool may take. */
export const POOL_LIMITS = {
  idleTimeoutMillis: 30_000,
  /** Connections are renewed, so that a moved server is noticed at last. */
  maxLifetimeSeconds: 3_600,
  statement_timeout: STATEMENT_MS,
  lock_timeout: 5_000,
  idle_in_transaction_session_timeout: STATEMENT_MS,
  query_timeout: ANSWER_MS,
} as const satisfies pg.PoolConfig;

/** Where the database is. */
export interface DatabaseAddress {
  readonly url: Secret;
  /** We run the server ourselves, and nobody chose an address. */
  readonly bundled: boolean;
}

export interface DatabaseOptions extends DatabaseAddress {
  /** Told of connections that broke while nobody used them; the pool replaces them by itself. */
  readonly onConnectionLost: (error: Error) => void;
}

/** Connections to one PostgreSQL database. Everything it throws is a {@link LedgerError}. */
export class Database {
  readonly place: Place;
  readonly #url: Secret;
  readonly #pool: pg.Pool;

  constructor({ url, bundled, onConnectionLost }: DatabaseOptions) {
    this.#url = url;
    this.place = placeOf({ url, bundled });
    this.#pool = new pg.Pool({ ...settings(url), ...POOL_LIMITS, max: MAX_CONNECTIONS });
    const lost = (error: Error) => {
      if (!this.#pool.ending) onConnectionLost(ledgerError(error, 'keep a connection', this.place));
    };
    this.#pool.on('error', lost);
    // One that breaks between two statements of a transaction tells nobody but its own listeners, and none would end the process.
    this.#pool.on('connect', (client) => client.on('error', () => {}));
  }

  /** Runs statements on one connection; `action` completes "Could not …". */
  async run<Result>(action: string, work: (db: NodePgDatabase) => Promise<Result>): Promise<Result> {
    try {
      return await this.#withConnection(work);
    } catch (error) {
      throw ledgerError(error, action, this.place);
    }
  }

  async #withConnection<Result>(work: (db: NodePgDatabase) => Promise<Result>): Promise<Result> {
    const client = await this.#pool.connect();
    let usable = true;
    try {
      return await work(drizzle(client));
    } catch (error) {
      usable = isAnswer(error);
      throw error;
    } finally {
      client.release(!usable);
    }
  }

  /** Runs long work on a connection of its own, which is closed afterwards with all locks it holds. */
  async alone<Result>(
    action: string,
    limits: { readonly lockMs: number; readonly statementMs: number },
    work: (client: pg.Client) => Promise<Result>,
  ): Promise<Result> {
    const client = new pg.Client({
      ...settings(this.#url),
      statement_timeout: limits.statementMs,
      lock_timeout: limits.lockMs,
      query_timeout: limits.statementMs + ANSWER_MS,
    });
    client.on('error', () => {});
    try {
      await client.connect();
      return await work(client);
    } catch (error) {
      throw ledgerError(error, action, this.place);
    } finally {
      await client.end().catch(() => {});
    }
  }

  async close(): Promise<void> {
    await this.#pool.end();
  }
}

/** Of every connection to the database. */
export function settings(url: Secret): pg.ClientConfig {
  return {
    connectionString: url.reveal(),
    application_name: APPLICATION_NAME,
    connectionTimeoutMillis: CONNECT_MS,
    keepAlive: true,
  };
}

/** Throws a `LedgerError` when the address cannot be used. */
export function placeOf({ url, bundled }: DatabaseAddress): Place {
  try {
    const { host, port, database } = new pg.Client(url.reveal());
    const name = host.startsWith('/') ? `PostgreSQL, ${host}` : `PostgreSQL, ${host}:${port}/${database ?? ''}`;
    return { name, bundled };
  } catch (error) {
    // A file that the address names, such as sslrootcert. Anything else stays untold: it may quote the password.
    const said = error instanceof Error && 'syscall' in error ? `: ${error.message}` : '';
    throw new LedgerError(
      `DATABASE_URL cannot be used${said}; write postgresql://user:password@host:5432/database, special characters as %23`,
      { transient: false },
    );
  }
}
