import { expectationOf, type Expectation } from './forecast-expectation.js';
import type { Forecast } from './quota-state.js';
import { LONGEST_DELAY, spansOf, type Reading } from './quota-readings.js';

export interface ForecastMonth {
  /** `YYYY-MM`. */
  readonly month: string;
  readonly from: number;
  readonly to: number;
}

/**
 * What the month comes to, as far as it could be known at a time. Readings are oldest first, of this and of earlier months;
 * those after `now` do not count. Undefined before there is anything to go by: a reading, and an hour that it covers.
 */
export function forecastMonth(
  readings: readonly Reading[],
  now: number,
  { month, from, to }: ForecastMonth,
): Forecast | undefined {
  const known = readings.filter(
    ({ at, used, month: of }) => at <= now && of <= month && Number.isFinite(used) && used >= 0,
  );
  const ofMonth = known.filter((reading) => reading.month === month && reading.at >= from);
  const newest = ofMonth.at(-1);
  if (!newest) return undefined;
  const at = Math.min(newest.at, to);
  const stoodSince = standing(ofMonth, from);
  // A count that stands still for hours is late: what happened since then is still to be counted.
  const moment = at - stoodSince <= LONGEST_DELAY ? stoodSince : at;
  const expected = expectationOf(spansOf(known, { month, from }), { moment, from, to, isFirst: known.length === 1 });
  if (!expected) return undefined;
  const { used } = newest;
  const remaining = expected.at(to);
  const projected = used + Math.round(remaining);
  const low = used + Math.floor(Math.max(0, remaining - expected.below));
  const high = used + Math.ceil(remaining + expected.above);
  return {
    month,
    at: newest.at,
    ratePerDay: expected.perDay,
    projected,
    low,
    high,
    ...exhaustion(ofMonth, newest, expected, { projected, low, high }),
    basis: expected.basis,
  };
}

/** Since when the newest count has been known. */
function standing(readings: readonly Reading[], from: number): number {
  const used = readings.at(-1)?.used ?? 0;
  if (used === 0) return from;
  return readings[readings.findLastIndex((reading) => reading.used !== used) + 1]?.at ?? from;
}

function exhaustion(
  readings: readonly Reading[],
  { used, limit }: Reading,
  expected: Expectation,
  { projected, low, high }: Pick<Forecast, 'projected' | 'low' | 'high'>,
): Pick<Forecast, 'exhaustedAt' | 'earliest' | 'latest'> {
  if (limit === undefined || limit <= 0) return {};
  if (used >= limit) {
    const at = reachedAt(readings, limit);
    return { exhaustedAt: at, earliest: at, latest: at };
  }
  /** If the month comes to so many events. */
  const when = (total: number) => (limit > total ? undefined : expected.when((limit - used) / (total - used)));
  const [exhaustedAt, earliest, latest] = [projected, high, low].map(when);
  return {
    ...(exhaustedAt !== undefined && { exhaustedAt }),
    ...(earliest !== undefined && { earliest }),
    ...(latest !== undefined && { latest }),
  };
}

/** Between the last reading below the limit and the first one that is not. */
function reachedAt(readings: readonly Reading[], limit: number): number {
  const below = readings.findLastIndex(({ used }) => used < limit);
  const before = readings[below];
  const after = readings[below + 1];
  if (!before || !after) return after?.at ?? 0;
  return Math.round(before.at + ((limit - before.used) / (after.used - before.used)) * (after.at - before.at));
}
