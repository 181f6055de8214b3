import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../../core/ports.js';
import type { RunLocks } from '../../core/replica-ports.js';
import type { Job, Next, Pace, Pulse, Run, RunWish, Schedule } from '../../core/schedule.js';
import type { Trigger } from '../../core/result.js';
import type { TenantName } from '../../core/state.js';
import { servedAs } from '../../core/urgency.js';
import { Slots, type Waiting } from './slots.js';

export interface InProcessScheduleOptions {
  readonly clock: Clock;
  /** Told of a job that threw. */
  readonly onError: (tenant: TenantName, error: unknown) => void;
  /** Keeps other processes away from a tenant; absent: there are none. */
  readonly locks?: RunLocks;
  readonly heartbeatMs?: number;
}

const HEARTBEAT_MS = 1_000;
/** Before a tenant that another process works on is tried again. */
const BUSY_MS = 1_000;
/** Longest wait that a timer of Node can hold. */
const MAX_TIMER_MS = 2_147_483_647;

/** One loop for each tenant in this process; what is due waits for a slot. */
export class InProcessSchedule implements Schedule {
  readonly #options: InProcessScheduleOptions;
  readonly #slots = new Slots();
  readonly #stopping = new AbortController();
  readonly #aborting = new AbortController();
  readonly #places = new Map<TenantName, Place>();
  readonly #loops = new Set<Promise<void>>();
  readonly #startedAt = new Map<TenantName, number>();
  #job: Job | undefined;
  #pace: Pace | undefined;
  #heartbeat: NodeJS.Timeout | undefined;
  #beatAt: number;

  constructor(options: InProcessScheduleOptions) {
    this.#options = options;
    this.#beatAt = options.clock.now();
  }

