import type { Clock } from '../../src/core/ports.js';
import type { Job, Next, Pace, Pulse, Run, RunWish, Schedule } from '../../src/core/schedule.js';
import type { OnJobError } from '../../src/service-setup.js';

type Turn = Omit<Run, 'signal'>;

/** A clock that only a test moves on, and schedules that go by it. What is due on the way happens in order, one at a time. */
export class PassingTime implements Clock {
  readonly #schedules: PassingSchedule[] = [];
  #now: number;

  constructor(start: string) {
    this.#now = Date.parse(start);
  }

  readonly now = (): number => this.#now;

  readonly schedule = (_purpose: unknown, onError: OnJobError): Schedule => {
    const made = new PassingSchedule(this, onError);
    this.#schedules.push(made);
    return made;
  };

  /** Up to a time, and through what is due at that time. */
  async passTo(until: string | number): Promise<void> {
    const at = typeof until === 'number' ? until : Date.parse(until);
    for (;;) {
      const due = this.#schedules.flatMap((schedule) => schedule.due()).toSorted((a, b) => a.turn.dueAt - b.turn.dueAt);
      const first = due.find(({ turn }) => turn.dueAt <= at);
      if (!first) break;
      this.#now = Math.max(this.#now, first.turn.dueAt);
      await first.run();
    }
    this.#now = Math.max(this.#now, at);
  }
}

class PassingSchedule implements Schedule {
  readonly #turns = new Map<string, Turn>();
  readonly #stopping = new AbortController();
  #job: Job | undefined;
  #isHeld = false;

  constructor(
    private readonly clock: Clock,
    private readonly onError: OnJobError,
  ) {}

  due(): { readonly turn: Turn; readonly run: () => Promise<void> }[] {
    if (this.#isHeld || this.#stopping.signal.aborted) return [];
    return [...this.#turns.values()].map((turn) => ({ turn, run: () => this.#run(turn) }));
  }

  async start(tenants: readonly string[], pace: Pace, job: Job): Promise<void> {
    this.#job = job;
    await this.setTenants(tenants, pace);
  }

  async setTenants(tenants: readonly string[], _pace: Pace): Promise<void> {
    for (const tenant of this.#turns.keys()) if (!tenants.includes(tenant)) this.#turns.delete(tenant);
    for (const tenant of tenants) if (!this.#turns.has(tenant)) this.#put(tenant, { trigger: 'config', afterMs: 0 });
  }

  async request(tenant: string, { trigger, afterMs = 0 }: RunWish): Promise<boolean> {
    const turn = this.#turns.get(tenant);
    if (turn && turn.dueAt > this.clock.now() + afterMs) this.#put(tenant, { trigger, afterMs });
    return turn !== undefined;
  }

  async hold(held: boolean): Promise<void> {
    this.#isHeld = held;
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
  }

  pulse(): Pulse {
    return { beatAt: this.clock.now() };
  }

  async #run(turn: Turn): Promise<void> {
    const { tenant } = turn;
    // Whatever is asked for during the run comes earlier than that.
    this.#turns.set(tenant, { ...turn, dueAt: Infinity });
    const next = await this.#next(turn);
    const asked = this.#turns.get(tenant);
    const isAskedEarlier = asked !== undefined && asked.dueAt <= this.clock.now() + next.afterMs;
    if (asked && !isAskedEarlier) this.#put(tenant, next);
  }

  async #next(turn: Turn): Promise<Next> {
    try {
      if (!this.#job) throw new Error('nothing was started');
      return await this.#job({ ...turn, signal: this.#stopping.signal });
    } catch (error) {
      this.onError(turn.tenant, error);
      throw error;
    }
  }

  #put(tenant: string, { trigger, afterMs }: Pick<Next, 'afterMs'> & Pick<Run, 'trigger'>): void {
    this.#turns.set(tenant, { tenant, trigger, dueAt: this.clock.now() + afterMs });
  }
}
