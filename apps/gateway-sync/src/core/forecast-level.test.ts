import { describe, expect, it } from 'vitest';
import { levelOf } from './forecast-level.js';

/** So many days of so many events each, slightly busier and calmer in turn. */
const days = (count: number, events: number) =>
  Array.from({ length: count }, (_, index) => events * (index % 2 === 0 ? 1.03 : 0.97));
/** Newest first. */
const perDay = (...of: readonly (readonly number[])[]) => levelOf(of.flat()).perDay;

describe('the level', () => {
  it('is the mean of days that differ by chance', () => {
    expect(perDay(days(28, 100))).toBeCloseTo(100, 0);
    expect(levelOf(days(28, 100))).toMatchObject({ isNew: false });
  });

  it('leaves single days out that are unlike the others', () => {
    expect(perDay(days(6, 100), [700], days(6, 100), [0], days(14, 100))).toBeCloseTo(100, 0);
  });

  it.each([
    [1, 140],
    [2, 180],
    [3, 193],
    [4, 200],
    [6, 200],
    [12, 200],
  ])('believes days that are twice as busy more with each: after %i', (count, events) => {
    expect(Math.abs(perDay(days(count, 200), days(28, 100)) - events)).toBeLessThan(5);
  });

  it('knows of both levels while it is not sure', () => {
    const { least, most, isNew } = levelOf([...days(2, 200), ...days(28, 100)]);
    expect([Math.round(least), Math.round(most), isNew]).toEqual([100, 200, true]);
  });

  it('drops what is over, and what is just coming to its end', () => {
    expect(perDay(days(1, 100), days(3, 500), days(28, 100))).toBeCloseTo(100, -1);
    expect(perDay([250], days(3, 500), days(24, 100))).toBeLessThan(170);
  });

  it('expects the end of an outage for four days', () => {
    expect(perDay([0, 0, 0, 0], days(24, 100))).toBeCloseTo(100, 0);
    expect(perDay([0, 0, 0, 0, 0], days(24, 100))).toBe(0);
  });

  it('goes by the first day with events after days without any', () => {
    expect(perDay([80], [0, 0, 0, 0, 0])).toBe(80);
  });

  it('goes by the newest days once most of nine agree on something new, whatever the rest is like', () => {
    expect(perDay([100], days(12, 200), days(15, 100))).toBeGreaterThan(135);
  });

  it('counts calm days of the first two weeks in, because they may come every week', () => {
    const week = [...days(5, 100), 20, 20];
    expect(perDay(week)).toBeLessThan(85);
    expect(Math.abs(perDay(days(2, 20), days(5, 100)) - 77)).toBeLessThan(5);
  });

  it('is less sure of itself when the shape was taken from two weeks than from four', () => {
    const [two, four] = [14, 28].map((count) => levelOf(days(count, 10_000)));
    expect((two?.noise ?? 0) / (four?.noise ?? 1)).toBeCloseTo(Math.sqrt(2 / (4 / 3)));
  });

  it('of nothing is nothing', () => {
    expect(levelOf([])).toMatchObject({ perDay: 0, isNew: false });
    expect(levelOf([0, 0, 0])).toMatchObject({ perDay: 0, isNew: false });
  });
});
