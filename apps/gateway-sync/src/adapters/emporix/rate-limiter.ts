import type { Limiter } from '@gateway-sync/api';
import type { RequestRate } from '../desired-file/desired-file.js';
import pThrottle from 'p-throttle';
import type { RequestBudget, Upstream } from '../../core/replica-ports.js';
import { raceAbort } from '../race-abort.js';

export interface Shared {
  readonly budget: RequestBudget;
  readonly upstream: Upstream;
}

/**
 * Lets `requestsPerSecond` requests of this process start in any second, first come first served; each of them also takes
 * its part of what is shared with other processes.
 */
export function createRateLimiter(requestsPerSecond: number, shared?: Shared): Limiter {
  // A throttle counts whole calls: half a request a second is one in two seconds.
  const limit = Math.ceil(requestsPerSecond);
  const turn = pThrottle({ limit, interval: (1000 * limit) / requestsPerSecond })(() => undefined);
  return {
    async acquire(signal) {
      signal?.throwIfAborted();
      await raceAbort(Promise.resolve(turn()), signal);
      await shared?.budget.take(shared.upstream, signal);
      return () => undefined;
    },
  };
}

/** How processes divide what they share among them, at the worst. */
const MAX_PROCESSES = 10;

/** The longest time for which one of `requesters` waits for its turn. */
export function longestQueueMs(requesters: number, requestsPerSecond: number, isShared: boolean): number {
  return (1000 * requesters * (isShared ? MAX_PROCESSES : 1)) / requestsPerSecond;
}

/** What this process may ask alone, whatever the others leave. */
export function processRate({ requestsPerSecond, requestsPerSecondPerProcess }: RequestRate): number {
  return Math.min(requestsPerSecond, requestsPerSecondPerProcess ?? requestsPerSecond);
}
