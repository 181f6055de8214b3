import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { daysIn, monthAfter, monthBounds, monthOf } from './quota-month.js';

const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/St_Johns',
  'Australia/Lord_Howe',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
  'Asia/Kolkata',
  'Africa/Casablanca',
];
const HOUR = 3_600_000;

const month = fc
  .record({ year: fc.integer({ min: 1980, max: 2100 }), month: fc.integer({ min: 1, max: 12 }) })
  .map(({ year, month: number }) => `${year}-${String(number).padStart(2, '0')}`);
const zone = fc.constantFrom(...ZONES);

const bounds = (name: string, timeZone: string) => {
  const { from, to } = monthBounds(name, timeZone);
  return [new Date(from).toISOString(), new Date(to).toISOString()];
};

describe('the bounds of a month', () => {
  test.each([
    ['in UTC', '2026-11', 'UTC', '2026-11-01T00:00:00.000Z', '2026-12-01T00:00:00.000Z'],
    ['over the end of a year', '2026-12', 'UTC', '2026-12-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z'],
    ['with a leap day', '2028-02', 'Asia/Kolkata', '2028-01-31T18:30:00.000Z', '2028-02-29T18:30:00.000Z'],
    ['of a zone behind UTC', '2026-07', 'Pacific/Pago_Pago', '2026-07-01T11:00:00.000Z', '2026-08-01T11:00:00.000Z'],
    ['of a zone far ahead', '2026-07', 'Pacific/Kiritimati', '2026-06-30T10:00:00.000Z', '2026-07-31T10:00:00.000Z'],
    ['when clocks go forward', '2026-03', 'Europe/Berlin', '2026-02-28T23:00:00.000Z', '2026-03-31T22:00:00.000Z'],
    ['when clocks go back', '2026-10', 'Europe/Berlin', '2026-09-30T22:00:00.000Z', '2026-10-31T23:00:00.000Z'],
    ['by half an hour', '2026-04', 'Australia/Lord_Howe', '2026-03-31T13:00:00.000Z', '2026-04-30T13:30:00.000Z'],
    [
      'that lost its first day',
      '1995-01',
      'Pacific/Kiritimati',
      '1994-12-31T10:00:00.000Z',
      '1995-01-31T10:00:00.000Z',
    ],
  ])('%s', (_, name, timeZone, from, to) => {
    expect(bounds(name, timeZone)).toEqual([from, to]);
  });

  it('leave no moment to two months and none to no month', () => {
    fc.assert(
      fc.property(month, zone, (name, timeZone) => {
        const { from, to } = monthBounds(name, timeZone);
        expect(monthBounds(monthAfter(name), timeZone).from).toBe(to);
        expect([from - 1, from, to - 1, to].map((at) => monthOf(at, timeZone))).toEqual([
          monthAfter(name, -1),
          name,
          name,
          monthAfter(name),
        ]);
      }),
    );
  });

  it('are a whole number of days apart, but for a change of the clocks', () => {
    fc.assert(
      fc.property(month, zone, (name, timeZone) => {
        fc.pre(name < '1994' || name > '1996' || timeZone !== 'Pacific/Kiritimati');
        const { from, to } = monthBounds(name, timeZone);
        expect(Math.abs(to - from - daysIn(name) * 24 * HOUR)).toBeLessThanOrEqual(2 * HOUR);
      }),
    );
  });
});

describe('the month of a moment', () => {
  it('lies within its bounds, in any zone', () => {
    const moment = fc.integer({ min: Date.UTC(1980, 0, 1), max: Date.UTC(2100, 0, 1) });
    fc.assert(
      fc.property(moment, zone, (at, timeZone) => {
        const { from, to } = monthBounds(monthOf(at, timeZone), timeZone);
        expect(from).toBeLessThanOrEqual(at);
        expect(to).toBeGreaterThan(at);
      }),
    );
  });

  it('is that of the zone', () => {
    const at = Date.parse('2026-12-31T23:30:00Z');
    expect(['UTC', 'Europe/Berlin', 'America/New_York'].map((timeZone) => monthOf(at, timeZone))).toEqual([
      '2026-12',
      '2027-01',
      '2026-12',
    ]);
  });

  it('never goes back, not even where the clocks go back over midnight of the first', () => {
    const from = Date.parse('2009-11-01T00:00:00Z');
    const minutes = Array.from({ length: 8 * 60 }, (_, minute) => from + minute * 60_000);
    const months = minutes.map((at) => monthOf(at, 'America/St_Johns'));
    expect(months).toEqual(months.toSorted());
    expect(new Set(months)).toEqual(new Set(['2009-10', '2009-11']));
    // The clocks really show October again, or this would prove nothing.
    const day = new Intl.DateTimeFormat('en-US', { timeZone: 'America/St_Johns', day: 'numeric' });
    const days = minutes.map((at) => day.format(at));
    expect(days).not.toEqual(days.toSorted((a, b) => Number(b) - Number(a)));
  });
});

test('months are counted over the end of a year', () => {
  expect(['2026-11', '2026-12', '2027-01'].map((name) => [monthAfter(name, -1), monthAfter(name)])).toEqual([
    ['2026-10', '2026-12'],
    ['2026-11', '2027-01'],
    ['2026-12', '2027-02'],
  ]);
});
