import type { OwnedThing } from '../../src/core/ledger.js';
import type { AuditChange, AuditEntry } from '../../src/core/ports.js';

export function thing(overrides: Partial<OwnedThing> = {}): OwnedThing {
  return {
    resource: 'subscription',
    key: 'order.created',
    instance: 'shops',
    firstOwnedAt: 1_000,
    writtenAt: 2_000,
    version: 3,
    settings: { state: 'SUBSCRIBED', excludedFields: [] },
    fingerprints: {},
    ...overrides,
  };
}

export function auditChange(overrides: Partial<AuditChange> = {}): AuditChange {
  return {
    resource: 'subscription',
    type: 'create',
    id: 'subscription:order.created',
    name: 'order.created',
    reason: 'missing',
    before: null,
    after: { state: 'SUBSCRIBED', excludedFields: [] },
    secrets: [],
    status: 'applied',
    ...overrides,
  };
}

export function auditEntry(overrides: Partial<AuditEntry> = {}): AuditEntry {
  return {
    tenant: 'acme',
    instance: 'shops',
    actor: 'host/1',
    reconcileId: 'r-1',
    trigger: 'interval',
    at: 1_000,
    outcome: 'changed',
    checksum: 'abc',
    changes: [auditChange()],
    ...overrides,
  };
}
