import { setTimeout as sleep } from 'node:timers/promises';
import { ConnectionClosedError, DelayedError, WaitingError } from 'bullmq';
import type { Clock } from '../../../core/ports.js';
import type { HeldLock, RunLocks } from '../../../core/replica-ports.js';
import type { Job, Next, Pace } from '../../../core/schedule.js';
import type { TenantName } from '../../../core/state.js';
import type { LedgerLog } from '../../ledger/ledger-log.js';
import { Outage } from '../../outage.js';
import type { Places } from './places.js';
import type { RunJob } from './queue-backend.js';
import { type Beat, type QueuedTurn, type Turn, turnOf } from './queue-job.js';

export interface JobHandlerOptions {
  readonly places: Places;
  readonly locks: RunLocks;
  readonly clock: Clock;
  readonly log: LedgerLog;
  /** Told of a job that threw. */
  readonly onError: (tenant: TenantName, error: unknown) => void;
  readonly work: Work;
  /** Told whenever the database refused something that is tried again: a loop that waits for this job is not stuck. */
  readonly onBeat: () => void;
  /** First wait of a run that is put off; it doubles. */
  readonly putOffMs: number;
}

/** What there is to do at the moment. */
export interface Work {
  readonly tenants: ReadonlySet<TenantName>;
  readonly pace: Pace;
  readonly job: Job | undefined;
  readonly held: boolean;
  readonly stopping: AbortSignal;
  readonly aborting: AbortSignal;
}

/** Share of the slots that tenants whose last run failed may use. */
const FAILING_SHARE = 0.25;
/** How often the wait doubles while somebody else works on the tenant. */
const MAX_BUSY = 3;
/** While all slots of the failing ones are taken. */
const MAX_FAILING = 6;
/** While a replica whose file names the tenant may be about to come; then the job is dropped. */
const MAX_STRANGER = 6;
/** Before something is asked of the database again. */
const RETRY_MS = 1_000;

/** Does with a job of the queue what there is to do. Whoever runs a tenant holds its lock: BullMQ alone lets two run. */
export class JobHandler {
  readonly #options: JobHandlerOptions;
  readonly #outage: Outage;
  readonly #taken = new Map<RunJob, { readonly startedAt: number; readonly failing: boolean }>();

