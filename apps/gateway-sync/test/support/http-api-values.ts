import type { JsonObject } from '../../src/core/json.js';
import type { AuditRecord } from '../../src/core/ports.js';
import type { TenantStatus } from '../../src/core/tenant-record.js';
import type { QuotaPolicy } from '../../src/core/quota-policy.js';
import { QUOTA_POLICY } from './values.js';
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
    shed: 3,
    shedAdvised: 1,
    ledgerError: { name: 'LedgerError', message: 'no connection' },
  },
  quota: reading(NOW, 720),
  quotaState: {
    at: NOW,
    failure: { at: NOW, since: NOW - 60_000, attempts: 2, transient: true, message: 'no answer', nextAt: NOW + 1 },
    unknown: { reason: 'incomplete', message: 'less than before', since: NOW - 60_000, shown: 10 },
    forecast: {
      month: '2026-11',
      at: NOW,
      ratePerDay: 30,
      projected: 890,
      low: 850,
      high: 1010,
      exhaustedAt: NOW + 5 * 86_400_000,
      earliest: NOW + 4 * 86_400_000,
      latest: NOW + 6 * 86_400_000,
      basis: 'rate',
    },
    shed: { month: '2026-11', at: 80, priority: 8, since: NOW - 3_600_000 },
    shares: { from: 0, to: NOW, counts: { 'order.created 1': 3 } },
    counting: { provider: 'SVIX_SHARED', since: 0, month: '2026-11', count: 0 },
  },
});

/** Of {@link FULL_STATUS}. */
export const FULL_POLICY: QuotaPolicy = { ...QUOTA_POLICY, shed: 'enforce' };

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
  effect: {
    month: '2026-11',
    actions: [
      { id: 'subscription:order.created', events: 120, source: 'observed' },
      { id: 'subscription:order.deleted', source: 'unknown' },
    ],
    events: 120,
    unknown: 1,
    used: 720,
    limit: 1000,
    projectedBefore: 900,
    projected: 1020,
  },
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
  sources.policies.set('acme', FULL_POLICY);
  sources.reports.set('acme', FULL_REPORT);
  sources.records.push(recordOf(1), recordOf(2), recordOf(3, 'beta'), recordOf(4));
  sources.quotaReadings.push(
    reading(Date.UTC(2026, 9, 31), 999),
    reading(Date.UTC(2026, 10, 2), 100),
    reading(NOW - 3_600_000, 700),
    reading(NOW, 720),
  );
}
