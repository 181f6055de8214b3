import type { TenantStatus } from '../core/tenant-record.js';
import type { TenantState } from '../core/tenant-state.js';

export interface PageWish {
  readonly limit: number;
  readonly state?: TenantState | undefined;
  /** Only tenants whose names come after this one. */
  readonly cursor?: string | undefined;
}

export interface StatusPage {
  readonly statuses: readonly TenantStatus[];
  /** On all pages together. */
  readonly total: number;
  /** Absent on the last page. */
  readonly next?: string;
}

/** One page in the order of the names, so that tenants that come and go meanwhile move no other to another page. */
export function pageOf(all: readonly TenantStatus[], { limit, state, cursor = '' }: PageWish): StatusPage {
  const wanted = all.filter((status) => state === undefined || status.state === state);
  const rest = wanted.filter(({ tenant }) => tenant > cursor).toSorted((a, b) => (a.tenant < b.tenant ? -1 : 1));
  const statuses = rest.slice(0, limit);
  const last = statuses.at(-1);
  return {
    statuses,
    total: wanted.length,
    ...(last && rest.length > statuses.length && { next: last.tenant }),
  };
}
