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

type TenantOverrides = Partial<Omit<DesiredTenant, 'guards'>> & { readonly guards?: Partial<Guards> };

/** A tenant that is enforced with the default guards, wanting what `overrides.subscriptions` says. */
export function tenant(overrides: TenantOverrides = {}): DesiredTenant {
  return {
    tenant: 'acme',
    mode: 'enforce',
    prune: 'owned',
    subscriptions: [],
    quota: { warnAt: [70, 85, 95] },
    ...overrides,
    guards: { maxPrunePercent: 30, minSubscriptions: 10, protect: [], allowEmpty: false, ...overrides.guards },
  };
}
