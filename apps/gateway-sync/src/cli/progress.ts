import type { Output } from './cli.js';

/** How far a long command is: one line on a terminal that is written over and wiped at the end; nothing elsewhere. */
export class Progress {
  #done = 0;

  constructor(
    private readonly output: Output,
    private readonly total: number,
  ) {}

  step(): void {
    this.#done++;
    if (this.#shown) this.output.write(`\r${this.#done} of ${this.total} tenants`);
  }

  end(): void {
    if (this.#shown && this.#done > 0) this.output.write('\r\u001B[K');
  }

  get #shown(): boolean {
    return this.output.isTTY === true && this.total > 1;
  }
}
