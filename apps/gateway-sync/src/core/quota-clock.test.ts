import { expect, test } from 'vitest';
import { QUOTA_POLICY } from '../../test/support/values.js';
import { AccessDeniedError, UnavailableError } from './errors.js';
import { type ClockFacts, nextReadingMs, retryReadingMs } from './quota-clock.js';
import { restoreDelay } from './shedding.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const usage = (used: number) => ({ month: '2026-11', used, limit: 1000, percent: used / 10, crossed: [] });
const facts: ClockFacts = {
  now: Date.UTC(2026, 10, 10),
  tenant: 'acme',
  month: '2026-11',
  policy: { ...QUOTA_POLICY, warnAt: [70] },
  ratePerDay: 240,
  jitter: 0,
  random: 0.5,
};
const incomplete = { reason: 'incomplete', message: '', since: 0 } as const;

test.each<[string, Partial<ClockFacts>, number]>([
  ['a quarter of the time to the threshold', { usage: usage(620) }, 2 * HOUR],
  ['five minutes at least', { usage: usage(699) }, 5 * MINUTE],
  ['six hours at most', { usage: usage(1) }, 6 * HOUR],
  ['the last threshold is the limit', { usage: usage(920) }, 2 * HOUR],
  ['a rung counts where it is heeded', { usage: usage(720), policy: { ...facts.policy, shed: 'advise' } }, 2 * HOUR],
  ['after exhaustion', { usage: usage(1000) }, 6 * HOUR],
  ['with nothing sent', { usage: usage(620), ratePerDay: 0 }, 6 * HOUR],
  ['in doubt', { unknown: incomplete }, HOUR],
  ['shortened by the jitter', { usage: usage(620), jitter: 0.1 }, 1.9 * HOUR],
])('%s', (_, more, expected) => {
  expect(nextReadingMs({ ...facts, ...more })).toBe(expected);
});

test('a new month is looked at when it is the turn of the tenant, in the zone of its quota', () => {
  const policy = { ...facts.policy, timeZone: 'Europe/Berlin' };
  const now = Date.parse('2026-11-30T22:00:00Z');
  expect(nextReadingMs({ ...facts, policy, now })).toBe(HOUR + MINUTE + restoreDelay('acme', '2026-12'));
});

test('a failure is tried again after five minutes, then later and later, and not before it was asked to', () => {
  const down = new UnavailableError('503', { operation: 'getStatistics', retryAfterMs: 7 * MINUTE });
  const denied = new AccessDeniedError('403', { operation: 'getStatistics' });
  const waits = (error: AccessDeniedError | UnavailableError) =>
    [1, 2, 5, 99].map((failures) => retryReadingMs(error, failures, facts) / MINUTE);
  expect(waits(down)).toEqual([7, 10, 60, 60]);
  expect(waits(denied)).toEqual([5, 10, 80, 360]);
});
