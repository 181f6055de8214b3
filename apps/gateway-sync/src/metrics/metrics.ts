import { setImmediate } from 'node:timers/promises';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { RESOURCES, type Resource } from '../core/action.js';
import type { NotificationResult } from '../core/notification-attempt.js';
import type { Clock } from '../core/ports.js';
import type { QuotaPolicy } from '../core/quota-policy.js';
import type { Standing } from '../core/replica-ports.js';
import type { ReconcileResult } from '../core/result.js';
import type { Cadence, Pulse, Purpose } from '../core/schedule.js';
import type { TenantName } from '../core/state.js';
import type { TenantStatus } from '../core/tenant-record.js';
import { TENANT_STATES, tenantState, type TenantState } from '../core/tenant-state.js';
import { combinations, DEFINITIONS, type Definition, type Labels } from './definitions.js';
import { ACTION_RESULT_OF, ACTION_RESULTS, type Code, type Upstream } from './labels.js';
import { END_OF_OPEN_METRICS, openMetrics, type Format } from './open-metrics.js';
import { QuotaMonths } from './quota-months.js';
import { TenantSeries, type TenantFamily } from './tenant-series.js';

export const PREFIX = 'gateway_sync_';

export interface BuildInfo {
  readonly version: string;
  /** Commit the build was made from. */
  readonly revision: string;
}

/** One attempt of one request. */
export interface UpstreamAttempt {
  readonly upstream: Upstream;
  readonly operation: string;
  readonly code: Code;
  readonly durationMs: number;
}

/** The instruments of {@link DEFINITIONS} on a registry of their own, and what each event in the service does to them. */
export class Metrics {
  /** Of the fleet and of this process. */
  readonly #registry = new Registry();
  readonly #tenantSeries = new TenantSeries();

  readonly #tenantLastSync = this.#family(DEFINITIONS.tenantLastSync);
  readonly #tenantLastReconcile = this.#family(DEFINITIONS.tenantLastReconcile);
  readonly #tenantInSync = this.#family(DEFINITIONS.tenantInSync);
  readonly #tenantPaused = this.#family(DEFINITIONS.tenantPaused);
  readonly #tenantBlocked = this.#family(DEFINITIONS.tenantBlocked);
  readonly #tenantConsecutiveFailures = this.#family(DEFINITIONS.tenantConsecutiveFailures);
  readonly #tenantDriftObjects = this.#family(DEFINITIONS.tenantDriftObjects);
  readonly #tenantManagedObjects = this.#family(DEFINITIONS.tenantManagedObjects);
  readonly #tenantActions = this.#family(DEFINITIONS.tenantActions);
  readonly #quotaLimit = this.#family(DEFINITIONS.quotaLimit);
  readonly #quotaUsed = this.#family(DEFINITIONS.quotaUsed);
  readonly #quotaObserved = this.#family(DEFINITIONS.quotaObserved);
  readonly #quotaProjected = this.#family(DEFINITIONS.quotaProjected);
  readonly #quotaExhaustion = this.#family(DEFINITIONS.quotaExhaustion);
  readonly #quotaShed = this.#family(DEFINITIONS.quotaShed);
  readonly #tenants = this.#gauge(DEFINITIONS.tenants);
  readonly #oldestSync = this.#gauge(DEFINITIONS.oldestSync);
  readonly #reconcileMaxInterval = this.#gauge(DEFINITIONS.reconcileMaxInterval);
  readonly #schedulerLastTick = this.#gauge(DEFINITIONS.schedulerLastTick);
  readonly #reconciles = this.#counter(DEFINITIONS.reconciles);
  readonly #reconcileDuration = this.#histogram(DEFINITIONS.reconcileDuration);
  readonly #scheduleLag = this.#histogram(DEFINITIONS.scheduleLag);
  readonly #actions = this.#counter(DEFINITIONS.actions);
  readonly #plansBlocked = this.#counter(DEFINITIONS.plansBlocked);
  readonly #upstreamRequests = this.#counter(DEFINITIONS.upstreamRequests);
  readonly #upstreamRequestDuration = this.#histogram(DEFINITIONS.upstreamRequestDuration);
  readonly #notifications = this.#counter(DEFINITIONS.notifications);
  readonly #notificationsLastGivenUp = this.#gauge(DEFINITIONS.notificationsLastGivenUp);
  readonly #configLastReloadSuccessful = this.#gauge(DEFINITIONS.configLastReloadSuccessful);
  readonly #configLastReloadSuccess = this.#gauge(DEFINITIONS.configLastReloadSuccess);
  readonly #replicas = this.#gauge(DEFINITIONS.replicas);
  readonly #replicaLeading = this.#gauge(DEFINITIONS.replicaLeading);
  readonly #buildInfo = this.#gauge(DEFINITIONS.buildInfo);
  readonly #pulses = new Map<Purpose, () => Pulse>();
  readonly #quotaMonths = new QuotaMonths();

