import { describe, expect, it, test } from 'vitest';
import { DAY, HOUR, NOVEMBER, readingsOf } from '../../test/support/quota-readings.js';
import { forecastMonth } from './forecast.js';
import type { Reading } from './quota-readings.js';

const after = (days: number) => NOVEMBER.from + days * DAY;
const forecast = (readings: readonly Reading[], days = 31) => {
  const made = forecastMonth(readings, after(days), NOVEMBER);
  if (!made) throw new Error('there is no forecast');
  return made;
};
/** One reading so many days after the start of the month. */
const reading = (days: number, used: number, limit?: number): Reading => ({
  at: after(days),
  used,
  month: NOVEMBER.month,
  ...(limit !== undefined && { limit }),
});
/** Of what is expected, to a hundredth of it. */
const about = (events: number) => expect.closeTo(events, -Math.log10(events / 50));
/** The month begins on a Sunday. */
const isWeekend = (day: number) => [0, 6].includes(((day % 7) + 7) % 7);

describe('what it rests on', () => {
  it('is nothing before there is a reading of the month that covers an hour', () => {
    expect(forecastMonth([], after(1), NOVEMBER)).toBeUndefined();
    expect(forecastMonth([{ ...reading(-1, 700), month: '2026-10' }], after(1), NOVEMBER)).toBeUndefined();
    expect(forecastMonth([reading(2, 10)], after(1), NOVEMBER)).toBeUndefined();
    expect(forecastMonth([reading(0.01, 10)], after(1), NOVEMBER)).toBeUndefined();
  });

  it('is used / elapsed for the first reading ever', () => {
    expect(forecast([reading(10, 1000, 2000)])).toMatchObject({
      month: '2026-11',
      at: after(10),
      ratePerDay: 100,
      projected: 3000,
      exhaustedAt: after(20),
      basis: 'elapsed',
    });
  });

  it('is used / elapsed as well when nothing was counted in many days: a count that was read once has no shape', () => {
    const once = forecast([reading(24, 0, 2000)]);
    expect(once).toMatchObject({ projected: 0, basis: 'elapsed' });
    expect(once).not.toHaveProperty('exhaustedAt');
  });

  it('is the week of days without events, too, once they were looked at', () => {
    const readings = readingsOf({ from: 0, to: 8, perDay: () => 0 });
    expect(forecast(readings)).toMatchObject({ projected: 0, basis: 'weekly' });
  });

  it('is the rate of some days, and the week once there is one', () => {
    const readings = readingsOf({ from: 0, to: 10, perDay: () => 240 });
    expect([0.25, 2, 8].map((days) => forecast(readings, days).basis)).toEqual(['elapsed', 'rate', 'weekly']);
    expect([0.25, 2, 8].map((days) => forecast(readings, days).projected)).toEqual([7200, 7200, 7200]);
  });

  it('is the month before when a month is young', () => {
    const readings = readingsOf({ from: -31, to: 0.125, perDay: () => 240 });
    expect(forecast(readings)).toMatchObject({ projected: about(7200), basis: 'weekly' });
  });
});

const calmWeekends = (day: number) => (isWeekend(day) ? 60 : 300);

describe('the shape of a week', () => {
  const total = Array.from({ length: 30 }, (_, day) => calmWeekends(day)).reduce((sum, events) => sum + events, 0);

  it.each([3, 5, 7, 14, 21])('is known from the month before, after %s days', (days) => {
    const { projected, low, high } = forecast(readingsOf({ from: -31, to: days, perDay: calmWeekends }));
    expect(Math.abs(projected - total) / total).toBeLessThan(0.03);
    expect(low).toBeLessThanOrEqual(total);
    expect(high).toBeGreaterThanOrEqual(total);
  });

  it('says on which day the quota ends', () => {
    // Day 12 is a Friday, and the weekend after it makes 120.
    const before = Array.from({ length: 13 }, (_, day) => calmWeekends(day)).reduce((sum, events) => sum + events, 0);
    const { exhaustedAt = 0 } = forecast(readingsOf({ from: -31, to: 6, perDay: calmWeekends, limit: before + 60 }));
    expect((exhaustedAt - NOVEMBER.from) / DAY).toBeCloseTo(14, 0);
  });
});

const afternoons = (hour: number) => (hour < 12 ? 0 : 1 / 12);

test('the shape of a day says at what time the quota ends', () => {
  const { exhaustedAt = 0 } = forecast(
    readingsOf({ from: -31, to: 6, perDay: () => 240, share: afternoons, limit: 12 * 240 + 30 }),
  );
  // By noon of that day there are none, and a day later all.
  expect(((exhaustedAt - NOVEMBER.from) / HOUR) % 24).toBeGreaterThan(11);
  expect(Math.floor((exhaustedAt - NOVEMBER.from) / DAY)).toBe(12);
});

