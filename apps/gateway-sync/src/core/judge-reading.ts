import { whyUncounted } from './counting.js';
import type { QuotaStatistics } from './ports.js';
import { monthAfter } from './quota-month.js';
import { quotaUsage, type QuotaUsage } from './quota.js';
import type { Counting, UnknownUsage } from './quota-state.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** How long a month without a row is what one expects: nothing was sent yet, or nothing was counted yet. */
const FIRST_DAY_MS = DAY_MS;

/** How long the statistics have to keep to a count that nobody expects before it is taken for a correction. */
const LOWER_HOLDS_MS = 3 * HOUR_MS;
const MISSING_HOLDS_MS = DAY_MS;

/** What is known when the statistics answer. Times are milliseconds since the epoch. */
export interface ReadingFacts {
  readonly now: number;
  /** `YYYY-MM`. */
  readonly month: string;
  /** When it began. */
  readonly from: number;
  readonly warnAt: readonly number[];
  /** The newest reading that was believed, and when that was. */
  readonly known?: QuotaUsage | undefined;
  readonly knownAt?: number | undefined;
  /** Of the last look. */
  readonly unknown?: UnknownUsage | undefined;
  readonly counting?: Counting | undefined;
}

/** Either what is used, or why nobody knows. */
export type QuotaReading =
  { readonly usage: QuotaUsage; readonly unknown?: never } | { readonly usage?: never; readonly unknown: UnknownUsage };

/**
 * What the statistics of a month come to.
 *
 * | answer | known of the month | comes to |
 * |---|---|---|
 * | a count | nothing, or as many at most | the count |
 * | a count | more | unknown; the count, when it holds for three hours without falling further |
 * | no row, on the first day of the month | nothing, or 0 | 0 |
 * | no row, later | 0, which was not of the first day; or the month before had none | 0 |
 * | no row, later | nothing, or 0 of the first day, and the month before had some | unknown; 0, when it holds for a day |
 * | no row | some used | unknown; 0, when it holds for a day |
 *
 * What was doubted in the month before is no part of the time that a doubt holds.
 * Whatever the count: unknown where the statistics do not count what the tenant sends.
 */
export function judgeReading(statistics: QuotaStatistics, facts: ReadingFacts): QuotaReading {
  const { now, month, from, unknown: before } = facts;
  const uncounted = whyUncounted(facts.counting);
  if (uncounted !== undefined)
    return { unknown: unknownSince(before, { reason: 'not-counted', message: uncounted }, now) };
  const known = facts.known?.month === month ? facts.known : undefined;
  const usage = carriedOver(known, quotaUsage(statistics, month, facts.warnAt));
  const doubt = doubtOf(statistics, known, facts);
  if (!doubt) return { usage };
  const doubted = { reason: 'incomplete', message: doubt.message, shown: usage.used } as const;
  const isOfMonth = before !== undefined && before.since >= from;
  const unknown = unknownSince(isOfMonth ? before : undefined, doubted, now);
  return now - unknown.since >= doubt.holdsMs ? { usage } : { unknown };
}

/** The count of the month in the statistics, 0 without a row. */
export function countOf({ months }: QuotaStatistics, month: string): number {
  return months.find((row) => row.month === month)?.sent ?? 0;
}

/** A threshold stays crossed when the count is corrected; another limit has thresholds of its own. */
function carriedOver(known: QuotaUsage | undefined, usage: QuotaUsage): QuotaUsage {
  if (!known || known.limit !== usage.limit) return usage;
  return { ...usage, crossed: [...new Set([...known.crossed, ...usage.crossed])].toSorted((a, b) => a - b) };
}

interface Doubt {
  readonly message: string;
  readonly holdsMs: number;
}

function doubtOf(
  statistics: QuotaStatistics,
  known: QuotaUsage | undefined,
  { now, knownAt = now, month, from }: ReadingFacts,
): Doubt | undefined {
  const hasRow = statistics.months.some((row) => row.month === month);
  const used = countOf(statistics, month);
  if (hasRow) {
    if (!known || used >= known.used) return undefined;
    return {
      message: `the statistics show ${used} events where they showed ${known.used} before`,
      holdsMs: LOWER_HOLDS_MS,
    };
  }
  if (known && known.used > 0) {
    return {
      message: `the statistics lack ${month}, where they showed ${known.used} events before`,
      holdsMs: MISSING_HOLDS_MS,
    };
  }
  // On the first day nobody can tell a month without events from one that is not counted yet.
  const isProven = known !== undefined && knownAt - from >= FIRST_DAY_MS;
  const earlier = countOf(statistics, monthAfter(month, -1));
  if (isProven || now - from < FIRST_DAY_MS || earlier === 0) return undefined;
  return {
    message: `the statistics lack ${month}, and the month before had ${earlier} events`,
    holdsMs: MISSING_HOLDS_MS,
  };
}

/** The same as before goes on; a count that falls further begins anew. */
function unknownSince(before: UnknownUsage | undefined, now: Omit<UnknownUsage, 'since'>, at: number): UnknownUsage {
  const goesOn = before?.reason === now.reason && (now.shown ?? 0) >= (before.shown ?? 0);
  return { ...now, since: goesOn ? before.since : at };
}
