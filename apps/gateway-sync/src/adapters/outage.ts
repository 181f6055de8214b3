import type { LedgerLog } from './ledger/ledger-log.js';

/** How long all has to go well before it counts as over. */
const HOLDS_MS = 5_000;
/** What comes again within this time goes on: it has to go well for as long. */
const AGAIN_MS = 2 * 60_000;

/** Tells the log when something goes away and when it is back for good: two lines, also when it comes and goes all night. */
export class Outage {
  readonly #log: LedgerLog;
  readonly #messages: { readonly begins: string; readonly ends: string };
  #lasts = false;
  #holdsMs = HOLDS_MS;
  #overAt = -Infinity;
  #returning: NodeJS.Timeout | undefined;

  constructor(log: LedgerLog, messages: { readonly begins: string; readonly ends: string }) {
    this.#log = log;
    this.#messages = messages;
  }

  /** Something failed; `fields` say why. */
  begin(fields: object): void {
    clearTimeout(this.#returning);
    this.#returning = undefined;
    if (this.#lasts) return;
    this.#lasts = true;
    this.#holdsMs = performance.now() - this.#overAt < AGAIN_MS ? AGAIN_MS : HOLDS_MS;
    this.#log.warn(fields, this.#messages.begins);
  }

  /** Something went well. */
  end(): void {
    if (!this.#lasts) return;
    this.#returning ??= setTimeout(() => this.#isOver(), this.#holdsMs).unref();
  }

  #isOver(): void {
    this.#lasts = false;
    this.#returning = undefined;
    this.#overAt = performance.now();
    this.#log.info({}, this.#messages.ends);
  }
}