  async start(tenants: readonly TenantName[], pace: Pace, job: Job): Promise<void> {
    if (this.#stopping.signal.aborted) return;
    const beat = () => (this.#beatAt = this.#options.clock.now());
    this.#heartbeat = setInterval(beat, this.#options.heartbeatMs ?? HEARTBEAT_MS);
    this.#job = job;
    await this.setTenants(tenants, pace);
  }

  async setTenants(tenants: readonly TenantName[], pace: Pace): Promise<void> {
    this.#pace = pace;
    this.#slots.concurrency = pace.concurrency;
    const wanted = new Set(tenants);
    for (const [tenant, place] of this.#places) {
      if (wanted.has(tenant)) continue;
      this.#places.delete(tenant);
      place.gone.abort();
    }
    const added = [...wanted].filter((tenant) => !this.#places.has(tenant));
    const apart = pace.spacingMs(added.length);
    const now = this.#options.clock.now();
    added.forEach((tenant, index) => this.#add(tenant, now + index * apart));
  }

  async request(tenant: TenantName, { trigger, afterMs = 0 }: RunWish): Promise<boolean> {
    const place = this.#places.get(tenant);
    if (!place) return false;
    const dueAt = this.#options.clock.now() + afterMs;
    if (place.asked && place.asked.dueAt <= dueAt) return true;
    place.asked = { dueAt, trigger };
    place.wake.abort();
    return true;
  }

  async hold(held: boolean): Promise<void> {
    this.#slots.held = held;
  }

  async stop(graceMs: number): Promise<void> {
    this.#stopping.abort();
    const grace = setTimeout(() => this.#aborting.abort(new Error('The service is shutting down')), graceMs);
    await Promise.all(this.#loops);
    clearTimeout(grace);
    clearInterval(this.#heartbeat);
  }

  pulse(): Pulse {
    const oldestRunAt = Math.min(...this.#startedAt.values());
    return { beatAt: this.#beatAt, ...(Number.isFinite(oldestRunAt) && { oldestRunAt }) };
  }

  #add(tenant: TenantName, dueAt: number): void {
    const job = this.#job;
    if (!job || this.#stopping.signal.aborted) return;
    const place: Place = {
      gone: new AbortController(),
      wake: new AbortController(),
      next: { dueAt, trigger: 'config', failing: false },
    };
    this.#places.set(tenant, place);
    const loop = this.#loop(tenant, place, job).finally(() => this.#loops.delete(loop));
    this.#loops.add(loop);
  }

  async #loop(tenant: TenantName, place: Place, job: Job): Promise<void> {
    const over = AbortSignal.any([this.#stopping.signal, place.gone.signal]);
    while (await this.#waitForTurn(place, over)) {
      const ran = await this.#slots.run(this.#waiting(place), over, async () => {
        const due = this.#mostUrgent(place);
        place.asked = undefined;
        return this.#run(tenant, due, job);
      });
      if (!ran) return;
      // From the start of the run, so that slow runs do not stretch the interval; what is overdue starts at once.
      const dueAt = Math.max(ran.startedAt + ran.next.afterMs, this.#options.clock.now());
      place.next = { dueAt, trigger: ran.next.trigger, failing: ran.next.failing };
    }
  }

  /** False when the tenant or the schedule is over. Always gives way to others once, even when the run is overdue. */
  async #waitForTurn(place: Place, over: AbortSignal): Promise<boolean> {
    for (let waited = false; !waited && !over.aborted;) {
      if (place.wake.signal.aborted) place.wake = new AbortController();
      const waitMs = Math.max(0, earliest(place).dueAt - this.#options.clock.now());
      const signal = AbortSignal.any([over, place.wake.signal]);
      // The clock is not asked again: it may have been set back meanwhile.
      waited = await sleep(Math.min(waitMs, MAX_TIMER_MS), waitMs <= MAX_TIMER_MS, { signal }).catch(() => false);
    }
    return !over.aborted;
  }

  /** A request that comes while it waits for a slot counts too. */
  #waiting(place: Place): Waiting {
    const urgent = () => this.#mostUrgent(place);
    return {
      get servedAs() {
        const { trigger, dueAt } = urgent();
        return servedAs(trigger, dueAt);
      },
      failing: place.next.failing,
    };
  }

  #mostUrgent({ next, asked }: Place): Turn {
    const first = earliest({ next, asked });
    if (!asked || asked.dueAt > this.#options.clock.now()) return first;
    return servedAs(asked.trigger, asked.dueAt) <= servedAs(first.trigger, first.dueAt) ? turnOf(asked) : first;
  }

  async #run(tenant: TenantName, due: Turn, job: Job): Promise<{ startedAt: number; next: Next }> {
    const startedAt = this.#options.clock.now();
    this.#startedAt.set(tenant, startedAt);
    try {
      return { startedAt, next: await this.#alone({ tenant, ...due, signal: this.#aborting.signal }, job) };
    } catch (error) {
      this.#options.onError(tenant, error);
      return { startedAt, next: { afterMs: this.#pace?.intervalMs ?? 0, trigger: 'retry', failing: true } };
    } finally {
      this.#startedAt.delete(tenant);
    }
  }

  async #alone(run: Run, job: Job): Promise<Next> {
    const { locks } = this.#options;
    if (!locks) return job(run);
    // While the database is away nobody can tell who works on the tenant.
    const held = await locks.hold(run.tenant).catch(() => undefined);
    if (!held) return { afterMs: BUSY_MS, trigger: run.trigger === 'retry' ? 'retry' : 'interval', failing: false };
    try {
      return await job({ ...run, signal: AbortSignal.any([run.signal, held.signal]) });
    } finally {
      await held.release();
    }
  }
}

interface Turn {
  readonly dueAt: number;
  readonly trigger: Trigger;
}

interface Place {
  readonly gone: AbortController;
  /** Aborted when the turn comes earlier than it was waited for. */
  wake: AbortController;
  next: Turn & { readonly failing: boolean };
  /** Outside the rhythm. */
  asked?: Turn | undefined;
}

function earliest({ next, asked }: Pick<Place, 'next' | 'asked'>): Turn {
  return turnOf(asked && asked.dueAt <= next.dueAt ? asked : next);
}

function turnOf({ dueAt, trigger }: Turn): Turn {
  return { dueAt, trigger };
}
