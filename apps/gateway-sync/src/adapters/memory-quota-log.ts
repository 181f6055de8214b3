import type { QuotaLog } from '../core/ports.js';
import { quotaUsage } from '../core/quota.js';
import type { QuotaUsage } from '../core/quota.js';
import type { TenantName } from '../core/state.js';

type Reading = Awaited<ReturnType<QuotaLog['since']>>[number];

/** A week of readings six hours apart, and a little more; of a month that is over the last one as well: ten thousand tenants keep some thirty megabytes. */
const AT_MOST = 32;
const APART_MS = 6 * 3_600_000;

const NONE: readonly number[] = [];

/** What is kept of a reading; the share of the limit follows from it. */
interface Kept {
  readonly at: number;
  readonly month: string;
  readonly used: number;
  readonly limit: number | undefined;
  readonly crossed: readonly number[];
}

/** Where there is no database: the newest readings, and older ones some hours apart; lost with the process. */
export class MemoryQuotaLog implements QuotaLog {
  readonly #readings = new Map<TenantName, readonly Kept[]>();

  async add(tenant: TenantName, { month, used, limit, crossed }: QuotaUsage, at: number): Promise<void> {
    const others = (this.#readings.get(tenant) ?? []).filter((reading) => reading.at !== at);
    const all = [...others, { at, month, used, limit, crossed: crossed.length === 0 ? NONE : crossed }].toSorted(
      (a, b) => a.at - b.at,
    );
    this.#readings.set(tenant, thinned(all));
  }

  async last(tenant: TenantName): Promise<Reading | undefined> {
    const newest = this.#readings.get(tenant)?.at(-1);
    return newest && readingOf(newest);
  }

  async since(tenant: TenantName, from: number): Promise<readonly Reading[]> {
    return (this.#readings.get(tenant) ?? []).filter(({ at }) => at >= from).map(readingOf);
  }

  /** From now on these tenants only. */
  keep(tenants: ReadonlySet<TenantName>): void {
    for (const tenant of this.#readings.keys()) if (!tenants.has(tenant)) this.#readings.delete(tenant);
  }
}

/** Of the readings before the newest, the first of each stretch and the last of each month; the oldest go. */
function thinned(readings: readonly Kept[]): readonly Kept[] {
  let last = -Infinity;
  const apart = readings.filter((reading, index) => {
    const isLast = readings[index + 1]?.month !== reading.month;
    const isFirst = reading.at - last >= APART_MS;
    if (isFirst) last = reading.at;
    return isLast || isFirst;
  });
  return apart.slice(-AT_MOST);
}

function readingOf({ at, month, used, limit, crossed }: Kept): Reading {
  const usage = quotaUsage({ ...(limit !== undefined && { limit }), months: [{ month, sent: used }] }, month, []);
  return { at, usage: { ...usage, crossed } };
}
