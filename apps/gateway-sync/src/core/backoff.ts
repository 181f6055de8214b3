import { AccessDeniedError, RejectedError, UnavailableError, UnreachableError } from './errors.js';
import type { ItemStatus, ReconcileResult } from './result.js';
import type { Cadence } from './schedule.js';

/**
 * What kind of failure a reconcile ended in, by what helps against it.
 *
 * | class | means | waits |
 * |---|---|---|
 * | retryable | 5xx, no answer, lost races, a lost ledger | 15 seconds, doubling to the interval |
 * | throttled | 429, or an answer that says how long to wait | as long as it says and at least the interval, doubling to the longest |
 * | denied | credentials, scopes | the interval, doubling to the longest |
 * | terminal | other 4xx, things the catalogue does not have | the interval, doubling to the longest |
 * | unreachable | nothing but a destination that does not answer, somebody who keeps undoing a setting, or a change that is accepted and not made | the interval: the thing itself has a longer clock, see `memory.ts`, and a short outage is not to use up the tries of the guard `not-converging` |
 */
export type FailureClass = 'retryable' | 'throttled' | 'denied' | 'terminal' | 'unreachable';

/** The part of a result that says how it failed. */
export type Failure = Pick<
  ReconcileResult,
  'outcome' | 'items' | 'transient' | 'error' | 'ledgerError' | 'retryAfterMs'
>;

/** `undefined` when it did not fail: a plan that a guard withholds waits for a person, not for better times. */
export function failureClass(result: Failure): FailureClass | undefined {
  const { outcome, error, ledgerError, retryAfterMs } = result;
  if (ledgerError) return 'retryable';
  if (outcome !== 'failed' && outcome !== 'partial') return undefined;
  if (retryAfterMs !== undefined) return 'throttled';
  if (error instanceof UnavailableError) return error.status === 429 ? 'throttled' : 'retryable';
  if (error instanceof AccessDeniedError) return 'denied';
  if (error instanceof RejectedError) return 'terminal';
  if (error instanceof UnreachableError) return 'unreachable';
  return classOfItems(result);
}

/** Of actions that were not refused for good: another try may well do. */
const HOPEFUL: ReadonlySet<string> = new Set(['failed', 'conflict'] satisfies ItemStatus[]);
/** Of actions that nobody refused and that do not last: another try right away would be the same again. */
const FRUITLESS: ReadonlySet<string> = new Set(['unreachable', 'contended', 'not-applied'] satisfies ItemStatus[]);

/** The most hopeful of the actions that did not take decides: the others wait along. */
function classOfItems({ items, transient }: Failure): FailureClass {
  const failed = items.filter(({ status }) => status !== 'applied' && status !== 'unverified' && status !== 'skipped');
  if (failed.some(({ status, code }) => status === 'failed' && code === 429)) return 'throttled';
  if (failed.some(({ status }) => HOPEFUL.has(status))) return 'retryable';
  if (failed.some(({ status }) => FRUITLESS.has(status))) return 'unreachable';
  return transient && failed.length === 0 ? 'retryable' : 'terminal';
}

/** First wait after a failure that may be over at once. */
const FIRST_RETRY_MS = 15_000;

/** The wait before the next reconcile and what it is for, without jitter. */
export interface Wait {
  readonly intervalMs: number;
  /** Whether the next run is due because this one failed. */
  readonly retry: boolean;
  /** Failures of the same class in a row; 0 when it did not fail. */
  readonly failures: number;
  readonly failure?: FailureClass;
}

/** The wait after a run: doubles while nothing is to be done, starts again at the base on anything else, and grows with failures. */
export function nextWait(before: Wait | undefined, result: Failure, cadence: Cadence): Wait {
  const failure = failureClass(result);
  if (failure === undefined) return { intervalMs: calm(before, result, cadence), retry: false, failures: 0 };
  const failures = before?.failure === failure ? before.failures + 1 : 1;
  const { first, longest } = steps(failure, cadence);
  const grown = Math.min(doubled(first, failures - 1), longest);
  return { intervalMs: Math.max(grown, result.retryAfterMs ?? 0), retry: true, failures, failure };
}

function calm(before: Wait | undefined, { outcome }: Failure, cadence: Cadence): number {
  const { intervalMs } = cadence;
  // Beginning with the second clean run: the first one may have followed a restart.
  if (outcome !== 'in-sync' || before === undefined || before.failure !== undefined) return intervalMs;
  return Math.min(Math.max(before.intervalMs, intervalMs) * 2, longestOf(cadence));
}

function steps(failure: FailureClass, cadence: Cadence): { first: number; longest: number } {
  const { intervalMs } = cadence;
  switch (failure) {
    case 'retryable':
      return { first: Math.min(FIRST_RETRY_MS, intervalMs), longest: intervalMs };
    case 'throttled':
    case 'denied':
    case 'terminal':
      return { first: intervalMs, longest: longestOf(cadence) };
    case 'unreachable':
      return { first: intervalMs, longest: intervalMs };
    default:
      return failure satisfies never;
  }
}

function longestOf({ intervalMs, maxIntervalMs }: Cadence): number {
  return Math.max(intervalMs, maxIntervalMs);
}

/** `times` doublings; so many that the number would no longer be exact come to the largest that is. */
function doubled(ms: number, times: number): number {
  return Math.min(ms * 2 ** Math.min(times, 60), Number.MAX_SAFE_INTEGER);
}
