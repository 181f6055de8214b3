import { abortable } from './signals.js';

/** Time as the client sees it. Handed in, so that tests decide how it passes. */
export interface Clock {
  /** Milliseconds that never go backwards; only differences mean something. */
  now(): number;
  /** Milliseconds since 1970, to compare with dates in answers. */
  readonly epoch: () => number;
  /** Calls back after `ms` milliseconds, unless the returned function is called before. */
  schedule(ms: number, callback: () => void): () => void;
  /** Resolves after `ms` milliseconds; rejects with the signal's reason as soon as that aborts. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

/** The clock of this machine. */
export const systemClock: Clock = {
  now: () => performance.now(),
  epoch: () => Date.now(),
  schedule,
  async sleep(ms, signal) {
    const { promise, resolve } = Promise.withResolvers<void>();
    const cancel = schedule(ms, resolve);
    try {
      await abortable(promise, signal);
    } finally {
      cancel();
    }
  },
};

function schedule(ms: number, callback: () => void): () => void {
  const timer = setTimeout(callback, ms);
  return () => clearTimeout(timer);
}
