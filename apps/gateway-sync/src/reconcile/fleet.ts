import type { Logger } from 'pino';
import type { Pause } from '../core/pause.js';
import type { Clock, Gateway, Ledger } from '../core/ports.js';
import type { Standing, TenantRecords } from '../core/replica-ports.js';
import type { JsonObject } from '../core/json.js';
import type { LookOutcome } from '../core/quota-look.js';
import type { QuotaPolicy } from '../core/quota-policy.js';
import { type Cadence, type Pace, type Schedule } from '../core/schedule.js';
import type { DesiredTenant, TenantName } from '../core/state.js';
import { statusOf, type TenantMarks, type TenantStatus } from '../core/tenant-record.js';
import type { Metrics } from '../metrics/metrics.js';
import { logConditions } from './log-conditions.js';
import { OutageLog } from './outage-log.js';
import { Statuses } from './statuses.js';
import { TenantRows, type TenantRow } from './tenant-rows.js';
import { TenantRuns } from './tenant-runs.js';

export interface FleetTenant {
  readonly desired: DesiredTenant;
  readonly gateway: Gateway;
  /** See `desiredHash`. */
  readonly hash: string;
}

/** What the file in force says of all tenants. */
export interface FleetWish {
  readonly tenants: readonly FleetTenant[];
  readonly cadence: Cadence;
  readonly pace: Pace;
}

export interface FleetOptions {
  readonly schedule: Schedule;
  readonly records: TenantRecords;
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

/** The tenants of the file: keeps each one on the schedule, and knows how each one stands, whichever replica ran it. */
export class Fleet {
  readonly #runs: TenantRuns;
  readonly #rows = new TenantRows();
  readonly #statuses = new Statuses();
  readonly #following: OutageLog;
  #wish: FleetWish | undefined;
  #tenants: ReadonlyMap<TenantName, FleetTenant> = new Map();
  #cursor: string | undefined;
  /** Tenants that have a record and are not in the file; a replica that leads forgets them. */
  readonly #gone = new Set<TenantName>();
  #started = false;
  #leading: boolean | undefined;
  #generation = 0;
  /** Whether the others know of the file in force. */
  #arranged = false;
  #askStanding: () => Promise<void> = () => Promise.resolve();
  #passed = false;

  constructor(private readonly options: FleetOptions) {
    this.#runs = new TenantRuns(options, {
      inForce: async (tenant, lastGeneration) => {
        // Taken up and not yet announced, as while the database was away; or somebody has a newer one.
        if (!this.#arranged || lastGeneration > this.#generation) await this.#askStanding();
        if (!this.#arranged || this.standingBy) return 'behind';
        const entry = this.#tenants.get(tenant);
        return entry ? { entry, generation: this.#generation } : 'gone';
      },
      cadence: () => this.#current().cadence,
      known: (tenant) => this.#rows.get(tenant),
      learn: (tenant, row) => this.#learn(tenant, row, true),
    });
    this.#following = new OutageLog(options.logger, 'what other replicas did cannot be read; it is tried again');
  }

  /** The file in force from now on: takes up what is new, lets go what is gone. {@link arrange} has to follow. */
  take(wish: FleetWish): void {
    const { metrics } = this.options;
    const before = this.#tenants;
    this.#arranged = false;
    this.#wish = wish;
    metrics.paced(wish.cadence);
    this.#tenants = new Map(wish.tenants.map((tenant) => [tenant.desired.tenant, tenant]));
    for (const tenant of before.keys()) if (!this.#tenants.has(tenant)) this.#drop(tenant);
    this.#statuses.keep(this.#tenants.keys(), (tenant) => {
      metrics.addTenant(tenant);
      return this.#statusOf(tenant);
    });
    this.#countStates();
  }

