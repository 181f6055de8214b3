import type { Limiter } from '@gateway-sync/api';
import pThrottle from 'p-throttle';
import { raceAbort } from '../race-abort.js';

/** Lets `requestsPerSecond` requests start in any second, first come first served. */
export function createRateLimiter(requestsPerSecond: number): Limiter {
  // A throttle counts whole calls: half a request a second is one in two seconds.
  const limit = Math.ceil(requestsPerSecond);
  const turn = pThrottle({ limit, interval: (1000 * limit) / requestsPerSecond })(() => undefined);
  return {
    async acquire(signal) {
      signal?.throwIfAborted();
      await raceAbort(Promise.resolve(turn()), signal);
      return () => undefined;
    },
  };
}
