import type { StoredConfig } from '../configs/config.js';
import type { Applications } from '../svix/application.js';

/** What a tenant made of one event type. */
export interface SubscriptionRow {
  readonly state: 'SUBSCRIBED' | 'UNSUBSCRIBED' | 'NONE';
  readonly version: number;
  readonly createdAt: number;
  readonly modifiedAt: number;
  readonly excludedFields: readonly string[];
}

/** By event type; types that nobody ever touched have no row. */
export type Subscriptions = ReadonlyMap<string, SubscriptionRow>;

/** By code, oldest first. */
export type Configs = ReadonlyMap<string, StoredConfig>;

/** Everything of a tenant that API calls change. Never changed in place, so that older states stay readable. */
export interface Documents {
  readonly subscriptions: Subscriptions;
  readonly configs: Configs;
  /** Of Svix: the tenant's in the account of Emporix, and all of an account of its own. */
  readonly applications: Applications;
}

/** A copy of the map with one member set. */
export function withMember<K, V>(map: ReadonlyMap<K, V>, key: K, value: V): ReadonlyMap<K, V> {
  return new Map(map).set(key, value);
}

export function withoutMember<K, V>(map: ReadonlyMap<K, V>, key: K): ReadonlyMap<K, V> {
  const copy = new Map(map);
  copy.delete(key);
  return copy;
}
