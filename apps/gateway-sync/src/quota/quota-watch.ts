import { isDeepStrictEqual } from 'node:util';
import type { Logger } from 'pino';
import { GatewayError } from '../core/errors.js';
import { stateUnread, whyUnread } from '../core/failed-reading.js';
import type { Clock, QuotaLog } from '../core/ports.js';
import type { KnownShares } from '../core/event-shares.js';
import { IDLE_MS, nextReadingMs, rateBetween, retryReadingMs } from '../core/quota-clock.js';
import type { LookOutcome, QuotaLook, TimedUsage } from '../core/quota-look.js';
import { monthOf } from '../core/quota-month.js';
import { policyHash } from '../core/quota-policy.js';
import type { LookedState, QuotaState } from '../core/quota-state.js';
import type { Next, Pace, Pulse, Run, Schedule } from '../core/schedule.js';
import type { DesiredTenant, TenantName } from '../core/state.js';
import type { TenantMarks } from '../core/tenant-record.js';
import { OutageLog } from '../reconcile/outage-log.js';
import { eventShares } from './event-shares.js';
import { logLook } from './log-look.js';
import { lookOnce, type QuotaTenant } from './look-once.js';

/** What the file in force says of all tenants. */
export interface QuotaWish {
  readonly tenants: readonly QuotaTenant[];
  /** Share of a wait; 0.1 = 10 %. */
  readonly jitter: number;
  readonly pace: Pace;
}

/** Keeps the readings; where that is memory it is told which tenants there are. */
export type WatchLog = Pick<QuotaLog, 'add' | 'since'> & { keep?(tenants: ReadonlySet<TenantName>): void };

export interface QuotaWatchOptions {
  readonly schedule: Schedule;
  /** Knows what every replica knows of a tenant, and is told of every look. */
  readonly fleet: {
    /** Fresh, or what was known last. */
    quotaMarks(tenant: TenantName): Promise<TenantMarks>;
    /** As far as this process knows; asks nobody. */
    knownQuotaMarks(tenant: TenantName): TenantMarks;
    quotaLooked(tenant: TenantName, look: LookOutcome): Promise<void>;
    /** Asks for a run, because other subscriptions are given up than before. */
    shedChanged(tenant: TenantName): Promise<unknown>;
  };
  readonly log: WatchLog;
  /** Told of every look as well; does not reject. */
  readonly onLook?: (tenant: TenantName, look: QuotaLook) => Promise<void>;
  readonly logger: Logger;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
}

/** Reads every tenant's statistics on a clock of its own; a reading that fails leaves the last one standing. */
export class QuotaWatch {
  #wish: QuotaWish | undefined;
  #tenants: ReadonlyMap<TenantName, QuotaTenant> = new Map();
  #started = false;
  /** Of whose quota the file in force says something else than the one before, in this process. */
  readonly #changed = new Set<TenantName>();
  readonly #history: OutageLog;

  constructor(private readonly options: QuotaWatchOptions) {
    this.#history = new OutageLog(options.logger, 'earlier readings of the quota cannot be read; forecasts do without');
  }

