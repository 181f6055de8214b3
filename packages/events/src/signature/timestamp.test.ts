import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseTimestamp } from './timestamp.js';

test('reads every time that JavaScript writes', () => {
  fc.assert(
    fc.property(fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }), (date) => {
      expect(parseTimestamp(date.toISOString())).toBe(date.getTime());
    }),
  );
});

test.each([
  ['2026-11-15T12:00:00Z', '2026-11-15T12:00:00.000Z'],
  ['2026-11-15t12:00:00.5z', '2026-11-15T12:00:00.500Z'],
  ['2026-11-15T12:00:00.123456789Z', '2026-11-15T12:00:00.123Z'],
  ['2026-11-15T13:30:00+01:30', '2026-11-15T12:00:00.000Z'],
  ['2026-11-15T10:00:00-02:00', '2026-11-15T12:00:00.000Z'],
  ['2016-12-31T23:59:60Z', '2016-12-31T23:59:59.000Z'],
  ['2028-02-29T00:00:00Z', '2028-02-29T00:00:00.000Z'],
])('%s is %s', (text, iso) => {
  expect(new Date(parseTimestamp(text) ?? Number.NaN).toISOString()).toBe(iso);
});

test.each([
  '',
  'now',
  '1731705121',
  '2026-11-15',
  '2026-11-15T12:00:00',
  '2026-11-15 12:00:00Z',
  '2026-06-31T12:00:00Z',
  '2026-13-01T12:00:00Z',
  '2027-02-29T12:00:00Z',
  '2026-11-15T24:00:00Z',
  '2026-11-15T12:60:00Z',
  '2026-11-15T12:00:61Z',
  '2026-11-15T12:00:00+25:00',
  '2026-11-15T12:00:00Z, 2026-11-15T12:00:00Z',
])('%j is no time', (text) => {
  expect(parseTimestamp(text)).toBeUndefined();
});
