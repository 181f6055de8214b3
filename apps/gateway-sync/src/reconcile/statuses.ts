import type { TenantName } from '../core/state.js';
import type { TenantStatus } from '../core/tenant-record.js';
import type { TenantState } from '../core/tenant-state.js';

/** How each tenant of the file stands, in its order; how many stand how is known without counting. */
export class Statuses {
  #statuses = new Map<TenantName, TenantStatus>();
  readonly #counts = new Map<TenantState, number>();

  /** From now on these tenants; those that were known stay as they are. */
  keep(tenants: Iterable<TenantName>, make: (tenant: TenantName) => TenantStatus): void {
    const before = this.#statuses;
    this.#statuses = new Map();
    this.#counts.clear();
    for (const tenant of tenants) {
      const status = before.get(tenant) ?? make(tenant);
      this.#statuses.set(tenant, status);
      this.#count(status.state, 1);
    }
  }

  /** Of a tenant that is there already. */
  set(status: TenantStatus): void {
    const before = this.#statuses.get(status.tenant);
    if (!before) return;
    this.#statuses.set(status.tenant, status);
    this.#count(before.state, -1);
    this.#count(status.state, 1);
  }

  get(tenant: TenantName): TenantStatus | undefined {
    return this.#statuses.get(tenant);
  }

  list(): readonly TenantStatus[] {
    return [...this.#statuses.values()];
  }

  get counts(): ReadonlyMap<TenantState, number> {
    return this.#counts;
  }

  #count(state: TenantState, by: number): void {
    this.#counts.set(state, (this.#counts.get(state) ?? 0) + by);
  }
}
