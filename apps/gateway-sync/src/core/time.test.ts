import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { nextWait, type Failure, type Wait } from './backoff.js';
import { UnavailableError } from './errors.js';
import { monthOf } from './quota-month.js';
import { jittered, spacing, type Cadence } from './schedule.js';
import { queuePriority, servedAs } from './urgency.js';

/** No zone, no month and no jump of a clock may change what is decided here. */

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const cadence: Cadence = { intervalMs: 5 * 60_000, maxIntervalMs: HOUR, jitter: 0.1 };
const clean: Failure = { outcome: 'in-sync', items: [], transient: false };
const down: Failure = {
  ...clean,
  outcome: 'failed',
  transient: true,
  error: new UnavailableError('503', { operation: 'listSubscriptions', status: 503 }),
};

/** Behind and ahead of UTC, with summer time in the north, in the south and by half an hour, and with a skipped day. */
const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/St_Johns',
  'Australia/Lord_Howe',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
  'Pacific/Apia',
];
/** Moments at which calendars do something. */
const MOMENTS = {
  'the last of a short month': Date.parse('2027-02-28T23:59:59.999Z'),
  'the first of the month after': Date.parse('2027-03-01T00:00:00.000Z'),
  'a leap day': Date.parse('2028-02-29T12:00:00Z'),
  'the end of a leap day': Date.parse('2028-02-29T23:59:59.999Z'),
  'the end of a year': Date.parse('2026-12-31T23:59:59.999Z'),
  'the hour that Berlin skips': Date.parse('2027-03-28T01:00:00Z'),
  'the hour that Berlin has twice': Date.parse('2026-10-25T01:00:00Z'),
  'the hour that New York skips': Date.parse('2027-03-14T07:00:00Z'),
  'the hour that New York has twice': Date.parse('2026-11-01T06:00:00Z'),
};

const zone = process.env['TZ'];
afterEach(() => {
  if (zone === undefined) delete process.env['TZ'];
  else process.env['TZ'] = zone;
});

function inZone<Result>(name: string, work: () => Result): Result {
  process.env['TZ'] = name;
  return work();
}

describe('the month of the quota', () => {
  it('changes with the zone of the process nowhere', () => {
    const months = ZONES.map((name) => inZone(name, () => Object.values(MOMENTS).map((at) => monthOf(at, 'UTC'))));
    expect(new Set(months.map((list) => list.join(' ')))).toEqual(
      new Set(['2027-02 2027-03 2028-02 2028-02 2026-12 2027-03 2026-10 2027-03 2026-11']),
    );
    // The zones are real, or this would prove nothing.
    const days = ZONES.map((name) => inZone(name, () => new Date(MOMENTS['the end of a year']).getDate()));
    expect(new Set(days)).toEqual(new Set([31, 1]));
  });

  it('begins at midnight UTC of the first, whatever month it is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1970, max: 2200 }), fc.integer({ min: 0, max: 11 }), (year, month) => {
        const first = Date.UTC(year, month, 1);
        const before = new Date(first - 1);
        expect(monthOf(first, 'UTC')).toBe(`${year}-${String(month + 1).padStart(2, '0')}`);
        expect(monthOf(first - 1, 'UTC')).toBe(
          `${before.getUTCFullYear()}-${String(before.getUTCMonth() + 1).padStart(2, '0')}`,
        );
        expect(monthOf(first, 'UTC')).not.toBe(monthOf(first - 1, 'UTC'));
      }),
    );
  });

  it('never goes back while time goes on', () => {
    const moment = fc.integer({ min: 0, max: Date.UTC(2200, 0, 1) });
    fc.assert(
      fc.property(moment, fc.nat(400 * DAY), (now, later) => {
        expect(Date.parse(monthOf(now + later, 'UTC'))).toBeGreaterThanOrEqual(Date.parse(monthOf(now, 'UTC')));
      }),
    );
  });
});

describe('waits', () => {
  it('are lengths of time: the same in every zone and at every moment', () => {
    const lists = ZONES.map((name) =>
      inZone(name, () => {
        let wait: Wait | undefined;
        const waits = [clean, clean, clean, down, down, clean].map(
          (result) => (wait = nextWait(wait, result, cadence)).intervalMs,
        );
        return [...waits, jittered(HOUR, 0.1, 0.75), spacing(100, { intervalMs: HOUR, requestsPerSecond: 10 })].join();
      }),
    );
    expect(new Set(lists)).toEqual(new Set(['300000,600000,1200000,15000,30000,300000,3780000,200']));
  });
});

describe('urgency', () => {
  it.each(Object.entries(MOMENTS))('keeps its order across %s', (_, moment) => {
    const order = ZONES.map((name) =>
      inZone(name, () =>
        [-2 * HOUR, -HOUR, -60_000, 0, 60_000, HOUR].map((from) => queuePriority('interval', moment + from)),
      ),
    );
    expect(new Set(order.map((list) => list.join())).size).toBe(1);
    expect(order[0]).toEqual(order[0]?.toSorted((a, b) => a - b));
    expect(new Set(order[0]).size).toBe(6);
  });

  it('forgets nobody who was waiting when the clock was set back: it is served as soon as the clock has caught up', () => {
    const due = Date.parse('2026-11-25T12:00:00Z');
    const others = Array.from({ length: 4 * 60 }, (_, minute) => due - 3 * HOUR + minute * 60_000);
    const before = others.filter((later) => servedAs('interval', later) < servedAs('interval', due));
    expect(before).toHaveLength(3 * 60);
  });
});
