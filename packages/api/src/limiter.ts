import { abortable } from './signals.js';

/** Says when a request may be sent. One limiter may serve several clients, which then share its budget. */
export interface Limiter {
  /**
   * Waits for permission to send one request; the returned function gives it back when the answer has been read.
   * Rejects with the signal's reason when that aborts first.
   */
  acquire(signal?: AbortSignal): Promise<() => void>;
}

/** Lets at most `concurrency` requests be under way, first come first served. */
export function createConcurrencyLimiter(concurrency: number): Limiter {
  const waiting: Array<() => void> = [];
  let free = concurrency;

  return {
    async acquire(signal) {
      signal?.throwIfAborted();
      if (free > 0) free -= 1;
      else await takeTurn(signal);
      return once(release);
    },
  };

  function release(): void {
    const next = waiting.shift();
    if (next === undefined) free += 1;
    else next();
  }

  async function takeTurn(signal: AbortSignal | undefined): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    waiting.push(resolve);
    try {
      await abortable(promise, signal);
    } catch (error) {
      const place = waiting.indexOf(resolve);
      // No longer in the queue: the turn came in the same instant as the abort, so it goes to the next one.
      if (place < 0) release();
      else waiting.splice(place, 1);
      throw error;
    }
  }
}

/** Asks each limiter in turn; what was acquired is given back when a later one refuses. */
export function combineLimiters(limiters: readonly Limiter[]): Limiter {
  return {
    async acquire(signal) {
      const releases: Array<() => void> = [];
      const releaseAll = (): void => releases.toReversed().forEach((release) => release());
      try {
        for (const limiter of limiters) releases.push(await limiter.acquire(signal));
      } catch (error) {
        releaseAll();
        throw error;
      }
      return once(releaseAll);
    },
  };
}

function once(action: () => void): () => void {
  let done = false;
  return () => {
    if (done) return;
    done = true;
    action();
  };
}
