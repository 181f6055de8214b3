import { ACTION_TYPES, RESOURCES } from '../core/action.js';
import { GUARDS } from '../core/guard.js';
import { NOTIFICATION_RESULTS } from '../core/notification-attempt.js';
import { OUTCOMES, TRIGGERS } from '../core/result.js';
import { PURPOSES } from '../core/schedule.js';
import { TENANT_STATES } from '../core/tenant-state.js';
import { ACTION_RESULTS, CODES, OPERATIONS, UPSTREAMS } from './labels.js';

/** Stands for a value that only the file or the build knows. */
export const ANY = 'any';

export type Labels = Readonly<Record<string, string>>;

/** Of `state` 1 and 0 mean yes and no; `info` is always 1; of a `number` the name itself says what is counted. */
export const UNITS = ['seconds', 'events', 'objects', 'subscriptions', 'state', 'info', 'number'] as const;
export type Unit = (typeof UNITS)[number];

export interface Definition {
  /** Without the prefix `gateway_sync_`. */
  readonly name: string;
  readonly type: 'gauge' | 'counter' | 'histogram';
  /** What its value counts or measures; a name ends with it, but for states, infos and plain numbers. */
  readonly unit: Unit;
  readonly help: string;
  /** The closed list of each label; a `tenant` label makes the series vanish with the tenant. */
  readonly labels: Readonly<Record<string, readonly string[] | typeof ANY>>;
  /** Upper bounds of a histogram, in the unit of its name. */
  readonly buckets?: readonly number[];
  /** Series of a counter or histogram that stand at 0 from the start; without it every combination of closed lists does. */
  readonly startWith?: readonly Labels[];
}

const tenant = { tenant: ANY } as const;
const resource = { resource: RESOURCES } as const;
const upstream = { upstream: UPSTREAMS, operation: Object.values(OPERATIONS).flat() } as const;

