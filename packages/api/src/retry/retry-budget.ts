import type { Clock } from '../clock.js';

const CAPACITY = 10;
const EARNED_PER_CALL = 0.1;
const EARNED_PER_SECOND = 0.1;

/** Bounds the retries of a whole client, so that an outage is not multiplied by everybody's patience. */
export interface RetryBudget {
  /** Counts one call: ten of them pay for one retry. */
  earn(): void;
  /** Takes one retry, if there is one left. */
  spend(): boolean;
}

/**
 * A bucket of at most ten retries, full at first. It gains a tenth of a retry with each call and with each second: the
 * latter so that a client which calls rarely may still retry.
 */
export function createRetryBudget(clock: Clock): RetryBudget {
  let level = CAPACITY;
  let filledAt = clock.now();

  function fill(earned: number): void {
    const now = clock.now();
    level = Math.min(CAPACITY, level + earned + ((now - filledAt) / 1000) * EARNED_PER_SECOND);
    filledAt = now;
  }

  return {
    earn: () => fill(EARNED_PER_CALL),
    spend() {
      fill(0);
      if (level < 1) return false;
      level -= 1;
      return true;
    },
  };
}
