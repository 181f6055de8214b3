import { forecastMonth } from './forecast.js';
import type { MonthBounds } from './quota-month.js';
import type { Reading } from './quota-readings.js';

/** How far a forecast of this tenant was from what came of it. Times are milliseconds since the epoch. */
export interface PastError {
  /** `YYYY-MM`. */
  readonly month: string;
  /** When the forecast could have been made: so many days after the month began. */
  readonly afterDays: number;
  /** What it says for the time of the last reading of the month, which is the end of the month or, for now, the newest one. */
  readonly projected: number;
  readonly low: number;
  readonly high: number;
  readonly comparedAt: number;
  readonly used: number;
  /** Positive: too much was expected. Percent of `used`; absent when nothing was used. */
  readonly percent?: number;
  readonly isWithinBand: boolean;
}

export const FORECAST_DAYS: readonly number[] = [3, 7, 14];

const DAY = 86_400_000;

/**
 * Makes the forecasts of the months that have readings again, each from nothing but the readings of its time, and compares
 * them with the last reading of their month that is not after `now`. Oldest first; none where nothing has come of it for a
 * day yet.
 */
export function pastErrors(
  readings: readonly Reading[],
  now: number,
  boundsOf: (month: string) => MonthBounds,
): readonly PastError[] {
  const known = readings.filter(({ at }) => at <= now);
  return [...new Set(known.map(({ month }) => month))].toSorted().flatMap((month) => {
    const { from, to } = boundsOf(month);
    const last = known.findLast((reading) => reading.month === month);
    if (!last) return [];
    // Events of a month may be counted after it is over; they are part of its end.
    const comparedAt = Math.min(last.at, to);
    return FORECAST_DAYS.flatMap((afterDays): PastError[] => {
      const at = from + afterDays * DAY;
      if (comparedAt < at + DAY) return [];
      const forecast = forecastMonth(known, at, { month, from, to: comparedAt });
      if (!forecast) return [];
      const { projected, low, high } = forecast;
      const { used } = last;
      return [
        {
          month,
          afterDays,
          projected,
          low,
          high,
          comparedAt,
          used,
          ...(used > 0 && { percent: ((projected - used) * 100) / used }),
          isWithinBand: low <= used && used <= high,
        },
      ];
    });
  });
}
