import { setTimeout as sleep } from 'node:timers/promises';
import pLimit, { type LimitFunction } from 'p-limit';
import type { Clock } from '../../core/ports.js';
import type { Job, Next, Pulse, Schedule } from '../../core/schedule.js';
import type { TenantName } from '../../core/state.js';

export interface InProcessScheduleOptions {
  /** Runs at the same time. */
  readonly concurrency: number;
  readonly clock: Clock;
  /** Told of a job that threw. */
  readonly onError: (tenant: TenantName, error: unknown) => void;
  /** Wait after a job that threw, in milliseconds. */
  readonly errorDelayMs: number;
  readonly heartbeatMs?: number;
}

/** Share of the slots that tenants whose last run failed may use. */
const FAILING_SHARE = 0.25;
const HEARTBEAT_MS = 1_000;
/** Longest wait that a timer of Node can hold. */
const MAX_TIMER_MS = 2_147_483_647;

/** One loop for each tenant in this process; what is due waits for a slot. */
export class InProcessSchedule implements Schedule {
  readonly #options: InProcessScheduleOptions;
  readonly #slots: LimitFunction;
  readonly #failingSlots: LimitFunction;
  readonly #stopping = new AbortController();
  readonly #aborting = new AbortController();
  readonly #startedAt = new Map<TenantName, number>();
  readonly #waitingForFirstRun = new Set<TenantName>();
  #heartbeat: NodeJS.Timeout | undefined;
  #beatAt: number;
  #loops: Promise<unknown> = Promise.resolve();

  constructor(options: InProcessScheduleOptions) {
    this.#options = options;
    this.#beatAt = options.clock.now();
    const failing = Math.max(1, Math.floor(options.concurrency * FAILING_SHARE));
    this.#slots = pLimit(options.concurrency);
    this.#failingSlots = pLimit(failing);
  }

  start(tenants: readonly TenantName[], job: Job): void {
    const beat = () => (this.#beatAt = this.#options.clock.now());
    this.#heartbeat = setInterval(beat, this.#options.heartbeatMs ?? HEARTBEAT_MS);
    for (const tenant of tenants) this.#waitingForFirstRun.add(tenant);
    this.#loops = Promise.all(tenants.map((tenant) => this.#loop(tenant, job)));
  }

  async stop(graceMs: number): Promise<void> {
    this.#stopping.abort();
    const grace = setTimeout(() => this.#aborting.abort(new Error('The service is shutting down')), graceMs);
    await this.#loops;
    clearTimeout(grace);
    clearInterval(this.#heartbeat);
  }

  pulse(): Pulse {
    const oldestRunAt = Math.min(...this.#startedAt.values());
    return {
      beatAt: this.#beatAt,
      firstPassDone: this.#waitingForFirstRun.size === 0,
      ...(Number.isFinite(oldestRunAt) && { oldestRunAt }),
    };
  }

  async #loop(tenant: TenantName, job: Job): Promise<void> {
    const { signal } = this.#stopping;
    let dueAt = this.#options.clock.now();
    let failing = false;
    while (await this.#waitUntil(dueAt)) {
      const slots: LimitFunction = failing ? this.#failingSlots : this.#slots;
      const ran = await slots(() => (signal.aborted ? undefined : this.#run(tenant, dueAt, job)));
      if (!ran) return;
      // From the start of the run, so that slow runs do not stretch the interval; what is overdue starts at once.
      dueAt = Math.max(ran.startedAt + ran.next.afterMs, this.#options.clock.now());
      failing = ran.next.failing;
    }
  }

  /** False when the schedule stops meanwhile. Always gives way to others once, even when the run is overdue. */
  async #waitUntil(dueAt: number): Promise<boolean> {
    const { signal } = this.#stopping;
    let waitMs: number;
    do {
      waitMs = Math.max(0, dueAt - this.#options.clock.now());
      await sleep(Math.min(waitMs, MAX_TIMER_MS), undefined, { signal }).catch(() => undefined);
    } while (!signal.aborted && waitMs > MAX_TIMER_MS);
    return !signal.aborted;
  }

  async #run(tenant: TenantName, dueAt: number, job: Job): Promise<{ startedAt: number; next: Next }> {
    const startedAt = this.#options.clock.now();
    this.#startedAt.set(tenant, startedAt);
    try {
      return { startedAt, next: await job({ tenant, dueAt, signal: this.#aborting.signal }) };
    } catch (error) {
      this.#options.onError(tenant, error);
      return { startedAt, next: { afterMs: this.#options.errorDelayMs, failing: true } };
    } finally {
      this.#startedAt.delete(tenant);
      this.#waitingForFirstRun.delete(tenant);
    }
  }
}
