import { systemClock, type Clock } from '../../src/clock.js';

/** A clock that does not wait: each sleep is written down and is over at once. Timeouts run in real time. */
export interface SkippingClock extends Clock {
  readonly slept: readonly number[];
  /** Lets time pass. */
  skip(ms: number): void;
}

export function skippingClock(): SkippingClock {
  const slept: number[] = [];
  let skipped = 0;
  return {
    slept,
    skip: (ms) => {
      skipped += ms;
    },
    now: () => systemClock.now() + skipped,
    epoch: () => systemClock.epoch() + skipped,
    schedule: (ms, callback) => systemClock.schedule(ms, callback),
    sleep: (ms, signal) => {
      signal.throwIfAborted();
      slept.push(ms);
      skipped += ms;
      return Promise.resolve();
    },
  };
}

/** A clock that stands still until it is moved. */
export interface ManualClock extends Clock {
  advance(ms: number): void;
}

export function manualClock(): ManualClock {
  const timers = new Set<{ readonly at: number; readonly callback: () => void }>();
  let now = 0;
  const schedule: Clock['schedule'] = (ms, callback) => {
    const timer = { at: now + ms, callback };
    timers.add(timer);
    return () => timers.delete(timer);
  };
  return {
    now: () => now,
    epoch: () => now,
    schedule,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason));
        schedule(ms, resolve);
      }),
    advance(ms) {
      now += ms;
      for (const timer of [...timers].filter(({ at }) => at <= now)) {
        timers.delete(timer);
        timer.callback();
      }
    },
  };
}
