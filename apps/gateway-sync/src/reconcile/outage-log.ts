import type { Logger } from 'pino';
import { Outage } from '../adapters/outage.js';

/** Says once that something fails, and once that it works again. */
export class OutageLog {
  readonly #outage: Outage;

  constructor(logger: Logger, message: string) {
    this.#outage = new Outage(logger, { begins: message, ends: `works again: ${message}` });
  }

  failed(error: unknown): void {
    this.#outage.begin({ error: error instanceof Error ? error.message : String(error) });
  }

  over(): void {
    this.#outage.end();
  }
}
