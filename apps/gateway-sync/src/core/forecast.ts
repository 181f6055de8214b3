import type { Forecast } from './quota-state.js';
import type { Reading } from './quota-readings.js';

export interface ForecastMonth {
  /** `YYYY-MM`. */
  readonly month: string;
  readonly from: number;
  readonly to: number;
}

const DAY = 86_400_000;
/** Half of the band, as a share of what is still to come. */
const MARGIN = 0.3;

/** Undefined while the month has no reading. Readings oldest first, of any months; those after `now` do not count. */
export function forecastMonth(
  readings: readonly Reading[],
  now: number,
  { month, from, to }: ForecastMonth,
): Forecast | undefined {
  const known = readings.filter((reading) => reading.month === month && reading.at <= now && reading.at > from);
  const newest = known.at(-1);
  if (!newest) return undefined;
  const { at, used, limit } = newest;
  const base = known.findLast((reading) => reading.at <= at - 3 * DAY) ?? known[0];
  const hasRate = base !== undefined && base.at <= at - DAY && base.used <= used;
  const ratePerDay = hasRate ? ((used - base.used) * DAY) / (at - base.at) : (used * DAY) / (at - from);
  const rest = (ratePerDay * Math.max(0, to - at)) / DAY;
  const reached = (events: number) => {
    if (limit === undefined || limit > used + events || to <= at) return undefined;
    return limit <= used ? at : at + ((limit - used) / events) * (to - at);
  };
  const [exhaustedAt, earliest, latest] = [rest, rest * (1 + MARGIN), rest * (1 - MARGIN)].map(reached);
  return {
    month,
    at,
    ratePerDay,
    projected: used + rest,
    low: used + rest * (1 - MARGIN),
    high: used + rest * (1 + MARGIN),
    ...(exhaustedAt !== undefined && { exhaustedAt }),
    ...(earliest !== undefined && { earliest }),
    ...(latest !== undefined && { latest }),
    basis: hasRate ? 'rate' : 'elapsed',
  };
}
