import { setTimeout as sleep } from 'node:timers/promises';
import { ConnectionClosedError, type PgPool, type PgPoolClient } from 'bullmq';
import pg from 'pg';
import { LedgerError } from '../../../core/errors.js';
import { Complaints } from '../../complaints.js';
import { type DatabaseAddress, placeOf, POOL_LIMITS, settings } from '../../ledger/database.js';
import { ledgerError, type Place } from '../../ledger/ledger-error.js';
import type { LedgerLog } from '../../ledger/ledger-log.js';
import { Outage } from '../../outage.js';

/** Where BullMQ keeps its tables. */
export const QUEUE_SCHEMA = 'gateway_sync_queue';

/** Two stay with the workers, which listen on them; the others serve statements. */
const MAX_CONNECTIONS = 6;
/** Before a connection that could not be had is asked for again. */
const RECONNECT_MS = 1_000;
/** SQLSTATE with which the functions of BullMQ refuse something. */
const REFUSED = 'BM001';

/**
 * The database as BullMQ uses it. BullMQ waits and tries again what failed with a {@link ConnectionClosedError}, and
 * goes on at once after any other error; so everything that is not an answer of its own functions becomes one, with the
 * `LedgerError` as its cause, and the log hears of an outage once.
 */
export class QueuePool implements PgPool {
  readonly place: Place;
  readonly #pool: pg.Pool;
  readonly #outage: Outage;
  readonly #complaints: Complaints;

  /** Read by BullMQ: a listening connection that goes dead is noticed. */
  readonly options = { keepAlive: true };

  constructor(address: DatabaseAddress, log: LedgerLog) {
    this.place = placeOf(address);
    this.#complaints = new Complaints(log);
    this.#outage = new Outage(log, {
      begins: 'the queue of runs cannot be reached',
      ends: 'the queue of runs is back',
    });
    this.#pool = new pg.Pool({
      ...settings(address.url),
      ...POOL_LIMITS,
      max: MAX_CONNECTIONS,
      // BullMQ's statements name no schema.
      // oxlint-disable-next-line no-misused-promises -- the pool waits for it, which its types leave out
      onConnect: async (client) => void (await client.query(`set search_path to ${QUEUE_SCHEMA}`)),
    });
    this.#pool.on('error', (error) => this.#lost(error));
    this.#pool.on('connect', (client) => client.on('error', () => {}));
  }

  /** Whoever asks knows the rows. */
  async query(text: string, values: readonly unknown[] = []): Promise<{ rows: never[] }> {
    try {
      const answer = await this.#pool.query<never>(text, [...values]);
      this.#outage.end();
      return answer;
    } catch (error) {
      throw this.#lost(error);
    }
  }

  async connect(): Promise<PgPoolClient> {
    try {
      // oxlint-disable-next-line no-unsafe-type-assertion -- it is what BullMQ asks for, with overloads written otherwise
      return (await this.#pool.connect()) as unknown as PgPoolClient;
    } catch (error) {
      const lost = this.#lost(error);
      await sleep(RECONNECT_MS, undefined, { ref: false });
      throw lost;
    }
  }

  async end(): Promise<void> {
    if (!this.#pool.ending) await this.#pool.end();
  }

  /** Errors are told by the log and by what was asked; BullMQ would tell them once more for each queue and worker. */
  on(): this {
    return this;
  }

  removeAllListeners(): this {
    return this;
  }

  #lost(error: unknown): unknown {
    if (error instanceof pg.DatabaseError && error.code === REFUSED) return error;
    const told = ledgerError(error, 'reach the queue of runs', this.place);
    if (!(told instanceof LedgerError && told.transient)) {
      // What does not go away by itself, and what other statements do not suffer from.
      this.#complaints.tell(told, 'the queue of runs refuses something');
    } else if (!this.#pool.ending) this.#outage.begin({ err: told });
    return new ConnectionClosedError(told.message, told);
  }
}
