import type { Logger } from 'pino';
import { initialConditions, withQuota, withResult, type Conditions } from '../core/conditions.js';
import type { Clock, Gateway, Ledger } from '../core/ports.js';
import type { QuotaUsage } from '../core/quota.js';
import { EMPTY_MEMORY, type TenantMemory } from '../core/memory.js';
import { reconcile } from '../core/reconcile.js';
import type { ReconcileResult } from '../core/result.js';
import { type Cadence, jittered, type Next, nextInterval, type Run, type Schedule } from '../core/schedule.js';
import type { DesiredTenant, TenantName } from '../core/state.js';
import { tenantState, type TenantState } from '../core/tenant-state.js';
import type { Metrics } from '../metrics/metrics.js';
import { logConditions } from './log-conditions.js';
import { logResult } from './log-result.js';

export interface FleetTenant {
  readonly desired: DesiredTenant;
  readonly gateway: Gateway;
}

export interface FleetOptions {
  readonly tenants: readonly FleetTenant[];
  readonly schedule: Schedule;
  readonly cadence: Cadence;
  readonly metrics: Metrics;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly ledger?: Ledger;
  /** Host and process, for the audit. */
  readonly actor: string;
  /** In [0, 1). */
  readonly random: () => number;
  readonly newId: () => string;
}

/** What the service knows of one tenant. */
export interface TenantStatus {
  readonly tenant: TenantName;
  readonly state: TenantState;
  readonly conditions: Conditions;
  /** The last reconcile; absent before the first. */
  readonly result?: ReconcileResult;
  /** End of the last reconcile that left the tenant in sync. */
  readonly lastSyncAt?: number;
  readonly consecutiveFailures: number;
}

interface Entry extends FleetTenant {
  status: TenantStatus;
  memory: TenantMemory;
  intervalMs?: number;
}

/** Reconciles every tenant on its schedule, and remembers how each one stands. */
export class Fleet {
  readonly #entries = new Map<TenantName, Entry>();

  constructor(private readonly options: FleetOptions) {
    for (const { desired, gateway } of options.tenants) {
      const { tenant } = desired;
      const conditions = initialConditions(options.clock.now());
      const status: TenantStatus = { tenant, state: 'pending', conditions, consecutiveFailures: 0 };
      this.#entries.set(tenant, { desired, gateway, status, memory: EMPTY_MEMORY });
      options.metrics.addTenant(tenant);
    }
    this.#countStates();
  }

  start(): void {
    this.options.schedule.start([...this.#entries.keys()], (run) => this.#reconcile(run));
  }

  /** Lets running reconciles finish; aborts them after `graceMs`. */
  stop(graceMs: number): Promise<void> {
    return this.options.schedule.stop(graceMs);
  }

  /** In the order of the file. */
  statuses(): readonly TenantStatus[] {
    return [...this.#entries.values()].map(({ status }) => status);
  }

  /** Takes note of a reading of the quota. */
  quotaRead(tenant: TenantName, usage: QuotaUsage, at: number): void {
    const entry = this.#entry(tenant);
    const conditions = withQuota(entry.status.conditions, usage, at);
    logConditions(this.options.logger.child({ tenant }), entry.status.conditions, conditions);
    entry.status = { ...entry.status, conditions };
  }

  async #reconcile({ tenant, dueAt, signal }: Run): Promise<Next> {
    const { metrics, clock, ledger, newId, actor } = this.options;
    const entry = this.#entry(tenant);
    const reconcileId = newId();
    const logger = this.options.logger.child({ tenant, reconcileId });
    metrics.started(clock.now() - dueAt);
    try {
      const result = await reconcile(
        entry.desired,
        { gateway: entry.gateway, clock, ...(ledger && { ledger }) },
        { signal, reconcileId, trigger: 'interval', actor, memory: entry.memory },
      );
      logResult(logger, result, entry.status.result);
      const { conditions } = entry.status;
      this.#remember(entry, result);
      logConditions(logger, conditions, entry.status.conditions);
      return this.#next(entry, result);
    } catch (error) {
      if (!signal.aborted) throw error;
      logger.warn('reconcile aborted: the service is shutting down');
      return { afterMs: this.options.cadence.intervalMs, failing: false };
    }
  }

  #remember(entry: Entry, result: ReconcileResult): void {
    const { outcome, finishedAt } = result;
    const state = tenantState(outcome);
    const failed = outcome === 'failed' || outcome === 'partial';
    const lastSyncAt = state === 'in_sync' ? finishedAt : entry.status.lastSyncAt;
    entry.memory = result.memory;
    entry.status = {
      tenant: result.tenant,
      state,
      conditions: withResult(entry.status.conditions, result),
      result,
      consecutiveFailures: failed ? entry.status.consecutiveFailures + 1 : 0,
      ...(lastSyncAt !== undefined && { lastSyncAt }),
    };
    this.options.metrics.reconciled(result, entry.status.consecutiveFailures);
    this.#countStates();
  }

  #next(entry: Entry, { outcome, retryAfterMs }: ReconcileResult): Next {
    const { cadence, random } = this.options;
    entry.intervalMs = nextInterval(entry.intervalMs, outcome, cadence);
    const afterMs = Math.max(jittered(entry.intervalMs, cadence.jitter, random()), retryAfterMs ?? 0);
    return { afterMs, failing: outcome === 'failed' };
  }

  #countStates(): void {
    this.options.metrics.tenantStates([...this.#entries.values()].map(({ status }) => status.state));
  }

  #entry(tenant: TenantName): Entry {
    const entry = this.#entries.get(tenant);
    if (!entry) throw new Error(`No tenant ${tenant} in the fleet`);
    return entry;
  }
}
