import { Outage } from '../adapters/outage.js';
import { LedgerError } from '../core/errors.js';
import type { LedgerStore } from '../core/ports.js';

/** Where the full message goes; a logger of pino fits. */
type Log = ConstructorParameters<typeof Outage>[0];

/** As anybody may hear it: what the database itself says names hosts, and is for the log. */
export interface DatabaseFailure {
  readonly message: string;
  /** SQLSTATE of PostgreSQL, or code of the operating system. */
  readonly code?: string;
}

/** Asks the database whether it is there. */
export class DatabaseCheck {
  readonly #store: Pick<LedgerStore, 'ping'>;
  readonly #outage: Outage;

  constructor(store: Pick<LedgerStore, 'ping'>, log: Log) {
    this.#store = store;
    this.#outage = new Outage(log, { begins: 'not ready: the database is lost', ends: 'the database is back' });
  }

  /** Undefined when all is well. */
  async failure(): Promise<DatabaseFailure | undefined> {
    try {
      await this.#store.ping();
      this.#outage.end();
      return undefined;
    } catch (error) {
      this.#outage.begin({ err: error });
      return toldToAnybody(error);
    }
  }
}

function toldToAnybody(error: unknown): DatabaseFailure {
  if (!(error instanceof LedgerError)) return { message: 'could not be asked' };
  const { transient, code } = error;
  return { message: transient ? 'cannot be reached' : 'refuses to answer', ...(code !== undefined && { code }) };
}
