import { monthOf } from '../core/quota-month.js';
import type { TenantName } from '../core/state.js';

interface ShownMonth {
  /** `YYYY-MM`. */
  readonly month: string;
  readonly timeZone: string;
}

/** Of which month the use of each tenant is shown. */
export class QuotaMonths {
  readonly #months = new Map<TenantName, ShownMonth>();

  set(tenant: TenantName, shown: ShownMonth | undefined): void {
    if (shown) this.#months.set(tenant, shown);
    else this.#months.delete(tenant);
  }

  /** Tenants of which a month is shown that is over by now, each of them once. */
  takeOver(now: number): readonly TenantName[] {
    const running = new Map<string, string>();
    const over: TenantName[] = [];
    for (const [tenant, { month, timeZone }] of this.#months) {
      const current = running.get(timeZone) ?? monthOf(now, timeZone);
      running.set(timeZone, current);
      if (month < current) over.push(tenant);
    }
    for (const tenant of over) this.#months.delete(tenant);
    return over;
  }
}
