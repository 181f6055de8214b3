import type { DesiredFile } from '../adapters/desired-file/desired-file.js';
import { spacing, type Cadence, type Pace } from '../core/schedule.js';

/** How often a tenant of the file is reconciled. */
export function cadenceOf({ sync }: Pick<DesiredFile, 'sync'>): Cadence {
  const { intervalMs, maxIntervalMs, jitterPercent } = sync;
  return { intervalMs, maxIntervalMs, jitter: jitterPercent / 100 };
}

/** How many at a time; `intervalMs` is what a tenant waits for at most when nobody told its next time. */
export function paceOf({ sync, emporix }: Pick<DesiredFile, 'sync' | 'emporix'>, intervalMs = sync.intervalMs): Pace {
  return {
    concurrency: sync.concurrency,
    intervalMs,
    spacingMs: (count) => spacing(count, { intervalMs, requestsPerSecond: emporix.requestsPerSecond }),
  };
}
