import type { Logger } from 'pino';
import { GatewayError } from '../core/errors.js';
import type { Clock, Gateway, QuotaLog } from '../core/ports.js';
import { quotaMonth, quotaUsage, type QuotaUsage } from '../core/quota.js';
import { jittered, type Next, type Run, type Schedule } from '../core/schedule.js';
import type { DesiredTenant, TenantName } from '../core/state.js';
import type { Metrics } from '../metrics/metrics.js';

export interface QuotaWatchOptions {
  readonly tenants: readonly { readonly desired: DesiredTenant; readonly gateway: Gateway }[];
  readonly schedule: Schedule;
  readonly intervalMs: number;
  /** Share of the interval; 0.1 = 10 %. */
  readonly jitter: number;
  readonly metrics: Metrics;
  /** Told of every reading. */
  readonly fleet: { quotaRead(tenant: TenantName, usage: QuotaUsage, at: number): void };
  /** Keeps every reading; absent without a ledger. */
  readonly log?: Pick<QuotaLog, 'add'>;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly random: () => number;
}

/** Reads every tenant's statistics on a clock of its own; a reading that fails leaves the last one standing. */
export class QuotaWatch {
  readonly #tenants: ReadonlyMap<TenantName, QuotaWatchOptions['tenants'][number]>;
  /** The last reading of each tenant. */
  readonly #usage = new Map<TenantName, QuotaUsage>();

  constructor(private readonly options: QuotaWatchOptions) {
    this.#tenants = new Map(options.tenants.map((entry) => [entry.desired.tenant, entry]));
  }

  start(): void {
    this.options.schedule.start([...this.#tenants.keys()], (run) => this.#read(run));
  }

  stop(graceMs: number): Promise<void> {
    return this.options.schedule.stop(graceMs);
  }

  async #read({ tenant, signal }: Run): Promise<Next> {
    const { intervalMs, jitter, random, clock, metrics, fleet, logger } = this.options;
    const afterMs = jittered(intervalMs, jitter, random());
    const entry = this.#tenants.get(tenant);
    if (!entry) throw new Error(`No tenant ${tenant} in the quota watch`);
    try {
      const month = quotaMonth(clock.now());
      const usage = quotaUsage(await entry.gateway.readQuota(month, signal), month, entry.desired.quota.warnAt);
      const at = clock.now();
      metrics.quotaRead(tenant, usage, at);
      fleet.quotaRead(tenant, usage, at);
      this.#warn(tenant, usage);
      await this.#keep(tenant, usage, at);
      return { afterMs, failing: false };
    } catch (error) {
      if (signal.aborted) return { afterMs, failing: false };
      if (!(error instanceof GatewayError)) throw error;
      logger.warn({ tenant, transient: error.transient, error: error.message }, 'the quota could not be read');
      return { afterMs, failing: true };
    }
  }

  /** A reading that cannot be kept is a gap in the history and nothing else. */
  async #keep(tenant: TenantName, usage: QuotaUsage, at: number): Promise<void> {
    try {
      await this.options.log?.add(tenant, usage, at);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      this.options.logger.warn({ tenant, error: message }, 'the reading of the quota could not be kept');
    }
  }

  /** Once for each threshold and month. */
  #warn(tenant: TenantName, usage: QuotaUsage): void {
    const before = this.#usage.get(tenant);
    const known = before?.month === usage.month ? before.crossed : [];
    this.#usage.set(tenant, {
      ...usage,
      crossed: [...new Set([...known, ...usage.crossed])].toSorted((a, b) => a - b),
    });
    const { month, used, limit } = usage;
    for (const threshold of usage.crossed.filter((crossed) => !known.includes(crossed))) {
      this.options.logger.warn(
        { tenant, month, used, limit, threshold },
        `${threshold} % of the month's events are used`,
      );
    }
  }
}
