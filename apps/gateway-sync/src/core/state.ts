import type { DesiredDelivery, ObservedConfig } from './delivery.js';
import type { DesiredEndpoint, EndpointReading } from './endpoint.js';
import type { GatewayError } from './errors.js';
import type { LockedGlobs } from './lock.js';
import type { QuotaPolicy } from './quota-policy.js';

/** Name of an Emporix tenant, lower case. */
export type TenantName = string;

/** What the API says of one event type. `NONE` (never touched) and `UNSUBSCRIBED` are the same observed value. */
export type SubscriptionState = 'SUBSCRIBED' | 'UNSUBSCRIBED' | 'NONE';

/** One row of the live catalogue: an event type and whether this tenant gets it. */
export interface ObservedSubscription {
  /** As the catalogue spells it; compare with {@link eventKey}. */
  readonly eventType: string;
  readonly state: SubscriptionState;
  readonly excludedFields: readonly string[];
  /** Absent until somebody touched the subscription for the first time. */
  readonly version?: number;
  /** Root keys of the payload, which are what `excludedFields` may name; empty when the catalogue does not tell. */
  readonly fields: readonly string[];
}

/** One reading of a tenant. */
export interface Observation {
  readonly subscriptions: readonly ObservedSubscription[];
  /** Only where the file manages them and they could be read. */
  readonly configs?: readonly ObservedConfig[];
  /** Only where the file manages them and they could be read. */
  readonly endpoints?: EndpointReading;
  /** Parts that could not be read. The others are looked after, and nothing is removed. */
  readonly failures?: readonly ReadFailure[];
  /** Why the reading may lack something; absent when it is whole. Such a reading never leads to a removal. */
  readonly incomplete?: string;
}

export interface ReadFailure {
  readonly resource: 'config' | 'endpoint';
  readonly error: GatewayError;
}

export type Mode = 'enforce' | 'observe';

/** Which subscriptions that the file does not name are removed. */
export type Prune = 'none' | 'owned' | 'all';

/** One entry of `subscriptions` in the file: an event type or a glob over the catalogue. */
export interface SubscriptionEntry {
  readonly event: string;
  /** Absent: not managed, left as found. Empty: nothing is excluded. */
  readonly excludedFields?: readonly string[];
  /** 0 = never shed … 9 = first to go; absent: never. Only shedding reads it. */
  readonly priority?: number;
  /** How many events it stands for beside the others, where nobody counts them. */
  readonly weight?: number;
  /** Where the entry stands, for messages: `file:line:column`. */
  readonly place: string;
}

export interface Guards {
  /** Largest share of the subscribed event types, in percent, that one plan may remove. */
  readonly maxPrunePercent: number;
  /** Below this many subscribed event types a percentage says nothing and is not judged. */
  readonly minSubscriptions: number;
  /** Event types (or globs) that are never removed. */
  readonly protect: readonly string[];
  /** Whether removing everything because the file names nothing is meant. */
  readonly allowEmpty: boolean;
}

/** What the file says of one tenant, with defaults merged in. */
export interface DesiredTenant {
  readonly tenant: TenantName;
  readonly mode: Mode;
  readonly prune: Prune;
  readonly guards: Guards;
  /** Name of the installation that looks after the tenant; things that another one owns are left alone. */
  readonly instance: string;
  readonly subscriptions: readonly SubscriptionEntry[];
  /** Absent: delivery configs are not managed. */
  readonly delivery?: DesiredDelivery;
  /** Absent: endpoints are not managed. Empty: there are to be none of ours. */
  readonly endpoints?: readonly DesiredEndpoint[];
  readonly quota: QuotaPolicy;
  /** What its globs may mean; absent: whatever the catalogue has. */
  readonly lock?: LockedGlobs;
}

/** Event types differ in case between the vendor's own pages; they are compared in lower case. */
export function eventKey(eventType: string): string {
  return eventType.trim().toLowerCase();
}

export function isSubscribed(observed: ObservedSubscription): boolean {
  return observed.state === 'SUBSCRIBED';
}