  /**
   * Brings the schedule in line with the file, where new tenants are due soon; asks for a run of each tenant of which the
   * file says something else than its last run. Behind another replica no run starts here. May be repeated after a failure.
   */
  async arrange({ role, generation }: Pick<Standing, 'role' | 'generation'>): Promise<void> {
    const { schedule } = this.options;
    const leading = role === 'leading';
    this.#leading = leading;
    this.#generation = generation;
    this.#arranged = true;
    this.#countStates();
    if (!leading) return schedule.hold(true);
    const { pace } = this.#current();
    const names = [...this.#tenants.keys()];
    if (this.#started) await schedule.setTenants(names, pace);
    else await schedule.start(names, pace, (run) => this.#runs.run(run));
    this.#started = true;
    const changed = [...this.#tenants].filter(([tenant, { hash }]) => {
      const { record } = this.#rows.get(tenant);
      return record !== undefined && record.desired !== hash;
    });
    const apart = pace.spacingMs(changed.length);
    await Promise.all(
      changed.map(([tenant], index) =>
        schedule.request(tenant, { trigger: 'config', afterMs: Math.round(index * apart) }),
      ),
    );
    await this.letGo();
    return schedule.hold(false);
  }

  /**
   * Forgets what is kept of tenants that the file does not name, as {@link follow} told. Only for a replica that was told
   * after that that it leads: the records may be those of a newer file.
   */
  async letGo(): Promise<void> {
    const gone = [...this.#gone].filter((tenant) => !this.#tenants.has(tenant));
    await this.options.records.forget(gone);
    this.#gone.clear();
  }

  /** `ask` is called when a run has to know whether there is a newer file; it calls {@link arrange} with the answer. */
  onNewerFile(ask: () => Promise<void>): void {
    this.#askStanding = ask;
  }

  /** Takes note of what other replicas did since the last time. False: it could not be read. */
  async follow(): Promise<boolean> {
    try {
      const { rows, cursor } = await this.options.records.changes(this.#cursor);
      this.#cursor = cursor;
      for (const { tenant, ...row } of rows) {
        if (this.#tenants.has(tenant)) this.#learn(tenant, row, false);
        else this.#gone.add(tenant);
      }
      this.#following.over();
      return true;
    } catch (error) {
      this.#following.failed(error);
      return false;
    }
  }

  /** Lets running reconciles finish; aborts them after `graceMs`. */
  stop(graceMs: number): Promise<void> {
    return this.options.schedule.stop(graceMs);
  }

  /** In the order of the file. */
  statuses(): readonly TenantStatus[] {
    return this.#statuses.list();
  }

  status(tenant: TenantName): TenantStatus | undefined {
    return this.#statuses.get(tenant);
  }

  /**
   * Tenants that nobody looked at since the service started; once there are none, what is added later does not count.
   * Undefined before a file was taken up.
   */
  unseen(): number | undefined {
    if (!this.#wish) return undefined;
    return this.#passed || this.standingBy ? 0 : this.#pending();
  }

  /** Whether another replica has a newer file, so that nothing is done here. */
  get standingBy(): boolean {
    return this.#leading === false;
  }

  /** What the last run planned; absent before the first. */
  report(tenant: TenantName): Promise<JsonObject | undefined> {
    return this.options.records.report(tenant);
  }

  /** One run as soon as possible, here or elsewhere. False: the newest file, which another replica has, does not name it. */
  sync(tenant: TenantName): Promise<boolean> {
    return this.options.schedule.request(tenant, { trigger: 'manual' });
  }

  /** Answers the pause that it takes the place of. */
  async pause(tenant: TenantName, pause: Pause): Promise<Pause | undefined> {
    const { marks: before } = await this.options.records.read(tenant);
    await this.options.records.pause(tenant, pause);
    this.#mark(tenant, (marks) => ({ ...marks, pause }));
    return before.pause;
  }

  /** Ends the pause, and looks at the tenant at once; see {@link sync}. */
  async resume(tenant: TenantName): Promise<boolean> {
    await this.options.records.pause(tenant, undefined);
    this.#mark(tenant, (marks) => {
      const { pause: _, ...rest } = marks;
      return rest;
    });
    return this.sync(tenant);
  }

  /** What the file in force says of the quota of a tenant that it names. */
  quotaPolicy(tenant: TenantName): QuotaPolicy {
    const entry = this.#tenants.get(tenant);
    if (!entry) throw new Error(`${tenant} is not in the file`);
    return entry.desired.quota;
  }

  /** What is kept beside the record of a tenant: fresh, or what was known last when the database does not answer. */
  async quotaMarks(tenant: TenantName): Promise<TenantMarks> {
    try {
      const { marks } = await this.options.records.read(tenant);
      this.#following.over();
      return marks;
    } catch (error) {
      this.#following.failed(error);
      return this.knownQuotaMarks(tenant);
    }
  }

  /** The same as far as {@link follow} was told, or this process knows better; asks nobody. */
  knownQuotaMarks(tenant: TenantName): TenantMarks {
    return this.#rows.get(tenant).marks;
  }

  /** Takes note of a look at the quota, or of one that failed, for all replicas. */
  async quotaLooked(tenant: TenantName, { usage, state }: LookOutcome): Promise<void> {
    const { records } = this.options;
    const quota = usage && state.at !== undefined ? { usage, at: state.at } : undefined;
    this.#mark(tenant, (marks) => ({ ...marks, ...(quota && { quota }), quotaState: state }));
    if (quota) await records.readQuota(tenant, quota.usage, quota.at);
    await records.keepQuotaState(tenant, state);
  }

  /** One run as soon as possible, because other subscriptions are given up than before. */
  shedChanged(tenant: TenantName): Promise<boolean> {
    return this.options.schedule.request(tenant, { trigger: 'quota' });
  }

  #drop(tenant: TenantName): void {
    this.#gone.add(tenant);
    this.#rows.forget(tenant);
    this.#runs.forget(tenant);
    this.options.metrics.removeTenant(tenant);
  }

  /** This process set other marks beside the record. */
  #mark(tenant: TenantName, change: (marks: TenantMarks) => TenantMarks): void {
    const row = this.#rows.get(tenant);
    this.#learn(tenant, { ...row, marks: change(row.marks) }, true);
  }

  /** `own`: it happened in this process, so that its log tells it. */
  #learn(tenant: TenantName, row: TenantRow, own: boolean): void {
    this.#rows.learn(tenant, row);
    const status = this.#statusOf(tenant);
    const shown = this.#statuses.get(tenant);
    if (!shown) return;
    if (own) logConditions(this.options.logger.child({ tenant }), shown.conditions, status.conditions);
    this.#statuses.set(status);
    this.options.metrics.show(status, this.quotaPolicy(tenant));
    if (shown.state !== status.state) this.#countStates();
  }

  /** A record of another wish says nothing about this one, until the first pass is over. */
  #statusOf(tenant: TenantName): TenantStatus {
    const { record, marks } = this.#rows.get(tenant);
    const fits = this.#passed || record?.desired === this.#tenants.get(tenant)?.hash;
    return statusOf(tenant, fits ? record : undefined, marks, this.options.clock.now());
  }

  #pending(): number {
    return this.#statuses.counts.get('pending') ?? 0;
  }

  #countStates(): void {
    this.#passed ||= this.#leading !== undefined && this.#pending() === 0;
    this.options.metrics.tenantStates(this.#statuses.counts);
  }

  #current(): FleetWish {
    if (!this.#wish) throw new Error('No file was taken up');
    return this.#wish;
  }
}
