import type { ReceiverOptions } from './options.js';

export type Limits = Required<Pick<ReceiverOptions, 'timeoutMs' | 'leaseMs' | 'maxBodyBytes'>>;

// Timers take no more.
const LONGEST_MS = 2_147_483_647;

/** The limits with their defaults; throws when they cannot be meant. */
export function readLimits({
  timeoutMs = 10_000,
  leaseMs = 60_000,
  maxBodyBytes = 1_048_576,
}: ReceiverOptions): Limits {
  if (!(timeoutMs > 0 && timeoutMs <= LONGEST_MS)) throw new RangeError('timeoutMs must be above zero, and finite.');
  // Else a retry would run beside its first attempt.
  if (!(leaseMs > timeoutMs)) throw new RangeError('leaseMs must be above timeoutMs.');
  if (!(maxBodyBytes > 0)) throw new RangeError('maxBodyBytes must be above zero.');
  return { timeoutMs, leaseMs, maxBodyBytes };
}
