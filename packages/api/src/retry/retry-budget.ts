import type { Clock } from '../clock.js';

const CAPACITY = 10;
const EARNED_PER_CALL = 0.1;
const EARNED_PER_SECOND = 0.1;

/**
 * Bounds the retries of a whole client, so that an outage is not multiplied by everybody's patience. A bucket of at most ten
 * retries, full at first. It gains a tenth of a retry with each call and with each second: the latter so that a client which
 * calls rarely may still retry.
 */
export class RetryBudget {
  readonly #clock: Clock;
  #level = CAPACITY;
  #filledAt: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#filledAt = clock.now();
  }

  /** Counts one call: ten of them pay for one retry. */
  earn(): void {
    this.#fill(EARNED_PER_CALL);
  }

  /** Takes one retry, if there is one left. */
  spend(): boolean {
    this.#fill(0);
    if (this.#level < 1) return false;
    this.#level -= 1;
    return true;
  }

  #fill(earned: number): void {
    const now = this.#clock.now();
    this.#level = Math.min(CAPACITY, this.#level + earned + ((now - this.#filledAt) / 1000) * EARNED_PER_SECOND);
    this.#filledAt = now;
  }
}
