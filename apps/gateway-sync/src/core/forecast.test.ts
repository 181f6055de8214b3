import { expect, test } from 'vitest';
import { forecastMonth } from './forecast.js';
import { monthBounds } from './quota-month.js';
import type { Reading } from './quota-readings.js';

const month = { month: '2026-11', ...monthBounds('2026-11', 'UTC') };
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** A reading so many days after the start of the month. */
const reading = (day: number, used: number, limit?: number): Reading => ({
  at: month.from + day * DAY,
  used,
  month: '2026-11',
  ...(limit !== undefined && { limit }),
});

test('without a reading of the month there is no forecast', () => {
  expect(forecastMonth([], month.from + DAY, month)).toBeUndefined();
  expect(forecastMonth([{ ...reading(-1, 700), month: '2026-10' }], month.from + DAY, month)).toBeUndefined();
  expect(forecastMonth([reading(2, 10)], month.from + DAY, month)).toBeUndefined();
});

test('one reading is as much as it has made so far each day', () => {
  expect(forecastMonth([reading(10, 1000, 2000)], month.from + 10 * DAY, month)).toMatchObject({
    month: '2026-11',
    at: month.from + 10 * DAY,
    ratePerDay: 100,
    projected: 3000,
    exhaustedAt: month.from + 20 * DAY,
    basis: 'elapsed',
  });
});

test('readings of some days say how fast it goes now', () => {
  const readings = [0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4].map((day) => reading(day, Math.max(0, day - 1) * 240));
  const forecast = forecastMonth(readings, month.from + 4 * DAY, month);
  expect(forecast?.basis).toBe('rate');
  expect(forecast?.projected).toBeCloseTo(720 + 26 * 240, -2);
});
