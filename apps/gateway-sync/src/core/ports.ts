import type { Action, ActionType } from './action.js';
import type { Plan } from './plan.js';
import type { ItemResult, Outcome, Trigger } from './result.js';
import type { Observation, Owned, TenantName } from './state.js';

/** One tenant's API. Methods throw a `GatewayError`; anything else they throw is a bug. Aborting rejects with `signal.reason`. */
export interface Gateway {
  /** The whole catalogue with this tenant's subscriptions. One request. */
  listSubscriptions(signal: AbortSignal): Promise<Observation>;

  /** Writes at most {@link MAX_CHANGES} changes in one request; one answer per change, in the order of the changes. */
  updateSubscriptions(changes: readonly SubscriptionChange[], signal: AbortSignal): Promise<readonly ItemAnswer[]>;

  /** Events sent and the limit, for one month given as `YYYY-MM` (UTC). */
  readQuota(month: string, signal: AbortSignal): Promise<QuotaStatistics>;
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
}

export interface QuotaStatistics {
  /** Events a month; absent when the answer does not tell. */
  readonly limit?: number;
  readonly months: readonly { readonly month: string; readonly sent: number }[];
}

/** Remembers what we subscribed, so that `prune: owned` knows what is ours. */
export interface Ledger {
  read(tenant: TenantName): Promise<Owned>;
  /** Replaces what is owned in this tenant. */
  record(tenant: TenantName, owned: Owned): Promise<void>;
}

/** Milliseconds since the Unix epoch. */
export interface Clock {
  now(): number;
}

/** Takes the audit entry of a reconcile that wrote. */
export interface Recorder {
  record(entry: AuditEntry): Promise<void>;
}

/** Who, why, before → after, result. */
export interface AuditEntry {
  readonly tenant: TenantName;
  readonly reconcileId: string;
  readonly trigger: Trigger;
  readonly at: number;
  readonly outcome: Outcome;
  readonly checksum: Plan['checksum'];
  readonly changes: readonly {
    readonly resource: Action['resource'];
    readonly type: ActionType;
    readonly eventType: string;
    readonly reason: Action['reason'];
    readonly before: Action['before'];
    readonly after: Action['after'];
    readonly status: ItemResult['status'];
  }[];
}
