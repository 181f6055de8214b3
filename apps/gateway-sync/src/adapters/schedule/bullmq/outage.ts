import type { LedgerLog } from '../../ledger/ledger-log.js';

/** Tells the log when something goes away and when it is back, and nothing in between. */
export class Outage {
  readonly #log: LedgerLog;
  readonly #messages: { readonly begins: string; readonly ends: string };
  #lasts = false;

  constructor(log: LedgerLog, messages: { readonly begins: string; readonly ends: string }) {
    this.#log = log;
    this.#messages = messages;
  }

  begin(err: unknown): void {
    if (this.#lasts) return;
    this.#lasts = true;
    this.#log.warn({ err }, this.#messages.begins);
  }

  end(): void {
    if (!this.#lasts) return;
    this.#lasts = false;
    this.#log.info({}, this.#messages.ends);
  }
}
