import type { Logger } from 'pino';
import { GatewayError } from '../core/errors.js';
import type { Clock, Gateway, QuotaLog } from '../core/ports.js';
import { quotaMonth, quotaUsage, type QuotaUsage } from '../core/quota.js';
import { jittered, type Next, type Pace, type Pulse, type Run, type Schedule } from '../core/schedule.js';
import type { DesiredTenant, TenantName } from '../core/state.js';
import type { TenantStatus } from '../core/tenant-record.js';

/** What the file in force says of all tenants. */
export interface QuotaWish {
  readonly tenants: readonly { readonly desired: DesiredTenant; readonly gateway: Gateway }[];
  /** Share of the interval; 0.1 = 10 %. */
  readonly jitter: number;
  readonly pace: Pace;
}

export interface QuotaWatchOptions {
  readonly schedule: Schedule;
  /** Knows the last reading, and is told of every new one. */
  readonly fleet: {
    status(tenant: TenantName): Pick<TenantStatus, 'quota' | 'pause'> | undefined;
    quotaRead(tenant: TenantName, usage: QuotaUsage, at: number): Promise<void>;
  };
  /** Keeps every reading; absent without a ledger. */
  readonly log?: Pick<QuotaLog, 'add'>;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly random: () => number;
}

/** Reads every tenant's statistics on a clock of its own; a reading that fails leaves the last one standing. */
export class QuotaWatch {
  #wish: QuotaWish | undefined;
  #tenants: ReadonlyMap<TenantName, QuotaWish['tenants'][number]> = new Map();
  #started = false;

  constructor(private readonly options: QuotaWatchOptions) {}

  /** Watches these tenants from now on. {@link arrange} has to follow. */
  take(wish: QuotaWish): void {
    this.#wish = wish;
    this.#tenants = new Map(wish.tenants.map((entry) => [entry.desired.tenant, entry]));
  }

  /** Brings the schedule in line; `leading`: whether this process has the newest file. May be repeated after a failure. */
  async arrange(leading: boolean): Promise<void> {
    const { schedule } = this.options;
    if (!leading || !this.#wish) return schedule.hold(true);
    const names = [...this.#tenants.keys()];
    if (this.#started) await schedule.setTenants(names, this.#wish.pace);
    else await schedule.start(names, this.#wish.pace, (run) => this.#read(run));
    this.#started = true;
    return schedule.hold(false);
  }

  stop(graceMs: number): Promise<void> {
    return this.options.schedule.stop(graceMs);
  }

  pulse(): Pulse {
    return this.options.schedule.pulse();
  }

  async #read({ tenant, signal }: Run): Promise<Next> {
    const { clock, fleet, logger } = this.options;
    const next = { afterMs: this.#afterMs(), trigger: 'interval' } as const;
    const entry = this.#tenants.get(tenant);
    if (!entry || fleet.status(tenant)?.pause) return { ...next, failing: false };
    try {
      const month = quotaMonth(clock.now());
      const usage = quotaUsage(await entry.gateway.readQuota(month, signal), month, entry.desired.quota.warnAt);
      await this.#keep(tenant, usage, clock.now());
      return { ...next, failing: false };
    } catch (error) {
      if (signal.aborted) return { ...next, failing: false };
      if (!(error instanceof GatewayError)) throw error;
      logger.warn({ tenant, transient: error.transient, error: error.message }, 'the quota could not be read');
      return { ...next, failing: true };
    }
  }

  #afterMs(): number {
    const { jitter, pace } = this.#wish ?? { jitter: 0, pace: { intervalMs: 0 } };
    return jittered(pace.intervalMs, jitter, this.options.random());
  }

  /** A reading that cannot be kept is a gap in the history and nothing else. */
  async #keep(tenant: TenantName, usage: QuotaUsage, at: number): Promise<void> {
    const { fleet, log, logger } = this.options;
    const before = fleet.status(tenant)?.quota?.usage;
    const known = before?.month === usage.month ? before.crossed : [];
    // A threshold stays crossed when the platform corrects its count.
    const crossed = [...new Set([...known, ...usage.crossed])].toSorted((a, b) => a - b);
    this.#warn(tenant, usage, known);
    try {
      await fleet.quotaRead(tenant, { ...usage, crossed }, at);
      await log?.add(tenant, usage, at);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      logger.warn({ tenant, error: message }, 'the reading of the quota could not be kept');
    }
  }

  /** Once for each threshold and month, whichever replica reads it. */
  #warn(tenant: TenantName, { month, used, limit, crossed }: QuotaUsage, known: readonly number[]): void {
    for (const threshold of crossed.filter((one) => !known.includes(one))) {
      this.options.logger.warn(
        { tenant, month, used, limit, threshold },
        `${threshold} % of the month's events are used`,
      );
    }
  }
}
