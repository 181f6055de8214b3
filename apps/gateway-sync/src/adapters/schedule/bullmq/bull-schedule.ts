import { ConnectionClosedError } from 'bullmq';
import { LedgerError } from '../../../core/errors.js';
import type { Clock } from '../../../core/ports.js';
import type { RunLocks } from '../../../core/replica-ports.js';
import type { Job, Pace, Pulse, RunWish, Schedule } from '../../../core/schedule.js';
import type { TenantName } from '../../../core/state.js';
import { Complaints } from '../../complaints.js';
import { ledgerError } from '../../ledger/ledger-error.js';
import type { LedgerLog } from '../../ledger/ledger-log.js';
import { JobHandler } from './job-handler.js';
import { MAX_FAILED, Places } from './places.js';
import { queueBackend, RunQueue, RunWorker } from './queue-backend.js';
import { repeatStrategy } from './queue-job.js';
import type { QueuePool } from './queue-pool.js';

export interface BullScheduleOptions {
  /** Replicas with the same name share the work. */
  readonly queue: string;
  readonly pool: QueuePool;
  readonly locks: RunLocks;
  readonly clock: Clock;
  readonly log: LedgerLog;
  /** Told of a job that threw. */
  readonly onError: (tenant: TenantName, error: unknown) => void;
  readonly timing?: Partial<Timing>;
}

export interface Timing {
  /** How long a run belongs to a process that is no longer heard of. */
  readonly lockMs: number;
  /** How often somebody looks for such runs; they are taken over two looks after `lockMs` at the latest. */
  readonly stalledMs: number;
  /** How often broken places are looked for. */
  readonly mendMs: number;
  /** First wait of a run that is put off because somebody else works on the tenant; it doubles. */
  readonly putOffMs: number;
}

/** The work of a dead process is taken over within 20 seconds. */
const TIMING: Timing = { lockMs: 10_000, stalledMs: 5_000, mendMs: 60_000, putOffMs: 1_000 };
/** Before BullMQ asks the database again. */
const RETRY_MS = 1_000;
const EVENTS_KEPT = 100;
/** However often replicas are killed, no request is given up. */
const MAX_STALLED = 1_000_000;

/**
 * One job scheduler of BullMQ for each tenant, set anew after every run, and a job of its own for each request. Places
 * and times live in the database: this process knows nothing that another one would miss.
 */
