import type { ActionType, Reason, Resource } from './action.js';
import type { ConfigWrite, ObservedConfig } from './delivery.js';
import type { EndpointReading, EndpointWrite, ObservedEndpoint } from './endpoint.js';
import type { JsonObject } from './json.js';
import type { LedgerChange, OwnedThings } from './ledger.js';
import type { Plan } from './plan.js';
import type { QuotaUsage } from './quota.js';
import type { EventShares } from './quota-state.js';
import type { RawEventType } from './read-catalogue.js';
import type { ItemStatus, Outcome, Trigger } from './result.js';
import type { Secret } from './secret.js';
import type { Observation, TenantName } from './state.js';
import type { BudgetWish, RunLocks, FleetStore, RequestBudget } from './replica-ports.js';

/** One tenant's API. Methods throw a `GatewayError`; anything else they throw is a bug. Aborting rejects with `signal.reason`. */
export interface Gateway {
  /** What the credentials may do. Throws an `AccessDeniedError` when they are none. */
  checkAccess(signal: AbortSignal): Promise<Access>;

  /** The whole catalogue with this tenant's subscriptions. One request. */
  listSubscriptions(signal: AbortSignal): Promise<Pick<Observation, 'subscriptions' | 'incomplete'>>;

  /** The event types of the whole catalogue with their schemas, as they came. One request. */
  listEventTypes(signal: AbortSignal): Promise<readonly RawEventType[]>;

  /** Writes at most {@link MAX_CHANGES} changes in one request; one answer per change, in the order of the changes. */
  updateSubscriptions(changes: readonly SubscriptionChange[], signal: AbortSignal): Promise<readonly ItemAnswer[]>;

  /** All delivery configs, each with its targets. */
  listConfigs(signal: AbortSignal): Promise<readonly ObservedConfig[]>;

  /** One write. An unreachable destination is an `UnreachableError`, a config that exists already a `ConflictError`. */
  writeConfig(write: ConfigWrite, signal: AbortSignal): Promise<void>;

  /** The Event Gateway of the tenant; absent where no endpoint is managed. */
  readonly endpoints?: EndpointGateway;

  /** A new link into the Event Gateway. */
  openPortal(signal: AbortSignal): Promise<Portal>;

  /** Events sent and the limit, for a month given as `YYYY-MM` and the one before. One request. */
  readQuota(month: string, signal: AbortSignal): Promise<QuotaStatistics>;
}

export interface Access {
  /** Absent when the answer does not tell. */
  readonly scopes?: readonly string[];
}

/**
 * The tenant's Svix application. Before the first write it makes sure that the application is this tenant's, and throws an
 * `AccessDeniedError` when it is not. Errors as of {@link Gateway}.
 */
export interface EndpointGateway {
  /** Throws an `AccessDeniedError` unless there is an application and it is this tenant's. */
  checkAccess(signal: AbortSignal): Promise<void>;

  /** All endpoints, without headers and secrets. `assumed` when the application does not exist yet. */
  list(signal: AbortSignal): Promise<EndpointReading>;

  /** What the list leaves out; each costs a request. */
  details(
    endpointId: string,
    wish: EndpointDetails,
    signal: AbortSignal,
  ): Promise<Pick<ObservedEndpoint, 'headers' | 'secret'>>;

  /**
   * How the newest events of a time spread over the event types. Where there are more than a few requests tell, the answer
   * begins later than was asked for. Undefined when the application does not exist yet.
   */
  countEvents(range: EventRange, signal: AbortSignal): Promise<EventShares | undefined>;

  /** Throws a `DiscrepancyError` when the answer shows other settings than were sent. */
  write(write: EndpointWrite, signal: AbortSignal): Promise<void>;
}

/** Milliseconds since the epoch. */
export type EventRange = Pick<EventShares, 'from' | 'to'>;

export interface EndpointDetails {
  readonly headers: boolean;
  readonly secret: boolean;
}

/** Whoever has the link is logged in. */
export interface Portal {
  readonly url: Secret;
  /** Milliseconds since the epoch; absent when the service does not tell. */
  readonly expiresAt?: number;
}

/** The platform's limit on the items of one bulk request. */
export const MAX_CHANGES = 200;

/** One item of a write. */
export interface SubscriptionChange {
  readonly eventType: string;
  readonly action: 'SUBSCRIBE' | 'UNSUBSCRIBE';
  /** Sent as `metadata.version`; absent for an event type nobody touched yet. */
  readonly version?: number;
  /** Left out of the request when empty. */
  readonly fieldsToUnsubscribe: readonly string[];
  /** Left out of the request when empty. */
  readonly fieldsToSubscribe: readonly string[];
}

