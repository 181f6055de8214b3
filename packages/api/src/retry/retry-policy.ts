import { checkCount } from '../arguments.js';
import { InvalidArgumentError } from '../errors/invalid-argument-error.js';

/** How often and how patiently a call is repeated. Whether it may be repeated at all, its operation decides. */
export interface RetryPolicy {
  /** Requests sent at most for one call, the first included. */
  readonly maxAttempts: number;
  /** Upper bound of the first wait, in milliseconds; it doubles with each attempt. */
  readonly baseMs: number;
  /** Upper bound of every wait, in milliseconds. */
  readonly maxMs: number;
  /** A longer `Retry-After` than this is not waited for: the call fails at once. Milliseconds. */
  readonly retryAfterCapMs: number;
}

export const DEFAULT_RETRY: RetryPolicy = { maxAttempts: 4, baseMs: 250, maxMs: 8_000, retryAfterCapMs: 30_000 };

const NO_RETRY: RetryPolicy = { ...DEFAULT_RETRY, maxAttempts: 1 };

/** Fills the gaps of `partial` from `base`; `false` means one attempt only. */
export function resolveRetry(partial: Partial<RetryPolicy> | false | undefined, base: RetryPolicy): RetryPolicy {
  if (partial === false) return NO_RETRY;
  const policy: RetryPolicy = {
    maxAttempts: partial?.maxAttempts ?? base.maxAttempts,
    baseMs: partial?.baseMs ?? base.baseMs,
    maxMs: partial?.maxMs ?? base.maxMs,
    retryAfterCapMs: partial?.retryAfterCapMs ?? base.retryAfterCapMs,
  };
  checkCount('retry.maxAttempts', policy.maxAttempts);
  for (const name of ['baseMs', 'maxMs', 'retryAfterCapMs'] as const) {
    if (!(policy[name] >= 0)) throw new InvalidArgumentError(`retry.${name} must be 0 or more`);
  }
  return policy;
}

/** The wait after attempt number `attempt` (from 1): anything up to a bound that doubles, so that clients spread out. */
export function backoffMs(attempt: number, policy: RetryPolicy, random: () => number): number {
  return random() * Math.min(policy.maxMs, policy.baseMs * 2 ** (attempt - 1));
}
