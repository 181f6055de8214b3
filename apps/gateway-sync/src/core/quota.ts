import type { QuotaStatistics } from './ports.js';

/** A tenant's use of its monthly allowance. */
export interface QuotaUsage {
  /** `YYYY-MM`. */
  readonly month: string;
  readonly used: number;
  /** Events a month; absent when the platform does not tell. */
  readonly limit?: number;
  /** Share of the limit in percent; absent without a limit. */
  readonly percent?: number;
  /** Thresholds of `warnAt` that are reached, ascending. */
  readonly crossed: readonly number[];
}

/** Reads one month out of the statistics; a month without a row is a month without events. */
export function quotaUsage(statistics: QuotaStatistics, month: string, warnAt: readonly number[]): QuotaUsage {
  const { limit } = statistics;
  const used = statistics.months.find((row) => row.month === month)?.sent ?? 0;
  if (limit === undefined || limit <= 0) return { month, used, ...(limit !== undefined && { limit }), crossed: [] };
  const percent = (used * 100) / limit;
  return {
    month,
    used,
    limit,
    percent,
    crossed: warnAt.filter((threshold) => percent >= threshold).toSorted((a, b) => a - b),
  };
}
