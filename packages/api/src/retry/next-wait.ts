import type { AttemptResult } from '../attempt.js';
import { backoffMs, type RetryPolicy } from './retry-policy.js';

const AMBIGUOUS_STATUSES = new Set([408, 500, 502, 503, 504]);

/** How far a request that failed may have got. */
export type Failure =
  /** Certainly not carried out: no connection, or 429. */
  | 'not-carried-out'
  /** Possibly carried out: the answer was lost, or is a 5xx. */
  | 'ambiguous';

/** What the rule needs to know beside the result. */
export interface Circumstances {
  /** Number of tries so far, from 1. */
  readonly tries: number;
  readonly policy: RetryPolicy;
  readonly repeatable: boolean;
  /** What the answer asked for. */
  readonly retryAfterMs: number | undefined;
  /** Time left for the whole call. */
  readonly remainingMs: number;
  readonly random: () => number;
}

/** The kind of failure that another try may cure; undefined for success and for refusals that stay refusals. */
export function failureOf(result: AttemptResult): Failure | undefined {
  if (result.type === 'timeout') return 'ambiguous';
  // It was carried out, and the next answer would be as long.
  if (result.type === 'too-large') return undefined;
  if (result.type === 'connection') return result.phase === 'connect' ? 'not-carried-out' : 'ambiguous';
  if (result.status === 429) return 'not-carried-out';
  return isAmbiguous(result.status) ? 'ambiguous' : undefined;
}

/** Whether an answer with this status leaves open what became of the request. */
export function isAmbiguous(status: number): boolean {
  return AMBIGUOUS_STATUSES.has(status);
}

/** Milliseconds to wait before the next try; undefined when there must be none. `Retry-After` wins over the backoff. */
export function nextWaitMs(failure: Failure | undefined, circumstances: Circumstances): number | undefined {
  const { tries, policy, repeatable, retryAfterMs, remainingMs, random } = circumstances;
  if (failure === undefined || tries >= policy.maxAttempts) return undefined;
  if (failure === 'ambiguous' && !repeatable) return undefined;
  if (retryAfterMs !== undefined && retryAfterMs > policy.retryAfterCapMs) return undefined;
  const waitMs = retryAfterMs ?? backoffMs(tries, policy, random);
  return waitMs < remainingMs ? waitMs : undefined;
}
