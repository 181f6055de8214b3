import { monthAfter, monthBounds, monthOf } from '../../src/core/quota-month.js';
import type { Reading } from '../../src/core/quota-readings.js';

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

export interface Tale {
  /** First and last day of the readings, counted from the start of the month; the days before it are negative. */
  readonly from: number;
  readonly to: number;
  /** Events of a day, counted in the same way. */
  readonly perDay: (day: number) => number;
  /** Share of the day's events in an hour of the day; a 24th. */
  readonly share?: (hour: number) => number;
  readonly everyHours?: number;
  readonly limit?: number;
}

export const NOVEMBER = { month: '2026-11', ...monthBounds('2026-11', 'UTC') };

/** What a service that reads a platform without any delay has of it. */
export function readingsOf({
  from,
  to,
  perDay,
  share = () => 1 / 24,
  everyHours = 3,
  limit,
}: Tale): readonly Reading[] {
  const readings: Reading[] = [];
  const before = monthBounds(monthAfter(NOVEMBER.month, -1), 'UTC').from;
  const start = NOVEMBER.from + from * DAY;
  let total = 0;
  let counted = 0;
  for (let hour = 1; hour <= (to - from) * 24; hour++) {
    const at = start + hour * HOUR;
    total += perDay(Math.floor(from + (hour - 1) / 24)) * share((hour - 1) % 24);
    if (at === NOVEMBER.from) counted = total;
    if (hour % everyHours !== 0 || at < before || at === NOVEMBER.from) continue;
    const month = monthOf(at, 'UTC');
    const used = Math.round(month === NOVEMBER.month ? total - counted : total);
    readings.push({ at, month, used, ...(limit !== undefined && { limit }) });
  }
  return readings;
}
