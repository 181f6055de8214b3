import type { Output } from './cli.js';

const WIPE = '\r\u001B[K';

/** How far a long command is: one line on a terminal that is written over and wiped at the end; nothing elsewhere. */
export class Progress {
  #done = 0;
  #failed = 0;

  constructor(
    private readonly output: Output,
    private readonly total: number,
  ) {}

  step(failed: boolean): void {
    this.#done++;
    if (failed) this.#failed++;
    const failures = this.#failed > 0 ? `, ${this.#failed} failed` : '';
    if (this.#shown) this.output.write(`${WIPE}${this.#done} of ${this.total} tenants${failures}`);
  }

  /** Makes room for something else to be written; the next step shows the line again. */
  wipe(): void {
    if (this.#shown && this.#done > 0) this.output.write(WIPE);
  }

  get #shown(): boolean {
    return this.output.isTTY === true && this.total > 1;
  }
}
