import { nextWait, type Wait } from '../../src/core/backoff.js';
import { UnavailableError } from '../../src/core/errors.js';
import type { Cadence } from '../../src/core/schedule.js';

/** Of a client of packages/api: see its `retry-budget.ts`. */
const RETRIES = { capacity: 10, perCall: 0.1, perSecond: 0.1 };
/** Rounds of a run beyond the first: an action that meets conflicts is given up after three. */
const MORE_ROUNDS = 2;
/** Of a round, beside its reading: what is left is written. */
const WRITES_OF_ROUND = 2;
/** One that is no longer good is asked for once more in each round. */
const TOKENS = 1 + MORE_ROUNDS;

/** A run without faults. */
export interface Undisturbed {
  readonly calls: number;
  /** Calls of one reading of everything. */
  readonly reading: number;
}

/**
 * Requests that a run may send when one of its calls goes wrong, in whatever way: those of a run without faults, those of
 * further rounds, new tokens, and what the retry budget of the client holds and earns in the meantime. So an outage adds a
 * number of requests to each run that does not grow with its length.
 */
export function mostCalls({ calls, reading }: Undisturbed, realMs: number): number {
  const wanted = calls + MORE_ROUNDS * (reading + WRITES_OF_ROUND) + TOKENS;
  const retries = RETRIES.capacity + wanted * RETRIES.perCall + (realMs / 1000) * RETRIES.perSecond;
  return Math.floor(wanted + retries);
}

/** Runs that fit in a time when each of them fails in the way that is tried again soonest. */
export function mostRuns(ms: number, cadence: Cadence): number {
  const error = new UnavailableError('503', { operation: 'listSubscriptions', status: 503 });
  let wait: Wait | undefined;
  let runs = 0;
  for (let at = 0; at < ms; at += wait.intervalMs) {
    runs++;
    wait = nextWait(wait, { outcome: 'failed', items: [], transient: true, error }, cadence);
  }
  return runs;
}
