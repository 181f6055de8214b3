import type { TenantRecord } from '../../src/core/tenant-record.js';

/** The record of a tenant in sync, with `overrides`. */
export function tenantRecord(overrides: Partial<TenantRecord> = {}): TenantRecord {
  return {
    tenant: 'acme',
    desired: 'hash',
    generation: 1,
    state: 'in_sync',
    conditions: [{ type: 'Ready', status: 'true', reason: 'Reconciled', message: '', since: 900 }],
    last: {
      reconcileId: 'r-1',
      trigger: 'interval',
      mode: 'enforce',
      outcome: 'in-sync',
      startedAt: 900,
      finishedAt: 1_000,
      actor: 'host/1',
      calls: { reads: 1, writes: 0 },
      planned: 0,
      applied: 0,
      checksum: 'abc',
      drift: 0,
      driftByResource: { subscription: 0, config: 0, target: 0, endpoint: 0 },
      managed: { subscription: 3, config: 0, target: 0, endpoint: 0 },
      verdicts: [],
      transient: false,
    },
    lastSyncAt: 1_000,
    consecutiveFailures: 0,
    memory: {
      rejected: new Map([['subscription:a', { input: 'i', code: 400, message: 'no', retry: { times: 2, at: 5_000 } }]]),
      fights: new Map([['subscription:b', { effect: 'e', times: 1, at: 800 }]]),
      unconverged: { checksum: 'abc', times: 2 },
    },
    wait: { intervalMs: 60_000, retry: false, failures: 0 },
    ...overrides,
  };
}
