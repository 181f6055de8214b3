import { describe, expect, it } from 'vitest';
import { spansOf, type Reading } from './quota-readings.js';

const HOUR = 3_600_000;
const from = Date.parse('2026-11-01T00:00:00Z');
const current = { month: '2026-11', from };

/** Readings by the hours since the month began. */
const readings = (counts: Readonly<Record<number, number>>, month = '2026-11'): readonly Reading[] =>
  Object.entries(counts).map(([hours, used]) => ({ at: from + Number(hours) * HOUR, used, month }));
/** Hours, hours, events. */
const spans = (...of: readonly (readonly Reading[])[]) =>
  spansOf(of.flat(), current).map((span) => [(span.from - from) / HOUR, (span.to - from) / HOUR, span.events]);

describe('the events between readings', () => {
  it('begin with the month', () => {
    expect(spans(readings({ 6: 60, 9: 80 }))).toEqual([
      [0, 6, 60],
      [6, 9, 20],
    ]);
  });

  it('are those of each month by itself: what came after its last reading is unknown', () => {
    const october = [{ at: from - 30 * 24 * HOUR, used: 50, month: '2026-10' }, ...readingsAt(-6, 700)];
    expect(spans(october, readings({ 2: 5 }))).toEqual([
      // October has 31 days.
      [-31 * 24, -30 * 24, 50],
      [-30 * 24, -6, 650],
      [0, 2, 5],
    ]);
  });

  it('end with the month, also when it is counted to its end later', () => {
    expect(spans(readingsAt(-24, 700), readingsAt(3, 720))).toEqual([
      [-31 * 24, -24, 700],
      [-24, 0, 20],
    ]);
  });

  it('that came late belong to the time in which the count stood still', () => {
    expect(spans(readings({ 1: 10, 2: 20, 3: 20, 4: 20, 5: 50, 6: 60 }))).toEqual(
      [
        [0, 1, 10],
        [1, 2, 10],
        [2, 5, 30],
        [5, 6, 10],
      ].map(([begin = 0, end = 0, events]) => [begin, end, events]),
    );
  });

  it('that begin again as fast as before were not late', () => {
    expect(spans(readings({ 1: 10, 2: 20, 4: 20, 5: 30 }))).toEqual([
      [0, 1, 10],
      [1, 2, 10],
      [2, 4, 0],
      [4, 5, 10],
    ]);
  });

  it('after more than twelve hours without any were not late, however many they are', () => {
    expect(spans(readings({ 1: 100, 2: 200, 15: 200, 16: 1700 }))).toEqual([
      [0, 1, 100],
      [1, 2, 100],
      [2, 15, 0],
      [15, 16, 1500],
    ]);
  });

  it('are unknown where a count was corrected', () => {
    expect(spans(readings({ 1: 100, 2: 50, 3: 60 }))).toEqual([
      [0, 1, 100],
      [2, 3, 10],
    ]);
  });

  it('leave a count out that is low once', () => {
    expect(spans(readings({ 1: 100, 2: 0, 3: 120 }))).toEqual([
      [0, 1, 100],
      [1, 3, 20],
    ]);
  });
});

function readingsAt(hours: number, used: number): readonly Reading[] {
  return readings({ [hours]: used }, '2026-10');
}
