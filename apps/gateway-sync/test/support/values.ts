import { DEFAULT_LADDER, DEFAULT_WARN_AT, type QuotaPolicy } from '../../src/core/quota-policy.js';
import type { OwnedThing, OwnedThings } from '../../src/core/ledger.js';
import type { TenantMarks } from '../../src/core/tenant-record.js';
import type { DesiredTenant, Guards, ObservedSubscription, SubscriptionEntry } from '../../src/core/state.js';

/** A catalogue row that nobody touched, with `overrides`. */
export function row(eventType: string, overrides: Partial<ObservedSubscription> = {}): ObservedSubscription {
  return { eventType, state: 'NONE', excludedFields: [], fields: ['id', 'name', 'description'], ...overrides };
}

/** A subscribed catalogue row at version 1, with `overrides`. */
export function subscribed(eventType: string, overrides: Partial<ObservedSubscription> = {}): ObservedSubscription {
  return row(eventType, { state: 'SUBSCRIBED', version: 1, ...overrides });
}

let line = 1;

export function entry(event: string, overrides: Partial<SubscriptionEntry> = {}): SubscriptionEntry {
  return { event, place: `gateway-sync.yaml:${line++}:9`, ...overrides };
}

/** The installation that tenants of these tests belong to. */
export const INSTANCE = 'gateway-sync';

type TenantOverrides = Partial<Omit<DesiredTenant, 'guards'>> & { readonly guards?: Partial<Guards> };

/** What holds when the file says nothing. */
export const QUOTA_POLICY: QuotaPolicy = {
  warnAt: DEFAULT_WARN_AT,
  shed: 'off',
  ladder: DEFAULT_LADDER,
  timeZone: 'UTC',
};

/** A tenant that is enforced with the default guards, wanting what `overrides.subscriptions` says. */
export function tenant(overrides: TenantOverrides = {}): DesiredTenant {
  return {
    tenant: 'acme',
    mode: 'enforce',
    prune: 'owned',
    instance: INSTANCE,
    subscriptions: [],
    quota: QUOTA_POLICY,
    ...overrides,
    guards: { maxPrunePercent: 30, minSubscriptions: 10, protect: [], allowEmpty: false, ...overrides.guards },
  };
}

/** A row of the ledger for a subscription of ours, with `overrides`. */
export function owned(key: string, overrides: Partial<OwnedThing> = {}): OwnedThing {
  return {
    resource: 'subscription',
    key,
    instance: INSTANCE,
    firstOwnedAt: 1,
    writtenAt: 1,
    settings: {},
    fingerprints: {},
    ...overrides,
  };
}

/** A ledger that knows these event types for ours. */
export const owning = (...keys: string[]): { owned: OwnedThings } => ({ owned: keys.map((key) => owned(key)) });

/**
 * What a watch of the quota keeps in January 1970, where time begins: 500 of 10,000 events are used, and 100 a day are to
 * come.
 */
export function quotaMarks(
  counts: Readonly<Record<string, number>> | undefined,
  projected: number,
): Pick<TenantMarks, 'quota' | 'quotaState'> {
  const month = '1970-01';
  const forecast = { month, at: 0, ratePerDay: 100, projected, low: 0, high: projected, basis: 'weekly' } as const;
  return {
    quota: { usage: { month, used: 500, limit: 10_000, percent: 5, crossed: [] }, at: 0 },
    quotaState: { at: 0, forecast, ...(counts && { shares: { from: -1, to: 0, counts } }) },
  };
}
