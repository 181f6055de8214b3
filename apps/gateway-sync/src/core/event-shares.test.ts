import { expect, test } from 'vitest';
import { isTooOld, sharesToRead } from './event-shares.js';

const HOUR = 3_600_000;
const NOW = Date.parse('2026-11-21T00:00:00Z');
const WEEK = 7 * 24 * HOUR;

test.each([
  ['for the first time', {}, true],
  ['not before six hours are over', { sharesAskedAt: NOW - 6 * HOUR + 1 }, false],
  ['after six hours', { sharesAskedAt: NOW - 6 * HOUR }, true],
  ['not at the same moment', { sharesAskedAt: NOW }, false],
  ['when a clock was set back', { sharesAskedAt: NOW + 1 }, true],
])('the events of a week are counted: %s', (_, known, isDue) => {
  expect(sharesToRead(known, NOW)).toEqual(isDue ? { from: NOW - WEEK, to: NOW } : undefined);
});

test('what was counted more than a week ago is too old', () => {
  expect([NOW, NOW - WEEK, NOW - WEEK - 1].map((to) => isTooOld({ from: 0, to }, NOW))).toEqual([false, false, true]);
});
