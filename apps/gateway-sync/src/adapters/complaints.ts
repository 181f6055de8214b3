import type { LedgerLog } from './ledger/ledger-log.js';

/** How often the same is complained of. */
const EVERY_MS = 60_000;
const MAX_KNOWN = 100;

/** Tells the log of errors that come in numbers, each of them once a minute. */
export class Complaints {
  readonly #log: LedgerLog;
  readonly #toldAt = new Map<string, number>();

  constructor(log: LedgerLog) {
    this.#log = log;
  }

  tell(err: Error, message: string, fields: object = {}): void {
    const now = performance.now();
    const said = `${message}: ${err.message}`;
    if (now - (this.#toldAt.get(said) ?? -Infinity) < EVERY_MS) return;
    if (this.#toldAt.size >= MAX_KNOWN) this.#toldAt.clear();
    this.#toldAt.set(said, now);
    this.#log.warn({ err, ...fields }, message);
  }
}
