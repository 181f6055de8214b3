import type { Logger } from 'pino';

/** Says once that something fails, and once that it works again. */
export class OutageLog {
  #failing = false;

  constructor(
    private readonly logger: Logger,
    private readonly message: string,
  ) {}

  failed(error: unknown): void {
    if (!this.#failing)
      this.logger.warn({ error: error instanceof Error ? error.message : String(error) }, this.message);
    this.#failing = true;
  }

  over(): void {
    if (this.#failing) this.logger.info(`works again: ${this.message}`);
    this.#failing = false;
  }
}
