import type { Outcome } from './result.js';

/** Where a tenant stands: what its last reconcile came to, `pending` before the first, `paused` while somebody wants it so. */
export const TENANT_STATES = ['pending', 'in_sync', 'drifted', 'partial', 'blocked', 'failing', 'paused'] as const;
export type TenantState = (typeof TENANT_STATES)[number];

export function tenantState(outcome: Outcome | undefined): TenantState {
  switch (outcome) {
    case undefined:
      return 'pending';
    case 'in-sync':
    case 'changed':
      return 'in_sync';
    case 'failed':
      return 'failing';
    case 'drifted':
    case 'partial':
    case 'blocked':
      return outcome;
    default:
      return outcome satisfies never;
  }
}