describe('something that happens', () => {
  it('a campaign that is over is not expected again', () => {
    const readings = readingsOf({ from: -31, to: 6.5, perDay: (day) => (day === 3 || day === 4 ? 1500 : 240) });
    expect(forecast(readings).projected).toEqual(about(28 * 240 + 3000));
  });

  it('a new event is believed after two days, and the band shows it after one', () => {
    const total = 5 * 240 + 25 * 480;
    const readings = readingsOf({ from: -31, to: 14, perDay: (day) => (day >= 5 ? 480 : 240) });
    expect(forecast(readings, 6).high).toBeGreaterThan(0.98 * total);
    expect(forecast(readings, 7).projected).toBeGreaterThan(0.9 * total);
    expect(forecast(readings, 10).projected).toEqual(about(total));
    expect(forecast(readings, 14).projected).toEqual(about(total));
  });

  it('a new event of the first week is not taken for the shape of the week', () => {
    const readings = readingsOf({ from: 0, to: 9, perDay: (day) => (day >= 4 ? 480 : 240) });
    for (const days of [7.1, 8, 9]) expect(forecast(readings, days).ratePerDay).toBeGreaterThan(450);
  });

  it('an outage of a day takes its own events away and no others', () => {
    const readings = readingsOf({ from: -31, to: 14, perDay: (day) => (day === 10 ? 0 : 240) });
    for (const days of [10.9, 11.2, 12, 14]) {
      expect(Math.abs(forecast(readings, days).projected - 29 * 240)).toBeLessThan(150);
    }
  });

  it('events that are gone for good are not expected after some days', () => {
    const readings = readingsOf({ from: -31, to: 14, perDay: (day) => (day >= 5 ? 0 : 240) });
    expect(forecast(readings, 11).projected).toBe(1200);
  });
});

describe('what the platform does to the count', () => {
  const steady = { from: -31, to: 10, perDay: () => 240 };

  it('counting some hours late changes nothing', () => {
    const late = readingsOf({ ...steady, everyHours: 1 }).map((one, index, all) => all[index - (index % 6)] ?? one);
    const readings = readingsOf({ ...steady, everyHours: 1 }).map((one, index) => {
      const counted = late[index];
      return counted?.month === one.month ? { ...one, used: counted.used } : { ...one, used: 0 };
    });
    const projections = [8, 8.1, 8.2, 8.3, 9].map((days) => forecast(readings, days).projected);
    expect(Math.max(...projections) - Math.min(...projections)).toBeLessThan(150);
    expect(projections[0]).toEqual(about(7200));
  });

  it('standing still for longer than that is no delay', () => {
    const stood = readingsOf({ ...steady, to: 12, perDay: (day) => (day >= 10 ? 0 : 240) });
    const [late, still] = [10.4, 11].map((days) => forecast(stood, days).projected);
    expect(late).toEqual(about(7200));
    expect(still).toBeLessThan(7200 - 200);
  });

  it('readings that are missing for days change nothing', () => {
    const readings = readingsOf(steady).filter(({ at }) => at < after(3) || at > after(8));
    expect(forecast(readings).projected).toEqual(about(7200));
  });

  it('a count that is corrected once is taken as it is now', () => {
    const readings = readingsOf(steady).map((one) =>
      one.at > after(9) && one.month === NOVEMBER.month ? { ...one, used: one.used - 300 } : one,
    );
    const { projected } = forecast(readings);
    expect(projected).toEqual(about(6900));
  });

  it('one low count that is taken back changes nothing', () => {
    const readings = readingsOf(steady).map((one) => (one.at === after(9) ? { ...one, used: 0 } : one));
    expect(forecast(readings)).toEqual(forecast(readingsOf(steady)));
  });
});

describe('the time of exhaustion', () => {
  it('is that of the limit as it is now', () => {
    const readings = readingsOf({ from: 0, to: 10, perDay: () => 240, limit: 4800 });
    const raised = readings.map((one) => (one.at > after(5) ? { ...one, limit: 6000 } : one));
    expect(forecast(raised, 5).exhaustedAt).toBe(after(20));
    expect(forecast(raised, 10).exhaustedAt).toBe(after(25));
  });

  it('has an earliest and a latest one', () => {
    const {
      earliest = 0,
      exhaustedAt = 0,
      latest = 0,
    } = forecast(readingsOf({ from: -31, to: 10, perDay: () => 240, limit: 4800 }));
    expect([earliest < exhaustedAt, exhaustedAt < latest]).toEqual([true, true]);
  });

  it('is absent where the limit lasts, though it may still have an earliest one', () => {
    const made = forecast(readingsOf({ from: -31, to: 10, perDay: () => 240, limit: 7250 }));
    expect([made.exhaustedAt, made.latest]).toEqual([undefined, undefined]);
    expect(made.earliest).toBeGreaterThan(after(28));
  });

  it('lies between two readings when it is over', () => {
    const readings = [reading(1, 100, 300), reading(3, 200, 300), reading(5, 400, 300), reading(6, 450, 300)];
    expect(forecast(readings)).toMatchObject({ exhaustedAt: after(4), earliest: after(4), latest: after(4) });
  });

  it('is absent without a limit', () => {
    expect(forecast([reading(10, 1000)])).not.toHaveProperty('exhaustedAt');
  });
});

test('after the end of the month there is nothing more to come', () => {
  expect(forecast([reading(10, 1000), reading(30, 3000)])).toMatchObject({ projected: 3000, low: 3000, high: 3000 });
});

test('it does not matter which readings come later', () => {
  const readings = readingsOf({ from: -31, to: 20, perDay: (day) => 200 + day });
  const now = after(12) + HOUR;
  expect(forecastMonth(readings, now, NOVEMBER)).toEqual(
    forecastMonth(
      readings.filter(({ at }) => at <= now),
      now,
      NOVEMBER,
    ),
  );
});
