import { expect, it } from 'vitest';
import { DAY, NOVEMBER, readingsOf } from '../../test/support/quota-readings.js';
import { pastErrors } from './forecast-error.js';
import { monthBounds } from './quota-month.js';

const boundsOf = (month: string) => monthBounds(month, 'UTC');
const after = (days: number) => NOVEMBER.from + days * DAY;
const OCTOBER = boundsOf('2026-10');

it('compares the forecasts of a month that is over with its end', () => {
  const readings = readingsOf({ from: -31, to: 0.25, perDay: (day) => (day >= -21 ? 480 : 240) });
  const errors = pastErrors(readings, after(1), boundsOf);
  const used = 10 * 240 + 21 * 480 - 60;
  expect(
    errors.map(({ month, afterDays, comparedAt }) => [month, afterDays, (comparedAt - OCTOBER.from) / DAY]),
  ).toEqual([
    ['2026-10', 3, 30.875],
    ['2026-10', 7, 30.875],
    ['2026-10', 14, 30.875],
  ]);
  expect(errors.map((error) => error.used)).toEqual([used, used, used]);
  const [three, seven, fourteen] = errors.map(({ percent = 0 }) => percent);
  // Twice as many events from the tenth day on: nobody could know before, and four days of it tell.
  expect(three).toBeCloseTo((100 * (240 * 30.875 - used)) / used, 0);
  expect(seven).toBeCloseTo(three ?? 0, 0);
  expect(Math.abs(fourteen ?? 100)).toBeLessThan(10);
  expect(errors.slice(0, 2).map(({ isWithinBand }) => isWithinBand)).toEqual([false, false]);
});

it('compares the forecasts of the running month with the newest reading', () => {
  const readings = readingsOf({ from: -31, to: 20, perDay: () => 240 });
  const errors = pastErrors(readings, after(9), boundsOf).filter(({ month }) => month === '2026-11');
  expect(errors).toEqual([
    {
      month: '2026-11',
      afterDays: 3,
      projected: 2160,
      low: expect.any(Number),
      high: expect.any(Number),
      comparedAt: after(9),
      used: 2160,
      percent: 0,
      isWithinBand: true,
    },
    {
      month: '2026-11',
      afterDays: 7,
      projected: 2160,
      low: expect.any(Number),
      high: expect.any(Number),
      comparedAt: after(9),
      used: 2160,
      percent: 0,
      isWithinBand: true,
    },
  ]);
});

it('knows nothing before a day has passed since the first forecast', () => {
  expect(pastErrors(readingsOf({ from: 0, to: 3.9, perDay: () => 240 }), after(5), boundsOf)).toEqual([]);
  expect(pastErrors([], after(5), boundsOf)).toEqual([]);
});

it('gives no percentage of nothing', () => {
  const [error] = pastErrors(readingsOf({ from: 0, to: 5, perDay: () => 0 }), after(5), boundsOf);
  expect(error).not.toHaveProperty('percent');
  expect(error).toMatchObject({ projected: 0, used: 0, isWithinBand: true });
});
