import { nextWait } from '../core/backoff.js';
import { EMPTY_MEMORY } from '../core/memory.js';
import { planReport } from '../core/plan-report.js';
import { reconcile } from '../core/reconcile.js';
import type { ReconcileResult } from '../core/result.js';
import { type Cadence, jittered, type Next, type Run } from '../core/schedule.js';
import type { TenantName } from '../core/state.js';
import { nextRecord, type TenantMarks, type TenantRecord } from '../core/tenant-record.js';
import type { FleetOptions, FleetTenant } from './fleet.js';
import { gist, logResult } from './log-result.js';
import { OutageLog } from './outage-log.js';

export interface Surroundings {
  /** What a run is made with; `lastGeneration`: of the file that the last run was by. */
  readonly inForce: (tenant: TenantName, lastGeneration: number) => Promise<InForce>;
  readonly cadence: () => Cadence;
  readonly known: (tenant: TenantName) => { readonly marks: TenantMarks };
  readonly learn: (
    tenant: TenantName,
    row: { readonly record?: Omit<TenantRecord, 'memory'>; readonly marks: TenantMarks },
  ) => void;
}

/**
 * The tenant as the file in force has it, with the generation of that very file. `gone`: it names it no longer. `behind`:
 * somebody has a newer one, as far as is known.
 */
export type InForce = { readonly entry: FleetTenant; readonly generation: number } | 'gone' | 'behind';

/** Until a replica with the newer file takes over. */
const SOON_MS = 1_000;

interface Recalled {
  readonly record?: TenantRecord;
  readonly marks: TenantMarks;
}

/** Runs the reconciles of this process, and hands what each one leaves to the next, wherever that runs. */
export class TenantRuns {
  /** Of the last run of each tenant here: what its log lines told. */
  readonly #told = new Map<TenantName, string>();
  /** Records that could not be kept. */
  readonly #unkept = new Map<TenantName, TenantRecord>();
  readonly #reading: OutageLog;
  readonly #writing: OutageLog;

  constructor(
    private readonly options: FleetOptions,
    private readonly around: Surroundings,
  ) {
    this.#reading = new OutageLog(options.logger, 'the records of the tenants cannot be read');
    this.#writing = new OutageLog(
      options.logger,
      'the records of the tenants cannot be written; they are kept here meanwhile',
    );
  }

  async run(run: Run): Promise<Next> {
    const { tenant, signal } = run;
    const recalled = await this.#recall(tenant);
    const inForce = await this.around.inForce(tenant, recalled.record?.generation ?? 0);
    if (inForce === 'gone') return this.#idle();
    // What a newer file did must not be turned back.
    if (inForce === 'behind') return { ...this.#idle(), afterMs: SOON_MS };
    if (recalled.marks.pause) {
      this.#learn(tenant, recalled);
      return this.#idle();
    }
    const lagMs = this.options.clock.now() - run.dueAt;
    this.options.metrics.started(lagMs);
    this.options.logger.debug({ tenant, trigger: run.trigger, lagMs }, 'reconcile starts');
    try {
      return await this.#reconcile(inForce, run, recalled);
    } catch (error) {
      if (!signal.aborted) throw error;
      const reason = signal.reason instanceof Error ? signal.reason.message : String(signal.reason);
      this.options.logger.warn({ tenant, reason }, 'reconcile aborted');
      return this.#idle();
    }
  }

  /** The file names the tenant no longer. */
  forget(tenant: TenantName): void {
    this.#told.delete(tenant);
    this.#unkept.delete(tenant);
  }

  async #reconcile(
    { entry, generation }: Exclude<InForce, string>,
    { tenant, trigger, signal }: Run,
    { record, marks }: Recalled,
  ): Promise<Next> {
    const { clock, ledger, newId, actor, metrics } = this.options;
    const reconcileId = newId();
    const logger = this.options.logger.child({ tenant, reconcileId });
    const result = await reconcile(
      entry.desired,
      { gateway: entry.gateway, clock, ...(ledger && { ledger }) },
      {
        signal,
        reconcileId,
        trigger,
        actor,
        memory: record?.memory ?? EMPTY_MEMORY,
        quota: marks,
        ...(marks.quotaState?.shed && { shed: marks.quotaState.shed }),
      },
    );
    logResult(logger, result, this.#told.get(tenant));
    this.#told.set(tenant, gist(result));
    const wait = nextWait(record?.wait, result, this.around.cadence());
    const next = nextRecord(record, result, { desired: entry.hash, generation, wait, actor });
    await this.#keep(next, result);
    metrics.ran(result);
    // Somebody may have paused it while it ran.
    this.#learn(tenant, { record: next, marks: { ...marks, ...this.around.known(tenant).marks } });
    return this.#next(result, wait);
  }

  /** Nobody here needs the memory, and all tenants together have a lot of it. */
  #learn(tenant: TenantName, { record, marks }: Recalled): void {
    if (!record) return this.around.learn(tenant, { marks });
    const { memory: _, ...shown } = record;
    this.around.learn(tenant, { record: shown, marks });
  }

  /** What was known last when the database does not answer. */
  async #recall(tenant: TenantName): Promise<Recalled> {
    const unkept = this.#unkept.get(tenant);
    try {
      const { record, marks } = await this.options.records.read(tenant);
      this.#reading.over();
      const newest = unkept && unkept.last.finishedAt > (record?.last.finishedAt ?? 0) ? unkept : record;
      return { ...(newest && { record: newest }), marks };
    } catch (error) {
      this.#reading.failed(error);
      return { ...(unkept && { record: unkept }), marks: this.around.known(tenant).marks };
    }
  }

  async #keep(record: TenantRecord, result: ReconcileResult): Promise<void> {
    try {
      await this.options.records.write(record, planReport(result));
      this.#unkept.delete(record.tenant);
      this.#writing.over();
    } catch (error) {
      this.#unkept.set(record.tenant, record);
      this.#writing.failed(error);
    }
  }

  #next({ outcome, retryAfterMs = 0 }: ReconcileResult, { intervalMs, retry }: TenantRecord['wait']): Next {
    const afterMs = Math.max(jittered(intervalMs, this.around.cadence().jitter, this.options.random()), retryAfterMs);
    return { afterMs, trigger: retry ? 'retry' : 'interval', failing: outcome === 'failed' };
  }

  /** Nothing was done, and nothing failed. */
  #idle(): Next {
    const { intervalMs, jitter } = this.around.cadence();
    return { afterMs: jittered(intervalMs, jitter, this.options.random()), trigger: 'interval', failing: false };
  }
}
