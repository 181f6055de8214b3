import type { Limiter } from '@gateway-sync/api';
import pThrottle from 'p-throttle';

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

/** Rejects when the signal aborts first, and leaves no listener behind. */
async function raceAbort(promise: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
  if (!signal) return promise;
  const aborted = Promise.withResolvers<never>();
  const onAbort = () => aborted.reject(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    await Promise.race([promise, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
