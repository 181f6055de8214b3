import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DAY, HOUR, NOVEMBER } from '../../test/support/quota-readings.js';
import { forecastMonth } from './forecast.js';
import { pastErrors } from './forecast-error.js';
import { monthAfter, monthBounds, monthOf } from './quota-month.js';
import type { Reading } from './quota-readings.js';

/** Steps of anything between minutes and a week, with counts that rise, stand still, leap, and sometimes fall. */
const step = fc.record({
  wait: fc.oneof(fc.integer({ min: 1, max: 6 * 60 }), fc.integer({ min: 1, max: 7 * 24 * 60 })),
  events: fc.oneof(fc.constant(0), fc.nat(50), fc.nat(20_000), fc.integer({ min: -500, max: -1 })),
  limit: fc.option(fc.constantFrom(0, 1, 5000, 10_000, 1_000_000), { nil: undefined, freq: 1 }),
});
const history = fc.array(step, { minLength: 1, maxLength: 120 }).map((steps): readonly Reading[] => {
  let at = NOVEMBER.from - 70 * DAY;
  const used = new Map<string, number>();
  return steps.map(({ wait, events, limit }) => {
    at += wait * 60_000;
    const month = monthOf(at, 'UTC');
    used.set(month, Math.max(0, (used.get(month) ?? 0) + events));
    return { at, month, used: used.get(month) ?? 0, ...(limit !== undefined && { limit }) };
  });
});
/** The month of the newest reading, at any time in it. */
const situation = fc.record({ readings: history, later: fc.nat(20 * DAY) }).map(({ readings, later }) => {
  const newest = readings.at(-1) ?? { at: NOVEMBER.from, used: 0, month: NOVEMBER.month };
  const month = { month: newest.month, ...monthBounds(newest.month, 'UTC') };
  return { readings, newest, month, now: newest.at + later, made: forecastMonth(readings, newest.at + later, month) };
});
const law = (check: (of: typeof situation extends fc.Arbitrary<infer Of> ? Of : never) => void) =>
  fc.assert(fc.property(situation, check), { numRuns: 1000 });

test('there is a forecast as soon as the readings cover an hour and more than a delay', () => {
  fc.assert(
    fc.property(situation, ({ made, newest, month }) => {
      fc.pre(newest.at - month.from > 13 * HOUR);
      expect(made).toBeDefined();
    }),
    { numRuns: 1000 },
  );
});

test('used is at most low, low at most projected, and projected at most high; all are whole events', () => {
  law(({ made, newest }) => {
    if (!made) return;
    const counts = [newest.used, made.low, made.projected, made.high];
    expect(counts.every(Number.isSafeInteger)).toBe(true);
    expect(counts).toEqual(counts.toSorted((a, b) => a - b));
    expect(Number.isFinite(made.ratePerDay) && made.ratePerDay >= 0).toBe(true);
  });
});

test('times of exhaustion are in order and within the month, and there is one just when the limit does not last', () => {
  law(({ made, newest: { limit }, month }) => {
    if (!made || limit === undefined || limit === 0) return;
    const { earliest, exhaustedAt, latest, high, low, projected } = made;
    expect([earliest, exhaustedAt, latest].map((at) => at !== undefined)).toEqual(
      [high, projected, low].map((total) => limit <= total),
    );
    const times = [earliest, exhaustedAt, latest].filter((at) => at !== undefined);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(times.every((at) => at >= month.from && at <= month.to && Number.isInteger(at))).toBe(true);
  });
});

test('a higher limit is never reached sooner, and no limit changes what is expected', () => {
  law(({ readings, made, newest, month, now }) => {
    if (!made || !newest.limit) return;
    const raised = [...readings.slice(0, -1), { ...newest, limit: newest.limit + 100 }];
    const after = forecastMonth(raised, now, month);
    for (const time of ['earliest', 'exhaustedAt', 'latest'] as const) {
      expect(after?.[time] ?? Infinity).toBeGreaterThanOrEqual(made[time] ?? Infinity);
    }
    const { projected, low, high } = made;
    expect(after).toMatchObject({ projected, low, high });
  });
});

test('a longer month never has fewer events', () => {
  law(({ readings, made, month, now }) => {
    const longer = forecastMonth(readings, now, { ...month, to: month.to + DAY });
    expect(longer?.projected ?? 0).toBeGreaterThanOrEqual(made?.projected ?? 0);
  });
});

/** When the calendar is the same again. */
const in400Years = (month: string) => monthAfter(month, 12 * 400);

test('it depends on no calendar: the same readings in another year foretell the same', () => {
  law(({ readings, made, month, now }) => {
    const by = Date.UTC(2426, 0, 1) - Date.UTC(2026, 0, 1);
    const moved = readings.map((one) => ({ ...one, at: one.at + by, month: in400Years(one.month) }));
    const later = forecastMonth(moved, now + by, {
      month: in400Years(month.month),
      from: month.from + by,
      to: month.to + by,
    });
    expect(later?.projected).toBe(made?.projected);
  });
});

test('past errors are finite, and each compares with a reading that exists', () => {
  law(({ readings, now }) => {
    for (const { month, percent = 0, used, comparedAt, projected } of pastErrors(readings, now, (of) =>
      monthBounds(of, 'UTC'),
    )) {
      expect(Number.isFinite(percent) && Number.isFinite(projected)).toBe(true);
      expect(readings).toContainEqual(expect.objectContaining({ month, used, at: comparedAt }));
    }
  });
});

test('a hundred thousand readings take no noticeable time', () => {
  const many = Array.from({ length: 100_000 }, (_, index) => ({
    at: NOVEMBER.from + index * 20_000,
    used: index,
    month: NOVEMBER.month,
  }));
  const started = performance.now();
  expect(forecastMonth(many, Infinity, NOVEMBER)?.projected).toBeGreaterThan(129_000);
  expect(performance.now() - started).toBeLessThan(2000);
});
