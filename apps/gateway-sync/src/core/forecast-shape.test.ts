import { describe, expect, it } from 'vitest';
import { FLAT, shapeOf } from './forecast-shape.js';
import type { Day } from './quota-history.js';

const day = (events: number, hours = FLAT.hours.map(() => events / 24)): Day => ({ events, hours, isVague: false });
/** Newest first; every week the same seven, unless told otherwise. */
const weeks = (count: number, of: (week: number) => readonly number[]) => ({
  days: Array.from({ length: count }, (_, week) => of(week).map((events) => day(events))).flat(),
});
const WEEK = [100, 100, 20, 20, 100, 100, 100];
const MEAN = 540 / 7;

const spread = (days: readonly number[]) => Math.max(...days) - Math.min(...days);

describe('the shape of the week', () => {
  it('is how the days of all weeks differ from each other', () => {
    expect(shapeOf(weeks(4, () => WEEK)).days).toEqual(WEEK.map((events) => expect.closeTo(events / MEAN)));
  });

  it('does not change with growth', () => {
    expect(shapeOf(weeks(4, (week) => WEEK.map((events) => events / (week + 1)))).days).toEqual(
      WEEK.map((events) => expect.closeTo(events / MEAN)),
    );
  });

  it('has no place for a single loud day', () => {
    const loud = shapeOf(weeks(4, (week) => WEEK.with(0, week === 1 ? 900 : 100))).days;
    expect(loud[0]).toBeCloseTo(loud[1] ?? 0);
    const onlyWeek = shapeOf(weeks(1, () => WEEK.with(0, 900))).days;
    expect(onlyWeek[0]).toBeCloseTo(onlyWeek[1] ?? 0);
  });

  it('is faint where the weeks disagree', () => {
    const chance = weeks(4, (week) => WEEK.map((_, index) => 60 + ((week * 37 + index * 53) % 80)));
    expect(spread(shapeOf(chance).days)).toBeLessThan(0.4 * spread(shapeOf(weeks(4, () => WEEK)).days));
  });

  it('is flat without events, and without a week of which enough is known', () => {
    expect(shapeOf(weeks(2, () => [0, 0, 0, 0, 0, 0, 0])).days).toEqual(FLAT.days);
    expect(shapeOf({ days: [100, 20, 100].map((events) => day(events)) }).days).toEqual(FLAT.days);
    const vague = weeks(4, () => WEEK).days.map((one) => ({ ...one, isVague: true }));
    expect(shapeOf({ days: vague }).days).toEqual(FLAT.days);
  });
});

describe('the shape of the day', () => {
  const morning = FLAT.hours.map((_, hour) => (hour < 12 ? 10 : 0));

  it('is how its hours share the events, nearly', () => {
    const { hours } = shapeOf({ days: Array.from({ length: 14 }, () => day(120, morning)) });
    const [early = 0, late = 0] = [hours[3], hours[20]];
    expect(early / late).toBeGreaterThan(4);
    expect((early + late) / 2).toBeCloseTo(1);
  });

  it('is flat without events', () => {
    expect(shapeOf({ days: [] }).hours).toEqual(FLAT.hours);
  });
});
