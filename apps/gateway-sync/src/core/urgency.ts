import type { Trigger } from './result.js';

const MINUTE = 60_000;

/**
 * How long a run may have waited for one of this trigger to go first all the same: a changed file before a request of a
 * person or of the quota, that before a retry, that before a refresh. Whoever has waited longer than the difference is
 * served first, so nothing starves.
 */
const HEAD_START_MS: Readonly<Record<Trigger, number>> = {
  config: 60 * MINUTE,
  manual: 30 * MINUTE,
  command: 30 * MINUTE,
  quota: 30 * MINUTE,
  retry: 10 * MINUTE,
  interval: 0,
};

/** The time by which runs are ordered; the earliest goes first. */
export function servedAs(trigger: Trigger, dueAt: number): number {
  return dueAt - HEAD_START_MS[trigger];
}

/** Largest priority that a queue takes; 0 would go before every other. */
const MAX_PRIORITY = 2_097_151;

/**
 * {@link servedAs} as a whole number for a queue that serves the smallest first, to the minute. It starts again after
 * four years: whoever waits at that moment waits until the queue is empty once.
 */
export function queuePriority(trigger: Trigger, dueAt: number): number {
  const minute = Math.floor(servedAs(trigger, dueAt) / MINUTE);
  return 1 + (((minute % MAX_PRIORITY) + MAX_PRIORITY) % MAX_PRIORITY);
}