/** What the API said to one change. */
export interface ItemAnswer {
  /** Status code of the item; absent when the answer does not mention it. */
  readonly code?: number;
  readonly message?: string;
  /** The change was sent before, and the answer to that was lost: this one may be about our own work. */
  readonly answerLost?: true;
}

export interface QuotaStatistics {
  /** Events a month; absent when the answer does not tell. */
  readonly limit?: number;
  readonly months: readonly { readonly month: string; readonly sent: number }[];
}

/** Remembers what we made, so that `prune: owned` knows what is ours. Rejects when it cannot be reached. */
export interface Ledger {
  read(tenant: TenantName): Promise<OwnedThings>;
  /** Both in one transaction: a change of the ledger without its audit entry, or the reverse, cannot be. */
  commit(tenant: TenantName, change: LedgerChange, audit?: AuditEntry): Promise<void>;
  /** Keys the fingerprints of secrets; made once and kept with the ledger unless the environment gives one. */
  readonly fingerprintKey: Secret;
}

/** The audit trail, newest first. */
export interface AuditTrail {
  history(wish: HistoryWish): Promise<readonly AuditRecord[]>;
}

export interface HistoryWish {
  /** Absent: of all tenants. */
  readonly tenants?: readonly TenantName[];
  readonly limit: number;
  /** Only records older than this one. */
  readonly before?: AuditRecord['id'];
}

/** Keeps what the quota readings said. */
export interface QuotaLog {
  add(tenant: TenantName, usage: QuotaUsage, at: number): Promise<void>;
  /** The newest reading; absent before the first. */
  last(tenant: TenantName): Promise<{ readonly usage: QuotaUsage; readonly at: number } | undefined>;
  /** Readings since a time, oldest first. */
  since(tenant: TenantName, from: number): Promise<readonly { readonly usage: QuotaUsage; readonly at: number }[]>;
}

/** How long records are kept, in days. */
export interface Retention {
  readonly auditDays: number;
  readonly quotaDays: number;
}

/** Everything that outlives the process, in one place. */
export interface LedgerStore {
  readonly ledger: Ledger;
  readonly audit: AuditTrail;
  readonly quota: QuotaLog;
  /**
   * What all processes on this database that ask the same services may ask together. While it cannot be reached, nobody is
   * held up.
   */
  readonly budget: (wish: BudgetWish) => RequestBudget;
  readonly locks: RunLocks;
  /** What the replicas that serve an instance share; ask once for each process. */
  readonly fleet: (instance: string) => FleetStore;
  /** From now on deletes what is older, now and daily. Nothing is deleted before the first call. */
  readonly keep: (retention: Retention) => void;
  /** Rejects while the database does not answer. */
  readonly ping: () => Promise<void>;
  /** Lets running statements finish. */
  readonly close: () => Promise<void>;
}

/** Asks destinations as the platform does before it takes them. */
export interface Probe {
  /** `anywhere`: hosts of private networks and of this machine too. Rejects only when aborted. */
  ask(url: string, wish: { readonly anywhere: boolean }, signal: AbortSignal): Promise<Reachability>;
}

/**
 * | kind | means |
 * |---|---|
 * | reachable | HEAD or OPTIONS had a success status |
 * | refused | both had another status |
 * | unanswered | there was no answer to either |
 * | private | not asked: the host is on this machine or in a private network |
 * | unsupported | not asked: neither http nor https |
 */
export type Reachability =
  | { readonly kind: 'reachable'; readonly method: ProbeMethod }
  | { readonly kind: 'refused'; readonly statuses: readonly number[] }
  | { readonly kind: 'unanswered'; readonly reason: string }
  | { readonly kind: 'private' | 'unsupported' };
export type ProbeMethod = 'HEAD' | 'OPTIONS';

/** Milliseconds since the Unix epoch. */
export interface Clock {
  now(): number;
}

/** Who, why, before → after, result. */
export interface AuditEntry {
  readonly tenant: TenantName;
  /** `instance` of the desired-state file. */
  readonly instance: string;
  /** Host and process that did it. */
  readonly actor: string;
  readonly reconcileId: string;
  readonly trigger: Trigger;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly outcome: Outcome;
  readonly checksum: Plan['checksum'];
  readonly changes: readonly AuditChange[];
}

export interface AuditChange {
  readonly resource: Resource;
  readonly type: ActionType;
  readonly id: string;
  readonly name: string;
  readonly reason: Reason;
  readonly before: JsonObject | null;
  readonly after: JsonObject | null;
  /** Fields whose secret was written. */
  readonly secrets: readonly string[];
  readonly status: ItemStatus;
  readonly code?: number;
  readonly message?: string;
}

/** One change of an {@link AuditEntry}, as kept. */
export interface AuditRecord extends Omit<AuditEntry, 'changes'> {
  /** Grows from record to record. */
  readonly id: string;
  readonly change: AuditChange;
}
