import { describe, expect, test } from 'vitest';
import { noteFailure, type Failing } from './failing.js';

const HOUR = 3_600_000;

/** After which of the failures (in hours) the endpoint is disabled; undefined when after none. */
function disabledAfter(hours: readonly number[], rule: Parameters<typeof noteFailure>[2], exhausted = true) {
  let failing: Failing | undefined;
  return hours.find((hour) => {
    const noted = noteFailure(failing, { at: hour * HOUR, exhausted }, rule);
    failing = noted.failing;
    return noted.disable;
  });
}

describe('the hosted rule', () => {
  test.for<readonly [string, readonly number[], number | undefined]>([
    ['five days after two failures that are 12 hours apart', [0, 12, 131, 132], 132],
    ['not when they are less than 12 hours apart', [0, 11.9, 500], undefined],
    ['also when a day lies between them', [0, 24, 144], 144],
    ['not when more than a day lies between them', [0, 24.1, 144.1, 264.1], undefined],
    ['at the next failure only', [0, 12, 500], 500],
  ])('disables %s', ([, hours, expected]) => {
    expect(disabledAfter(hours, 'hosted')).toBe(expected);
  });
});

describe('the rule of the open server', () => {
  test('disables five days after the first message that was given up', () => {
    expect(disabledAfter([0, 119, 120], 'oss')).toBe(120);
  });

  test('sees no failure that is retried', () => {
    expect(disabledAfter([0, 120, 240], 'oss', false)).toBeUndefined();
  });
});

test('nothing is disabled where there is no rule', () => {
  expect(disabledAfter([0, 12, 500, 5_000], 'never')).toBeUndefined();
});
