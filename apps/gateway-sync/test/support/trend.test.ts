import { expect, test } from 'vitest';
import { trends, trendTable } from '../soak/trend.js';

const samples = (name: string, ...values: number[]) => values.map((value) => new Map([[name, value]]));

test('compares the middle of the first third with that of the last one', () => {
  const list = samples('RSS, MB', 100, 900, 110, 200, 200, 200, 120, 119, 0);
  expect(trends(list, () => ({ share: 0, more: 0 }))).toEqual([{ name: 'RSS, MB', first: 110, last: 119, grew: true }]);
});

test.each([
  [{ share: 0.1, more: 0 }, false],
  [{ share: 0, more: 9 }, false],
  [{ share: 0.05, more: 3 }, true],
  [undefined, false],
])('with the tolerance %o it grew: %s', (tolerance, expected) => {
  const list = samples('rows', 110, 150, 119);
  expect(trends(list, () => tolerance)[0]?.grew).toBe(expected);
});

test('what begins later counts from there', () => {
  const list = [new Map(), new Map(), new Map([['rows', 7]])];
  expect(trends(list, () => ({ share: 1, more: 0 }))).toEqual([{ name: 'rows', first: 0, last: 7, grew: true }]);
});

test('the table has a line for each', () => {
  const table = trendTable([
    { name: 'rows', first: 5, last: 50, grew: true },
    { name: 'RSS, MB', first: 100.25, last: 99, grew: false },
  ]);
  expect(table.split('\n').map((line) => line.trimEnd())).toEqual([
    '         first third  last third',
    'rows               5          50  GREW',
    'RSS, MB        100.3          99',
  ]);
});

test('two samples are too few', () => {
  expect(() => trends(samples('rows', 1, 2), () => undefined)).toThrow('three samples');
});
