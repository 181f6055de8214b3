import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { LedgerError } from '../../core/errors.js';
import type { HeldLock, RunLocks } from '../../core/replica-ports.js';
import type { TenantName } from '../../core/state.js';
import { type DatabaseAddress, placeOf, settings } from './database.js';
import { ledgerError, type Place } from './ledger-error.js';

/** Often enough that a connection gone dead is given up before the server can give its locks to another. */
const HEARTBEAT_MS = 2_000;
/** A statement that takes longer is not waited for: the connection counts as lost. */
const ANSWER_MS = 4_000;
const STATEMENT_MS = 3_000;
/** After how long the server gives up a client that is not heard of: later than the client itself does. */
const SERVER_PATIENCE = {
  tcp_keepalives_idle: '10',
  tcp_keepalives_interval: '5',
  tcp_keepalives_count: '2',
  tcp_user_timeout: '20000',
};

export interface RunLocksOptions extends DatabaseAddress {
  readonly heartbeatMs?: number;
  readonly answerMs?: number;
}

/**
 * Advisory locks of one session, on a connection that serves nothing else; the server frees them when it ends. The
 * connection is opened by the first lock, and again by the next one after it was lost.
 *
 * Behind a pooler in transaction mode a session is nobody's own: a lock stays with whichever connection of the server it
 * came from. Where that shows, no lock is given; DATABASE_URL has to go around the pooler or through one in session mode.
 */
export class PostgresRunLocks implements RunLocks {
  readonly #options: RunLocksOptions;
  readonly #place: Place;
  readonly #held = new Set<TenantName>();
  #session: Promise<Session> | undefined;
  #closed = false;

  constructor(options: RunLocksOptions) {
    this.#options = options;
    this.#place = placeOf(options);
  }

  async hold(tenant: TenantName): Promise<HeldLock | undefined> {
    if (this.#closed) throw closed();
    // The session would give it a second time.
    if (this.#held.has(tenant)) return undefined;
    this.#held.add(tenant);
    try {
      const session = await this.#open();
      if (await session.lock(tenant)) {
        const { signal } = session.lost;
        return { signal, release: onlyOnce(() => this.#release(tenant, session)) };
      }
    } catch (error) {
      this.#held.delete(tenant);
      throw ledgerError(error, 'lock the tenant', this.#place);
    }
    this.#held.delete(tenant);
    return undefined;
  }

  /** Gives back all locks. */
  async close(): Promise<void> {
    this.#closed = true;
    const session = await this.#session?.catch(() => undefined);
    await session?.close(closed());
  }

  async #release(tenant: TenantName, session: Session): Promise<void> {
    // A session that cannot free it is lost, and the lock with it.
    await session.unlock(tenant).catch(() => undefined);
    this.#held.delete(tenant);
  }

  #open(): Promise<Session> {
    if (!this.#session) {
      this.#session = Session.open(this.#options, this.#place);
      void this.#forget(this.#session);
    }
    return this.#session;
  }

  /** When it is lost, or cannot be opened: the next lock opens another. */
  async #forget(opening: Promise<Session>): Promise<void> {
    const { lost } = (await opening.catch(() => undefined)) ?? {};
    if (lost && !lost.signal.aborted) await once(lost.signal, 'abort');
    if (this.#session === opening) this.#session = undefined;
  }
}

/** One connection and the locks on it. */
class Session {
  readonly #client: pg.Client;
  readonly #place: Place;
  /** Aborted with the reason why its locks can no longer be relied on. */
  readonly lost = new AbortController();
  #last: Promise<unknown> = Promise.resolve();
  #backend: number | undefined;

  private constructor(client: pg.Client, place: Place) {
    this.#client = client;
    this.#place = place;
  }

  static async open(options: RunLocksOptions, place: Place): Promise<Session> {
    const { url, heartbeatMs = HEARTBEAT_MS, answerMs = ANSWER_MS } = options;
    const client = new pg.Client({ ...settings(url), statement_timeout: STATEMENT_MS, query_timeout: answerMs });
    const session = new Session(client, place);
    client.on('error', (error) => session.#lose(error));
    client.on('end', () => session.#lose(new Error('Connection terminated')));
    try {
      await client.connect();
      for (const [name, value] of Object.entries(SERVER_PATIENCE)) {
        await client.query('select set_config($1, $2, false)', [name, value]);
      }
    } catch (error) {
      session.#lose(error);
      throw error;
    }
    void session.#beat(heartbeatMs);
    return session;
  }

  async lock(tenant: TenantName): Promise<boolean> {
    return this.#ask('pg_try_advisory_lock(hashtextextended($1, 0))', [lockName(tenant)]);
  }

  async unlock(tenant: TenantName): Promise<void> {
    await this.#ask('pg_advisory_unlock(hashtextextended($1, 0))', [lockName(tenant)]);
  }

  async close(reason: Error): Promise<void> {
    this.lost.abort(reason);
    await this.#client.end().catch(() => undefined);
  }

  /** One statement after the other. */
  async #ask(expression: string, values: readonly unknown[] = []): Promise<boolean> {
    const asked = this.#last.then(async () => {
      this.lost.signal.throwIfAborted();
      try {
        return await this.#answer(expression, values);
      } catch (error) {
        this.#lose(error);
        throw error;
      }
    });
    this.#last = asked.catch(() => undefined);
    return asked;
  }

  async #answer(expression: string, values: readonly unknown[]): Promise<boolean> {
    const statement = `select ${expression} as answer, pg_backend_pid() as backend`;
    const { rows } = await this.#client.query<{ answer: boolean; backend: number }>(statement, [...values]);
    const [row] = rows;
    this.#backend ??= row?.backend;
    if (row?.backend !== this.#backend) throw pooled(this.#place);
    return row?.answer === true;
  }

  async #beat(everyMs: number): Promise<void> {
    const { signal } = this.lost;
    while (!signal.aborted) {
      await this.#ask('true').catch(() => undefined);
      await sleep(everyMs, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  #lose(error: unknown): void {
    if (this.lost.signal.aborted) return;
    this.lost.abort(ledgerError(error, 'keep the lock of the tenant', this.#place));
    // Waits for no answer: it may never come.
    this.#client.connection.stream.destroy();
  }
}

function closed(): LedgerError {
  return new LedgerError('The locks of tenants are closed', { transient: false });
}

function lockName(tenant: TenantName): string {
  return `gateway-sync run ${tenant}`;
}

function pooled({ name }: Place): LedgerError {
  return new LedgerError(
    `Could not lock a tenant (${name}): the connection is shared with others, as behind a pooler in transaction mode; ` +
      'let DATABASE_URL name the server itself, or a pooler in session mode',
    { transient: false },
  );
}

function onlyOnce(run: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  return () => (running ??= run());
}
