import type { JsonObject } from '../../src/core/json.js';
import type { AuditRecord } from '../../src/core/ports.js';
import type { TenantStatus } from '../../src/core/tenant-record.js';
import { NOW, type PlainSources, statusOf } from './http-api.js';

const counts = { subscription: 1, config: 0, target: 0, endpoint: 0 };
const reading = (at: number, used: number) => ({
  usage: { month: new Date(at).toISOString().slice(0, 7), used, limit: 1000, percent: used / 10, crossed: [70] },
  at,
});

/** A tenant with everything that a status can say. */
export const FULL_STATUS: TenantStatus = statusOf('acme', {
  state: 'partial',
  consecutiveFailures: 2,
  lastSyncAt: NOW - 60_000,
  last: {
    reconcileId: 'r1',
    trigger: 'retry',
    mode: 'enforce',
    outcome: 'partial',
    startedAt: NOW - 1000,
    finishedAt: NOW,
    actor: 'host:1',
    calls: { reads: 2, writes: 1 },
    planned: 2,
    applied: 1,
    checksum: 'sha256:1',
    drift: 1,
    driftByResource: counts,
    managed: counts,
    verdicts: [{ guard: 'prune-percent', message: '9 of 10', allow: 'maxPrune: 90%' }],
    transient: true,
    error: { name: 'ApplyError', message: '1 of 2 actions did not take' },
    ledgerError: { name: 'LedgerError', message: 'no connection' },
  },
  quota: reading(NOW, 720),
});

const change = {
  resource: 'subscription',
  type: 'create',
  id: 'subscription:order.created',
  name: 'order.created',
  reason: 'missing',
  before: { state: 'UNSUBSCRIBED', excludedFields: [] },
  after: null,
  secrets: ['headers.x-api-key'],
  status: 'rejected',
  code: 400,
  message: 'no',
} as const;

export const FULL_REPORT: JsonObject = {
  reconcileId: 'r1',
  mode: 'enforce',
  outcome: 'partial',
  startedAt: NOW - 1000,
  finishedAt: NOW,
  checksum: 'sha256:1',
  unchanged: 3,
  managed: counts,
  foreign: 2,
  problems: [{ severity: 'warning', kind: 'matches-nothing', message: 'x', places: ['a.yaml:1:1'], nearest: ['y'] }],
  actions: [change, { ...change, id: 'subscription:order.deleted', before: null }],
  verdicts: [{ guard: 'prune-percent', message: '9 of 10', allow: 'maxPrune: 90%' }],
};

export function recordOf(id: number, tenant = 'acme'): AuditRecord {
  return {
    id: String(id),
    tenant,
    instance: 'default',
    actor: 'host:1',
    reconcileId: 'r1',
    trigger: 'manual',
    at: NOW,
    outcome: 'changed',
    checksum: 'sha256:1',
    change,
  };
}

/** `acme` with everything, `beta` never looked at, `gamma` paused. */
export function fill(sources: PlainSources): void {
  sources.put(
    statusOf('beta'),
    FULL_STATUS,
    statusOf('gamma', { state: 'paused', pause: { at: NOW, by: 'API (127.0.0.1)', reason: 'moving' } }),
  );
  sources.reports.set('acme', FULL_REPORT);
  sources.records.push(recordOf(1), recordOf(2), recordOf(3, 'beta'), recordOf(4));
  sources.quotaReadings.push(reading(Date.UTC(2026, 9, 31), 999), reading(NOW - 3_600_000, 700), reading(NOW, 720));
}