  constructor(options: JobHandlerOptions) {
    this.#options = options;
    this.#outage = new Outage(options.log, {
      begins: 'no run can start: tenants cannot be locked',
      ends: 'tenants can be locked again',
    });
  }

  /** Slots in use. */
  get taken(): number {
    return this.#taken.size;
  }

  get oldestRunAt(): number | undefined {
    const oldest = Math.min(...[...this.#taken.values()].map(({ startedAt }) => startedAt));
    return Number.isFinite(oldest) ? oldest : undefined;
  }

  /** Throws nothing but what tells BullMQ that the job waits again: for anything else it would give the job up. */
  async handle(job: RunJob, token: string | undefined): Promise<void> {
    const turn = turnOf(job);
    if (!turn) return;
    if (this.#idle) return this.#giveBack(job, token);
    const { work, clock, places } = this.#options;
    if (!work.tenants.has(turn.tenant)) {
      if (job.attemptsStarted <= MAX_STRANGER) return this.#delay(job, token, MAX_STRANGER);
      if (turn.kind === 'rhythm') await places.remove([turn.tenant]).catch(() => undefined);
      return;
    }
    if (turn.failing && this.#failing >= Math.max(1, Math.floor(work.pace.concurrency * FAILING_SHARE))) {
      return this.#putOff(job, turn, token, MAX_FAILING);
    }
    this.#taken.set(job, { startedAt: clock.now(), failing: turn.failing });
    try {
      const lock = await this.#lock(job, turn.tenant);
      if (lock === 'idle') return await this.#giveBack(job, token);
      if (lock === 'busy') return await this.#putOff(job, turn, token, MAX_BUSY);
      try {
        await this.#run(job, turn, lock);
      } finally {
        await lock.release();
      }
    } finally {
      this.#taken.delete(job);
    }
  }

  get #idle(): boolean {
    const { work } = this.#options;
    return work.held || work.stopping.aborted;
  }

  get #failing(): number {
    return [...this.#taken.values()].filter(({ failing }) => failing).length;
  }

  async #lock(job: RunJob, tenant: TenantName): Promise<HeldLock | 'busy' | 'idle'> {
    const locked = await this.#patiently(async () => {
      const lock = await this.#options.locks.hold(tenant);
      if (!lock) return 'busy';
      // What is requested from here on is for another run.
      const joined = await settled(job.removeDeduplicationKey());
      if (joined.status === 'fulfilled' && !this.#idle) return lock;
      await lock.release();
      if (joined.status === 'rejected') throw joined.reason;
      return 'idle';
    });
    return locked ?? 'idle';
  }

  async #run(job: RunJob, { tenant, trigger, dueAt }: QueuedTurn, lock: HeldLock): Promise<void> {
    const { work } = this.#options;
    const startedAt = Date.now();
    const signal = AbortSignal.any([work.aborting, lock.signal]);
    const next = await this.#next(tenant, async () => work.job?.({ tenant, trigger, dueAt, signal }));
    const nextAt = Math.max(startedAt + next.afterMs, Date.now());
    const turn = { trigger: next.trigger, dueAt: nextAt, failing: next.failing, putOff: 0 };
    await this.#place(job, tenant, turn, { nextAt, everyMs: Math.max(next.afterMs, work.pace.intervalMs) });
  }

  async #next(tenant: TenantName, run: () => Promise<Next | undefined>): Promise<Next> {
    const later: Next = { afterMs: this.#options.work.pace.intervalMs, trigger: 'retry', failing: true };
    try {
      return (await run()) ?? later;
    } catch (error) {
      this.#options.onError(tenant, error);
      return later;
    }
  }

  /** When it cannot, the job that BullMQ made at the start of this one is due an interval after it. */
  async #place(job: RunJob, tenant: TenantName, turn: Turn, { nextAt, everyMs }: Beat): Promise<void> {
    const { work, places } = this.#options;
    // A job of that time is there already: this one.
    const free = nextAt === job.opts.prevMillis ? nextAt + 1 : nextAt;
    await this.#patiently(async () => {
      if (work.tenants.has(tenant)) await places.put(tenant, turn, { nextAt: free, everyMs });
    });
  }

  async #putOff(job: RunJob, turn: QueuedTurn, token: string | undefined, most: number): Promise<void> {
    const { tenant, kind, trigger, dueAt, failing, putOff } = turn;
    if (kind === 'request') return this.#delay(job, token, most);
    // A new place instead of the old job: the run that is in its way replaces it with the next one.
    const nextAt = Date.now() + this.#waitMs(putOff, most);
    const { intervalMs } = this.#options.work.pace;
    await this.#place(job, tenant, { trigger, dueAt, failing, putOff: putOff + 1 }, { nextAt, everyMs: intervalMs });
  }

  async #delay(job: RunJob, token: string | undefined, most: number): Promise<void> {
    const waitMs = this.#waitMs(Math.max(0, job.attemptsStarted - 1), most);
    await settled(job.moveToDelayed(Date.now() + waitMs, token));
    throw new DelayedError();
  }

  #waitMs(times: number, most: number): number {
    return this.#options.putOffMs * 2 ** Math.min(times, most);
  }

  /** A job that stays with us because this failed is taken for that of a dead worker. */
  async #giveBack(job: RunJob, token: string | undefined): Promise<void> {
    await settled(job.moveToWait(token));
    throw new WaitingError();
  }

  /** Tries again while the database is away; undefined when there is no more use in it. */
  async #patiently<Answer>(ask: () => Promise<Answer>): Promise<Answer | undefined> {
    const { stopping } = this.#options.work;
    while (!stopping.aborted) {
      try {
        const answer = await ask();
        this.#outage.end();
        return answer;
      } catch (error) {
        // The pool tells of its own.
        if (!(error instanceof ConnectionClosedError)) this.#outage.begin({ err: error });
        this.#options.onBeat();
        await sleep(RETRY_MS, undefined, { signal: stopping }).catch(() => undefined);
      }
    }
    return undefined;
  }
}

async function settled<Answer>(promise: Promise<Answer>): Promise<PromiseSettledResult<Answer>> {
  const [result] = await Promise.allSettled([promise]);
  return result;
}