  /** Watches these tenants from now on. {@link arrange} has to follow. */
  take(wish: QuotaWish): void {
    const before = this.#tenants;
    this.#wish = wish;
    this.#tenants = new Map(wish.tenants.map((entry) => [entry.desired.tenant, entry]));
    for (const [tenant, { desired }] of this.#tenants) {
      const known = before.get(tenant);
      if (known && !isDeepStrictEqual(known.desired.quota, desired.quota)) this.#changed.add(tenant);
    }
    this.options.log.keep?.(new Set(this.#tenants.keys()));
  }

  /**
   * Brings the schedule in line, and asks for a reading of each tenant of whose quota the file says something else than the
   * last look was judged by; `leading`: whether this process has the newest file. May be repeated after a failure.
   */
  async arrange(leading: boolean): Promise<void> {
    const { schedule } = this.options;
    if (!leading || !this.#wish) return schedule.hold(true);
    const names = [...this.#tenants.keys()];
    if (this.#started) await schedule.setTenants(names, this.#wish.pace);
    else await schedule.start(names, this.#wish.pace, (run) => this.#read(run));
    this.#started = true;
    await this.#readOutdated(this.#wish.pace);
    return schedule.hold(false);
  }

  /** A reading as soon as possible, here or elsewhere. */
  async request(tenant: TenantName): Promise<void> {
    await this.options.schedule.request(tenant, { trigger: 'manual' });
  }

  stop(graceMs: number): Promise<void> {
    return this.options.schedule.stop(graceMs);
  }

  pulse(): Pulse {
    return this.options.schedule.pulse();
  }

  async #readOutdated({ spacingMs }: Pace): Promise<void> {
    const outdated = [...this.#tenants.values()].filter(({ desired }) => this.#isOutdated(desired));
    const apart = spacingMs(outdated.length);
    const requests = outdated.map(({ desired: { tenant } }, index) =>
      this.options.schedule.request(tenant, { trigger: 'config', afterMs: Math.round(index * apart) }),
    );
    await Promise.all(requests);
    this.#changed.clear();
  }

  /**
   * What is kept tells it over a restart, and keeps a replica from asking for what another has read already. A state that
   * does not say what it was judged by counts as outdated: whoever changes the program may have changed the file as well.
   */
  #isOutdated({ tenant, quota: policy }: DesiredTenant): boolean {
    const { quotaState } = this.options.fleet.knownQuotaMarks(tenant);
    return quotaState ? quotaState.judgedBy !== policyHash(policy) : this.#changed.has(tenant);
  }

  async #read({ tenant, signal }: Run): Promise<Next> {
    const entry = this.#tenants.get(tenant);
    const marks = entry && (await this.options.fleet.quotaMarks(tenant));
    if (!entry || marks?.pause) return after(IDLE_MS);
    try {
      const look = await this.#look(entry, marks ?? {}, signal);
      return after(this.#untilNext(entry.desired, marks?.quota, look));
    } catch (error) {
      if (signal.aborted) return after(IDLE_MS);
      if (!(error instanceof GatewayError)) throw error;
      return await this.#failed(entry.desired, marks?.quotaState, error);
    }
  }

  async #look(entry: QuotaTenant, marks: TenantMarks, signal: AbortSignal): Promise<QuotaLook> {
    const { clock, logger } = this.options;
    const { tenant } = entry.desired;
    const ownLogger = logger.child({ tenant });
    const look = await lookOnce(entry, { marks, clock, history: (from) => this.#since(tenant, from) }, signal);
    logLook(ownLogger, look, entry.desired);
    await this.options.onLook?.(tenant, look);
    // Counting may take long, or end with this process; the reading is safe by then.
    if (await this.#keep(tenant, look)) await this.#count(entry, look.state, ownLogger, signal);
    return look;
  }

  /** How the events spread over the event types, beside the reading. */
  async #count(entry: QuotaTenant, state: LookedState, logger: Logger, signal: AbortSignal): Promise<void> {
    const { shares, sharesAskedAt, ...rest } = state;
    const known: KnownShares = { ...(shares && { shares }), ...(sharesAskedAt !== undefined && { sharesAskedAt }) };
    const counted = await eventShares(entry.gateway, { known, now: state.at }, logger, signal);
    if (isDeepStrictEqual(counted, known)) return;
    await this.#keeping(entry.desired.tenant, () =>
      this.options.fleet.quotaLooked(entry.desired.tenant, { state: { ...rest, ...counted } }),
    );
  }

  async #since(tenant: TenantName, from: number): Promise<readonly TimedUsage[]> {
    try {
      const readings = await this.options.log.since(tenant, from);
      this.#history.over();
      return readings;
    } catch (error) {
      this.#history.failed(error);
      return [];
    }
  }

  #keep(tenant: TenantName, { usage, state, late, isShedOther }: QuotaLook): Promise<boolean> {
    const { fleet, log } = this.options;
    return this.#keeping(tenant, async () => {
      await fleet.quotaLooked(tenant, { ...(usage && { usage }), state });
      if (late) await log.add(tenant, late.usage, late.at);
      if (usage) await log.add(tenant, usage, state.at);
      if (isShedOther) await fleet.shedChanged(tenant);
    });
  }

  /** Whether it was kept; what was not is a gap in the history and nothing else. */
  async #keeping(tenant: TenantName, keep: () => Promise<void>): Promise<boolean> {
    try {
      await keep();
      return true;
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      this.options.logger.warn({ tenant, error: message }, 'the reading of the quota could not be kept');
      return false;
    }
  }

  #untilNext({ tenant, quota: policy }: DesiredTenant, before: TimedUsage | undefined, look: QuotaLook): number {
    const { usage, state } = look;
    const { at: now, unknown, forecast } = state;
    const month = monthOf(now, policy.timeZone);
    // What goes faster than forecast is watched as closely as it goes.
    const ratePerDay = Math.max(forecast?.ratePerDay ?? 0, usage ? rateBetween(before, { usage, at: now }) : 0);
    return nextReadingMs({ now, tenant, month, policy, usage, unknown, ratePerDay, ...this.#spread() });
  }

  async #failed(
    { tenant, quota: policy }: DesiredTenant,
    before: QuotaState | undefined,
    error: GatewayError,
  ): Promise<Next> {
    const { fleet, logger, clock } = this.options;
    const { transient } = error;
    logger.warn({ tenant, transient, error: error.message }, 'the quota could not be read');
    const waitMs = retryReadingMs(error, (before?.failure?.attempts ?? 0) + 1, this.#spread());
    const at = clock.now();
    const state = stateUnread(before, policy, { at, transient, message: whyUnread(error), nextAt: at + waitMs });
    await this.#keeping(tenant, () => fleet.quotaLooked(tenant, { state }));
    return { ...after(waitMs), failing: true };
  }

  #spread(): { jitter: number; random: number } {
    return { jitter: this.#wish?.jitter ?? 0, random: this.options.random() };
  }
}

function after(afterMs: number): Next {
  return { afterMs, trigger: 'interval', failing: false };
}
