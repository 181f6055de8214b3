import type { Job, Next, Schedule } from '../../src/core/schedule.js';

/** A schedule whose runs a test starts by hand. */
export class ManualSchedule implements Schedule {
  tenants: readonly string[] = [];
  #job: Job | undefined;

  start(tenants: readonly string[], job: Job): void {
    this.tenants = tenants;
    this.#job = job;
  }

  stop(): Promise<void> {
    return Promise.resolve();
  }

  pulse() {
    return { beatAt: 0, firstPassDone: true };
  }

  /** One run; `signal` defaults to one that never aborts. */
  run(tenant: string, dueAt: number, signal: AbortSignal = new AbortController().signal): Promise<Next> {
    if (!this.#job) throw new Error('nothing was started');
    return this.#job({ tenant, dueAt, signal });
  }
}
