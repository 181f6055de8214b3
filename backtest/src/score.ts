import { FORECAST_DAYS, pastErrors } from 'gateway-sync/dist/core/forecast-error.js';
import { monthBounds } from 'gateway-sync/dist/core/quota-month.js';
import type { Reading } from 'gateway-sync/dist/core/quota-readings.js';
import type { Series } from './series.ts';

/** One forecast of one series, beside the naive one. Errors are percent of what the month came to, without their sign. */
export interface Score {
  readonly afterDays: number;
  readonly error: number;
  readonly naive: number;
  readonly isWithinBand: boolean;
}

const DAY = 86_400_000;

export function scoresOf({ readings, month }: Series, timeZone = 'UTC'): readonly Score[] {
  const { from } = monthBounds(month, timeZone);
  return pastErrors(readings, Infinity, (of) => monthBounds(of, timeZone))
    .filter((one) => one.month === month && one.percent !== undefined)
    .map(({ afterDays, percent = 0, comparedAt, used, isWithinBand }) => ({
      afterDays,
      error: Math.abs(percent),
      naive:
        (100 * Math.abs(naiveForecast(readings, { month, from, at: from + afterDays * DAY, to: comparedAt }) - used)) /
        used,
      isWithinBand,
    }));
}

/** So much a day as it has been since the month began. */
function naiveForecast(
  readings: readonly Reading[],
  { month, from, at, to }: { month: string; from: number; at: number; to: number },
): number {
  const newest = readings.findLast((reading) => reading.month === month && reading.at <= at);
  return newest && newest.at > from ? (newest.used * (to - from)) / (newest.at - from) : 0;
}

/** Means over many series. */
export interface Summary {
  readonly name: string;
  readonly columns: readonly { readonly afterDays: number; readonly error?: number; readonly naive?: number }[];
  /** Of all forecasts, the share whose band held, in percent. */
  readonly coverage?: number;
}

export function summaryOf(name: string, scores: readonly Score[]): Summary {
  const columns = FORECAST_DAYS.map((afterDays) => {
    const of = scores.filter((score) => score.afterDays === afterDays);
    if (of.length === 0) return { afterDays };
    return { afterDays, error: mean(of.map(({ error }) => error)), naive: mean(of.map(({ naive }) => naive)) };
  });
  const held = scores.map(({ isWithinBand }) => (isWithinBand ? 100 : 0));
  return { name, columns, ...(held.length > 0 && { coverage: mean(held) }) };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
