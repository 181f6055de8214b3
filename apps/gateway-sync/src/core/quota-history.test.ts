import { expect, test } from 'vitest';
import { historyBefore, median } from './quota-history.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const moment = 100 * DAY + 7 * HOUR + 1234;
/** Hours before the moment. */
const span = (from: number, to: number, events: number) => ({
  from: moment - from * HOUR,
  to: moment - to * HOUR,
  events,
});

test('days are counted back from the moment, their hours forwards', () => {
  const { days } = historyBefore(moment, [
    span(48, 47, 5),
    span(47, 24, 0),
    span(24, 12, 24),
    span(12, 1, 0),
    span(1, 0, 7),
  ]);
  expect(days.slice(0, 3)).toEqual([
    {
      events: 31,
      hours: [...Array.from({ length: 12 }, () => 2), ...Array.from({ length: 11 }, () => 0), 7],
      isVague: false,
    },
    { events: 5, hours: [5, ...Array.from({ length: 23 }, () => 0)], isVague: false },
    undefined,
  ]);
});

test('a day of which enough is known stands for the whole day', () => {
  const { days } = historyBefore(moment, [span(44, 27, 170), span(20, 9, 110)]);
  expect(days.slice(0, 2).map((day) => day?.events)).toEqual([undefined, 240]);
});

test('readings that lie days apart do not tell one day from another', () => {
  const { days } = historyBefore(moment, [span(96, 24, 720), span(24, 0, 100)]);
  expect(days.slice(0, 4).map((day) => [day?.events, day?.isVague])).toEqual([
    [expect.closeTo(100), true],
    [expect.closeTo(240), true],
    [expect.closeTo(240), true],
    [expect.closeTo(240), true],
  ]);
  const [day] = historyBefore(moment, [span(24, 12, 50), span(12, 0, 50)]).days;
  expect(day?.isVague).toBe(false);
});

test('what is older than six weeks, or later than the moment, does not count', () => {
  const { days } = historyBefore(moment, [span(60 * 24, 41 * 24, 19), span(0, -5, 100)]);
  expect(days.map((day) => day?.events ?? 0)).toEqual([...Array.from({ length: 41 }, () => 0), expect.closeTo(1)]);
});

test('the median of an even number is between the two in the middle', () => {
  expect([median([]), median([3]), median([4, 1]), median([9, 1, 2])]).toEqual([0, 3, 2.5, 2]);
});
