import { RESOURCES } from '../../src/core/action.js';
import type { TenantStatus } from '../../src/core/tenant-record.js';
import type { Metrics } from '../../src/metrics/metrics.js';
import type { Format } from '../../src/metrics/open-metrics.js';
import { tenantRecord } from './tenant-records.js';
import { QUOTA_POLICY } from './values.js';

/** A scrape in one piece. */
export async function scrapeOf(metrics: Metrics, format?: Format): Promise<string> {
  let text = '';
  for await (const block of metrics.text(format)) text += block;
  return text;
}

/** As it stands from the start. */
export function idleTenant(metrics: Metrics, tenant: string): void {
  metrics.addTenant(tenant);
}

/** With something of each resource, and all that can be known of its quota: every series that a tenant can have. */
export function busyTenant(metrics: Metrics, tenant: string): void {
  metrics.addTenant(tenant);
  metrics.show(busyStatus(tenant), QUOTA_POLICY);
}

function busyStatus(tenant: string): TenantStatus {
  const [driftByResource, managed] = [1, 9].map((count) => Object.fromEntries(RESOURCES.map((each) => [each, count])));
  return {
    tenant,
    state: 'in_sync',
    conditions: [],
    consecutiveFailures: 0,
    lastSyncAt: 1_000,
    last: { ...tenantRecord().last, driftByResource, managed, shed: 3 } as NonNullable<TenantStatus['last']>, // of all resources
    quota: { usage: { month: '2026-11', used: 7_000, limit: 10_000, percent: 70, crossed: [70] }, at: 2_000 },
    quotaState: {
      at: 2_000,
      forecast: {
        month: '2026-11',
        at: 2_000,
        ratePerDay: 500,
        projected: 12_000,
        low: 11_000,
        high: 13_000,
        exhaustedAt: 9_000,
        earliest: 8_000,
        latest: 10_000,
        basis: 'rate',
      },
      shed: { month: '2026-11', priority: 8, since: 2_000, at: 80 },
    },
  };
}