/** Every metric of the service. */
export const DEFINITIONS = {
  tenantLastSync: {
    name: 'tenant_last_sync_timestamp_seconds',
    type: 'gauge',
    unit: 'seconds',
    help: 'Unix time of the last reconcile that left the tenant equal to its file.',
    labels: tenant,
  },
  tenantLastReconcile: {
    name: 'tenant_last_reconcile_timestamp_seconds',
    type: 'gauge',
    unit: 'seconds',
    help: 'Unix time of the last reconcile, whatever came of it.',
    labels: tenant,
  },
  tenantInSync: {
    name: 'tenant_in_sync',
    type: 'gauge',
    unit: 'state',
    help: 'Whether the last reconcile left the tenant equal to its file.',
    labels: tenant,
  },
  tenantPaused: {
    name: 'tenant_paused',
    type: 'gauge',
    unit: 'state',
    help: 'Whether somebody has paused the tenant.',
    labels: tenant,
  },
  tenantBlocked: {
    name: 'tenant_blocked',
    type: 'gauge',
    unit: 'state',
    help: 'Whether a guard withholds the plan of the tenant.',
    labels: tenant,
  },
  tenantConsecutiveFailures: {
    name: 'tenant_consecutive_failures',
    type: 'gauge',
    unit: 'number',
    help: 'Reconciles that failed, wholly or in part, since the last one that did not.',
    labels: tenant,
  },
  tenantDriftObjects: {
    name: 'tenant_drift_objects',
    type: 'gauge',
    unit: 'objects',
    help: 'Objects that differ from the file, as of the last reading.',
    labels: { ...tenant, ...resource },
  },
  tenantManagedObjects: {
    name: 'tenant_managed_objects',
    type: 'gauge',
    unit: 'objects',
    help: 'Objects that the file names and the tenant has.',
    labels: { ...tenant, ...resource },
  },
  tenantActions: {
    name: 'tenant_actions_total',
    type: 'counter',
    unit: 'number',
    help: 'Actions of the tenant by how they ended.',
    labels: { ...tenant, result: ACTION_RESULTS },
  },
  quotaLimit: {
    name: 'quota_limit_events',
    type: 'gauge',
    unit: 'events',
    help: 'Events that the tenant may send in a month.',
    labels: tenant,
  },
  quotaUsed: {
    name: 'quota_used_events',
    type: 'gauge',
    unit: 'events',
    help: 'Events counted in the current month.',
    labels: tenant,
  },
  quotaObserved: {
    name: 'quota_observed_timestamp_seconds',
    type: 'gauge',
    unit: 'seconds',
    help: 'Unix time of the last reading of the quota.',
    labels: tenant,
  },
  quotaProjected: {
    name: 'quota_projected_events',
    type: 'gauge',
    unit: 'events',
    help: 'Events of the current month at its end, if it goes on like this.',
    labels: tenant,
  },
  quotaExhaustion: {
    name: 'quota_exhaustion_timestamp_seconds',
    type: 'gauge',
    unit: 'seconds',
    help: 'Unix time at which the limit is reached if it goes on like this; +Inf: not this month.',
    labels: tenant,
  },
  quotaShed: {
    name: 'quota_shed_subscriptions',
    type: 'gauge',
    unit: 'subscriptions',
    help: 'Subscriptions that are given up while the quota runs out, by the last run that read the tenant.',
    labels: tenant,
  },
  tenants: {
    name: 'tenants',
    type: 'gauge',
    unit: 'number',
    help: 'Tenants of the file by the state their last reconcile left them in.',
    labels: { state: TENANT_STATES },
  },
  oldestSync: {
    name: 'oldest_sync_timestamp_seconds',
    type: 'gauge',
    unit: 'seconds',
    help: 'The oldest of the times at which the tenants were last in sync, paused ones left out; 0 while one never was.',
    labels: {},
  },
  reconcileMaxInterval: {
    name: 'reconcile_max_interval_seconds',
    type: 'gauge',
    unit: 'seconds',
    help: 'Longest wait between two reconciles of a tenant that does not fail, as the file says.',
    labels: {},
  },
  schedulerLastTick: {
    name: 'scheduler_last_tick_timestamp_seconds',
    type: 'gauge',
    unit: 'seconds',
    help: 'Unix time of the last heartbeat of a schedule; it comes every few seconds.',
    labels: { schedule: PURPOSES },
  },
  reconciles: {
    name: 'reconciles_total',
    type: 'counter',
    unit: 'number',
    help: 'Finished reconciles.',
    labels: { trigger: TRIGGERS, result: OUTCOMES },
  },
  reconcileDuration: {
    name: 'reconcile_duration_seconds',
    type: 'histogram',
    unit: 'seconds',
    help: 'Time that one reconcile of one tenant took.',
    labels: {},
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 120, 300],
  },
  scheduleLag: {
    name: 'schedule_lag_seconds',
    type: 'histogram',
    unit: 'seconds',
    help: 'Delay between the time a reconcile was due and its start.',
    labels: {},
    buckets: [0.1, 1, 5, 15, 30, 60, 300, 900, 3600],
  },
  actions: {
    name: 'actions_total',
    type: 'counter',
    unit: 'number',
    help: 'Actions of all tenants by how they ended.',
    labels: { ...resource, action: ACTION_TYPES, result: ACTION_RESULTS },
  },
  plansBlocked: {
    name: 'plans_blocked_total',
    type: 'counter',
    unit: 'number',
    help: 'Reconciles whose plan a guard withheld, by guard.',
    labels: { reason: GUARDS },
  },
  upstreamRequests: {
    name: 'upstream_requests_total',
    type: 'counter',
    unit: 'number',
    help: 'Requests sent upstream; every attempt counts.',
    labels: { ...upstream, code: CODES },
    startWith: UPSTREAMS.flatMap((name) =>
      OPERATIONS[name].flatMap((operation: string) => CODES.map((code) => ({ upstream: name, operation, code }))),
    ),
  },
  upstreamRequestDuration: {
    name: 'upstream_request_duration_seconds',
    type: 'histogram',
    unit: 'seconds',
    help: 'Time that one attempt of a request took.',
    labels: upstream,
    buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    startWith: UPSTREAMS.flatMap((name) =>
      OPERATIONS[name].map((operation: string) => ({ upstream: name, operation })),
    ),
  },
  notifications: {
    name: 'notifications_total',
    type: 'counter',
    unit: 'number',
    help: 'Attempts to send a notification by how they ended.',
    labels: { result: NOTIFICATION_RESULTS },
  },
  notificationsLastGivenUp: {
    name: 'notifications_last_given_up_timestamp_seconds',
    type: 'gauge',
    unit: 'seconds',
    help: 'Unix time at which this process gave up a notification last; 0 while it has given up none.',
    labels: {},
  },
  configLastReloadSuccessful: {
    name: 'config_last_reload_successful',
    type: 'gauge',
    unit: 'state',
    help: 'Whether the last attempt to load the file succeeded.',
    labels: {},
  },
  configLastReloadSuccess: {
    name: 'config_last_reload_success_timestamp_seconds',
    type: 'gauge',
    unit: 'seconds',
    help: 'Unix time of the last successful load of the file.',
    labels: {},
  },
  replicas: {
    name: 'replicas',
    type: 'gauge',
    unit: 'number',
    help: 'Replicas that were heard of lately, this one included.',
    labels: {},
  },
  replicaLeading: {
    name: 'replica_leading',
    type: 'gauge',
    unit: 'state',
    help: 'Whether this replica has the newest file; 0 while it stands by because another one has a newer file.',
    labels: {},
  },
  buildInfo: {
    name: 'build_info',
    type: 'gauge',
    unit: 'info',
    help: 'Constant 1, labelled with the build.',
    labels: { version: ANY, revision: ANY, node_version: ANY },
  },
} as const satisfies Record<string, Definition>;

/** Every combination of label values; none when a label has no closed list. */
export function combinations(labels: Definition['labels']): Labels[] {
  let all: Labels[] = [{}];
  for (const [label, values] of Object.entries(labels)) {
    if (typeof values === 'string') return [];
    all = all.flatMap((others) => values.map((value) => Object.assign({}, others, { [label]: value })));
  }
  return all;
}