  constructor(
    build: BuildInfo,
    private readonly clock: Clock,
  ) {
    collectDefaultMetrics({ register: this.#registry });
    this.#buildInfo.set({ ...build, node_version: process.version }, 1);
    this.tenantStates(new Map());
  }

  /** A run ended on this replica. */
  ran({ tenant, trigger, outcome, startedAt, finishedAt, items, verdicts }: ReconcileResult): void {
    this.#reconciles.inc({ trigger, result: outcome });
    this.#reconcileDuration.observe((finishedAt - startedAt) / 1000);
    if (outcome === 'blocked') for (const { guard } of verdicts) this.#plansBlocked.inc({ reason: guard });
    for (const { action, status, remembered } of items) {
      if (remembered) continue;
      const label = ACTION_RESULT_OF[status];
      this.#actions.inc({ resource: action.resource, action: action.type, result: label });
      this.#tenantActions.add(tenant, 1, { result: label });
    }
  }

  /** How a tenant stands, whichever replica found out. What the last run could not read stays as it was read before. */
  show(
    { tenant, last, lastSyncAt, consecutiveFailures, pause, quota: believed, quotaState }: TenantStatus,
    { timeZone }: Pick<QuotaPolicy, 'timeZone'>,
  ): void {
    if (lastSyncAt !== undefined) this.#tenantLastSync.set(tenant, lastSyncAt / 1000);
    if (last) this.#tenantLastReconcile.set(tenant, last.finishedAt / 1000);
    this.#tenantInSync.set(tenant, tenantState(last?.outcome) === 'in_sync' ? 1 : 0);
    this.#tenantPaused.set(tenant, pause ? 1 : 0);
    this.#tenantBlocked.set(tenant, last?.outcome === 'blocked' ? 1 : 0);
    this.#tenantConsecutiveFailures.set(tenant, consecutiveFailures);
    if (last?.driftByResource) showObjects(this.#tenantDriftObjects, tenant, last.driftByResource);
    if (last?.managed) showObjects(this.#tenantManagedObjects, tenant, last.managed);
    if (last?.shed !== undefined) this.#quotaShed.set(tenant, last.shed);
    const quota = quotaState?.unknown ? undefined : believed;
    const forecast = quotaState?.unknown ? undefined : quotaState?.forecast;
    this.#quotaLimit.set(tenant, quota?.usage.limit);
    this.#quotaUsed.set(tenant, quota?.usage.used);
    this.#quotaObserved.set(tenant, quota && quota.at / 1000);
    this.#quotaProjected.set(tenant, forecast?.projected);
    // Without a limit nobody knows whether it is reached.
    const isLimited = forecast !== undefined && (quota?.usage.limit ?? 0) > 0;
    this.#quotaExhaustion.set(tenant, isLimited ? (forecast.exhaustedAt ?? Infinity) / 1000 : undefined);
    this.#quotaMonths.set(tenant, quota && { month: quota.usage.month, timeZone });
  }

  started(lagMs: number): void {
    this.#scheduleLag.observe(Math.max(0, lagMs) / 1000);
  }

  tenantStates(counts: ReadonlyMap<TenantState, number>): void {
    for (const state of TENANT_STATES) this.#tenants.set({ state }, counts.get(state) ?? 0);
  }

  attempted({ upstream, operation, code, durationMs }: UpstreamAttempt): void {
    this.#upstreamRequests.inc({ upstream, operation, code });
    this.#upstreamRequestDuration.observe({ upstream, operation }, durationMs / 1000);
  }

  notified(result: NotificationResult, at: number): void {
    this.#notifications.inc({ result });
    if (result === 'given_up') this.#notificationsLastGivenUp.set(at / 1000);
  }

  fileLoaded(successful: boolean, at: number): void {
    this.#configLastReloadSuccessful.set(successful ? 1 : 0);
    if (successful) this.#configLastReloadSuccess.set(at / 1000);
  }

  /** Of the file in force. */
  paced({ maxIntervalMs }: Pick<Cadence, 'maxIntervalMs'>): void {
    this.#reconcileMaxInterval.set(maxIntervalMs / 1000);
  }

  /** From now on each scrape asks this schedule for its heartbeat. */
  listenTo(purpose: Purpose, pulse: () => Pulse): void {
    this.#pulses.set(purpose, pulse);
  }

  stands({ role, replicas }: Pick<Standing, 'role' | 'replicas'>): void {
    this.#replicas.set(replicas);
    this.#replicaLeading.set(role === 'leading' ? 1 : 0);
  }

  /** Shows a tenant from the start: not in sync yet, nothing done yet. */
  addTenant(tenant: TenantName): void {
    this.#tenantInSync.set(tenant, 0);
    this.#tenantPaused.set(tenant, 0);
    this.#tenantBlocked.set(tenant, 0);
    this.#tenantConsecutiveFailures.set(tenant, 0);
    for (const result of ACTION_RESULTS) this.#tenantActions.add(tenant, 0, { result });
  }

  /** Takes away every series of a tenant. */
  removeTenant(tenant: TenantName): void {
    this.#tenantSeries.remove(tenant);
    this.#quotaMonths.set(tenant, undefined);
  }

  /** A scrape, in blocks of which each takes little time. */
  async *text(format: Format = 'text'): AsyncGenerator<string, void> {
    this.#look();
    const written = format === 'openmetrics' ? openMetrics : (block: string) => block;
    yield written(await this.#registry.metrics());
    for (const block of this.#tenantSeries.blocks()) {
      yield written(block);
      await setImmediate();
    }
    if (format === 'openmetrics') yield END_OF_OPEN_METRICS;
  }

  /** What follows from the clock and from all tenants is found out when somebody asks. */
  #look(): void {
    for (const [schedule, pulse] of this.#pulses) this.#schedulerLastTick.set({ schedule }, pulse().beatAt / 1000);
    this.#forgetMonths();
    const times = [...this.#tenantSeries.tenants()]
      .filter((tenant) => this.#tenantPaused.get(tenant) !== 1)
      .map((tenant) => this.#tenantLastSync.get(tenant) ?? 0);
    if (times.length === 0) return this.#oldestSync.remove();
    this.#oldestSync.set(times.reduce((oldest, time) => Math.min(oldest, time)));
  }

  /** The limit, and when it was read, are of no month. */
  #forgetMonths(): void {
    for (const tenant of this.#quotaMonths.takeOver(this.clock.now())) {
      for (const family of [this.#quotaUsed, this.#quotaProjected, this.#quotaExhaustion])
        family.set(tenant, undefined);
    }
  }

  #family(definition: Definition): TenantFamily {
    return this.#tenantSeries.family(PREFIX, definition);
  }

  #gauge(definition: Definition): Gauge {
    return new Gauge(this.#options(definition));
  }

  #counter(definition: Definition): Counter {
    // From 0, so that the first increase is seen as one.
    const counter = new Counter(this.#options(definition));
    for (const labels of startOf(definition)) counter.inc(labels, 0);
    return counter;
  }

  #histogram(definition: Definition): Histogram {
    const histogram = new Histogram({ ...this.#options(definition), buckets: [...(definition.buckets ?? [])] });
    for (const labels of startOf(definition)) histogram.zero(labels);
    return histogram;
  }

  #options({ name, help, labels }: Definition) {
    return { name: PREFIX + name, help, labelNames: Object.keys(labels), registers: [this.#registry] };
  }
}

function startOf({ startWith, labels }: Definition): readonly Labels[] {
  return startWith ?? combinations(labels);
}

/** A resource that a tenant never had anything of has no series. */
function showObjects(family: TenantFamily, tenant: TenantName, counts: Readonly<Record<Resource, number>>): void {
  for (const resource of RESOURCES) {
    const wanted =
      resource === 'subscription' || counts[resource] > 0 || family.get(tenant, { resource }) !== undefined;
    if (wanted) family.set(tenant, counts[resource], { resource });
  }
}
