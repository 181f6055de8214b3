import { initialConditions } from 'gateway-sync/dist/core/conditions.js';
import type { TenantStatus } from 'gateway-sync/dist/core/tenant-record.js';

const FIRST_AT = Date.UTC(2026, 10, 1);

/** A tenant in sync that has been looked at once. */
export function tenantStatus(index: number): TenantStatus {
  const at = FIRST_AT + index * 37;
  return {
    tenant: `shop${index}`,
    state: 'in_sync',
    conditions: initialConditions(at),
    last: {
      reconcileId: `run-${index}`,
      trigger: 'interval',
      mode: 'enforce',
      outcome: 'in-sync',
      startedAt: at - 200,
      finishedAt: at,
      actor: 'bench:1',
      calls: { reads: 3, writes: 0 },
      planned: 0,
      applied: 0,
      drift: 0,
      driftByResource: { subscription: 0, config: 0, target: 0, endpoint: 0 },
      managed: { subscription: 12, config: 1, target: 2, endpoint: 1 },
      verdicts: [],
      transient: false,
    },
    lastSyncAt: at,
    consecutiveFailures: 0,
    quota: { usage: { month: '2026-11', used: index, limit: 10_000, crossed: [] }, at },
  };
}
