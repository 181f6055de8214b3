import type { Trigger } from '../../src/core/result.js';
import type { Job, Next, Pace, RunWish, Schedule } from '../../src/core/schedule.js';

/** A schedule whose runs a test starts by hand. */
export class ManualSchedule implements Schedule {
  tenants: readonly string[] = [];
  #job: Job | undefined;

  readonly requests: { readonly tenant: string; readonly wish: RunWish }[] = [];
  held = false;

  async start(tenants: readonly string[], _pace: Pace, job: Job): Promise<void> {
    this.tenants = tenants;
    this.#job = job;
  }

  async setTenants(tenants: readonly string[]): Promise<void> {
    this.tenants = tenants;
  }

  async request(tenant: string, wish: RunWish): Promise<boolean> {
    this.requests.push({ tenant, wish });
    return true;
  }

  async hold(held: boolean): Promise<void> {
    this.held = held;
  }

  stop(): Promise<void> {
    return Promise.resolve();
  }

  pulse() {
    return { beatAt: 0 };
  }

  /** One run; `signal` defaults to one that never aborts. */
  run(
    tenant: string,
    dueAt: number,
    signal: AbortSignal = new AbortController().signal,
    trigger: Trigger = 'interval',
  ): Promise<Next> {
    if (!this.#job) throw new Error('nothing was started');
    return this.#job({ tenant, dueAt, trigger, signal });
  }
}