export class BullSchedule implements Schedule {
  readonly #options: BullScheduleOptions;
  readonly #timing: Timing;
  readonly #queue: RunQueue;
  readonly #worker: RunWorker;
  readonly #places: Places;
  readonly #handler: JobHandler;
  readonly #complaints: Complaints;
  readonly #stopping = new AbortController();
  readonly #aborting = new AbortController();
  readonly #closing = new AbortController();
  readonly #work = {
    tenants: new Set<TenantName>() as ReadonlySet<TenantName>,
    pace: { concurrency: 1, spacingMs: () => 0, intervalMs: 0 } as Pace,
    job: undefined as Job | undefined,
    held: false,
    stopping: this.#stopping.signal,
    aborting: this.#aborting.signal,
  };
  #settling: Promise<void> = Promise.resolve();
  /** Whether tenants that are gone have been taken away. */
  #settled = false;
  #mending: NodeJS.Timeout | undefined;
  #beatAt: number;

  constructor(options: BullScheduleOptions) {
    const { queue, pool } = options;
    this.#options = options;
    this.#complaints = new Complaints(options.log);
    this.#timing = { ...TIMING, ...options.timing };
    this.#beatAt = options.clock.now();
    const shared = { connection: pool, settings: { repeatStrategy } };
    const streams = { events: { maxLen: EVENTS_KEPT } };
    this.#queue = new RunQueue(queue, { ...shared, streams }, queueBackend(pool));
    this.#places = new Places(this.#queue, pool);
    const onBeat = () => this.#beat();
    this.#handler = new JobHandler({ ...options, ...this.#timing, places: this.#places, work: this.#work, onBeat });
    this.#worker = new RunWorker(
      queue,
      (job, token) => this.#handler.handle(job, token),
      {
        ...shared,
        autorun: false,
        lockDuration: this.#timing.lockMs,
        stalledInterval: this.#timing.stalledMs,
        maxStalledCount: MAX_STALLED,
        // Of jobs that do not say so themselves, whoever wrote them.
        removeOnComplete: { count: 0 },
        removeOnFail: { count: MAX_FAILED },
        runRetryDelay: RETRY_MS,
      },
      queueBackend(pool, onBeat),
    );
    this.#queue.on('error', (error) => this.#tell(error));
    this.#worker.on('error', (error) => this.#tell(error));
  }

  async start(tenants: readonly TenantName[], pace: Pace, job: Job): Promise<void> {
    if (this.#stopping.signal.aborted) return;
    this.#work.job = job;
    this.#mending ??= setInterval(() => this.#mend(), this.#timing.mendMs).unref();
    const settled = this.setTenants(tenants, pace);
    if (!this.#work.held) this.#turnOn();
    await settled;
  }

  async setTenants(tenants: readonly TenantName[], pace: Pace): Promise<void> {
    this.#work.tenants = new Set(tenants);
    this.#work.pace = pace;
    this.#worker.concurrency = pace.concurrency;
    this.#settled = false;
    await this.#settle();
  }

  async request(tenant: TenantName, { trigger, afterMs = 0 }: RunWish): Promise<boolean> {
    const { tenants, job, held } = this.#work;
    // Who runs nothing, and maybe never did, knows only from the places what the others run.
    const isRun = job && !held ? tenants.has(tenant) : await told(this.#places.has(tenant));
    if (isRun) await this.#untilClosed(told(this.#places.request(tenant, trigger, afterMs)));
    return isRun;
  }

  async hold(held: boolean): Promise<void> {
    if (held === this.#work.held || this.#stopping.signal.aborted) return;
    this.#work.held = held;
    if (!this.#work.job) return;
    if (held) return this.#worker.pause(true);
    // What others left undone meanwhile; what cannot be done now is mended later.
    await this.#settle().catch(() => undefined);
    if (!this.#work.held) this.#turnOn();
  }

  async stop(graceMs: number): Promise<void> {
    this.#stopping.abort();
    clearInterval(this.#mending);
    const grace = setTimeout(() => this.#aborting.abort(new Error('The service is shutting down')), graceMs);
    await this.#worker.close();
    clearTimeout(grace);
    await this.#settling.catch(() => undefined);
    this.#closing.abort();
    await this.#queue.close();
  }

  pulse(): Pulse {
    const { job, held, pace, stopping } = this.#work;
    const { oldestRunAt, taken } = this.#handler;
    // The loop stands still when it is told to, and while every slot is taken: then the runs tell whether all is well.
    const still = !job || held || stopping.aborted || taken >= pace.concurrency;
    const beatAt = still ? this.#options.clock.now() : this.#beatAt;
    return { beatAt, ...(oldestRunAt !== undefined && { oldestRunAt }) };
  }

  /** A queue that is closed meanwhile neither does what it was asked nor says so. */
  async #untilClosed<Answer>(asked: Promise<Answer>): Promise<Answer> {
    const { signal } = this.#closing;
    const stopped = new AbortController();
    try {
      return await Promise.race([asked, refusedOnAbort(signal, stopped.signal)]);
    } finally {
      stopped.abort();
    }
  }

  #turnOn(): void {
    this.#beat();
    // Starts the worker, too, and does nothing when it runs already: a start may be repeated.
    void this.#worker.resume();
  }

  #beat(): void {
    this.#beatAt = this.#options.clock.now();
  }

  /** Makes the places what the tenants need, one call after the other. Whoever is held leaves it to the others. */
  async #settle(): Promise<void> {
    const before = this.#settling.catch(() => undefined);
    this.#settling = (async () => {
      await before;
      const { tenants, pace, held, stopping } = this.#work;
      if (held || stopping.aborted) return;
      try {
        await this.#places.settle(tenants, pace, { removing: !this.#settled, signal: stopping });
      } catch (error) {
        // The other replicas give the tenants their places, or the next start does.
        if (stopping.aborted) return;
        throw error;
      }
      if (tenants === this.#work.tenants) this.#settled = true;
    })();
    await told(this.#settling);
  }

  #mend(): void {
    // The pool tells of an outage, and the next time comes.
    this.#settle().catch(() => undefined);
    this.#places.mendClock(this.#timing.stalledMs).catch(() => undefined);
  }

  #tell(error: Error): void {
    if (error instanceof ConnectionClosedError || this.#stopping.signal.aborted) return;
    const err = ledgerError(error, 'work with the queue of runs', this.#options.pool.place);
    this.#complaints.tell(err, 'the queue of runs has an error', { queue: this.#options.queue });
  }
}

/** Rejects once `signal` aborts; `over` ends the waiting. */
function refusedOnAbort(signal: AbortSignal, over: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const refuse = () =>
      reject(new LedgerError('No run can be asked for here: the service is shutting down', { transient: true }));
    if (signal.aborted) refuse();
    else signal.addEventListener('abort', refuse, { once: true, signal: over });
  });
}

/** What BullMQ is told differs from what everybody else is told. */
async function told<Answer>(asked: Promise<Answer>): Promise<Answer> {
  try {
    return await asked;
  } catch (error) {
    throw error instanceof ConnectionClosedError ? error.cause : error;
  }
}
