import { afterEach } from 'vitest';
import {
  type BullSchedules,
  type BullSchedulesOptions,
  createBullSchedules,
} from '../../src/adapters/schedule/bullmq/bull-schedules.js';
import { PostgresRunLocks } from '../../src/adapters/ledger/run-locks.js';
import type { DatabaseAddress } from '../../src/adapters/ledger/index.js';
import type { Next, Pace, Run } from '../../src/core/schedule.js';
import { SILENT } from './database.js';

export const HOUR = 3_600_000;
export const LATER: Next = { afterMs: HOUR, trigger: 'interval', failing: false };

export const pace = (concurrency: number, spacingMs = 0): Pace => ({
  concurrency,
  spacingMs: () => spacingMs,
  intervalMs: HOUR,
});

/** Schedules as of several processes, stopped after each test. */
export function useReplicas(address: () => DatabaseAddress) {
  const opened: { readonly schedules: BullSchedules; readonly locks: PostgresRunLocks }[] = [];
  afterEach(async () => {
    await Promise.all(
      opened.splice(0).map(async ({ schedules, locks }) => {
        await Promise.all([schedules.reconcile.stop(0), schedules.quota.stop(0)]);
        await schedules.close();
        await locks.close();
      }),
    );
  });
  return async (instance: string, options: Partial<BullSchedulesOptions> = {}): Promise<BullSchedules> => {
    const at = options.address ?? address();
    const locks = new PostgresRunLocks({ ...at, heartbeatMs: 200 });
    const schedules = await createBullSchedules({
      address: at,
      instance,
      locks,
      clock: { now: () => Date.now() },
      log: SILENT,
      onError: () => {},
      ...options,
      timing: { lockMs: 1_000, stalledMs: 300, putOffMs: 100, ...options.timing },
    });
    opened.push({ schedules, locks });
    return schedules;
  };
}

/** Jobs that end when the test says so. */
export class Gate {
  readonly running: string[] = [];
  readonly runs: Run[] = [];
  readonly #releases = new Map<string, (next: Next) => void>();

  readonly job = (run: Run): Promise<Next> => {
    this.running.push(run.tenant);
    this.runs.push(run);
    return new Promise<Next>((resolve) => this.#releases.set(run.tenant, resolve)).finally(() =>
      this.running.splice(this.running.indexOf(run.tenant), 1),
    );
  };

  release(tenant: string, next: Next = LATER): void {
    this.#releases.get(tenant)?.(next);
  }
}
