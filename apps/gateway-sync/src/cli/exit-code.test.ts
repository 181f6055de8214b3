import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { OUTCOMES } from '../core/result.js';
import { EXIT, exitCode, mostSevere } from './exit-code.js';

test('each outcome of a single tenant has its code', () => {
  expect(OUTCOMES.map((outcome) => [outcome, exitCode('plan', [outcome]), exitCode('apply', [outcome])])).toEqual([
    ['in-sync', 0, 0],
    ['changed', 0, 0],
    ['drifted', 2, 0],
    ['partial', 1, 3],
    ['blocked', 4, 4],
    ['failed', 1, 1],
  ]);
});

test('no tenant is no problem', () => {
  expect([exitCode('plan', []), exitCode('apply', [])]).toEqual([0, 0]);
});

test('the most severe code wins: ok, changes, partly, withheld, error, invalid, interrupted', () => {
  const order = [EXIT.ok, EXIT.changes, EXIT.partial, EXIT.withheld, EXIT.error, EXIT.invalid, EXIT.interrupted];
  expect(order.map((_, index) => mostSevere(order.slice(0, index + 1)))).toEqual(order);
});

test('law: the code of many tenants is the most severe of their own codes, in any order', () => {
  const outcomes = fc.array(fc.constantFrom(...OUTCOMES), { maxLength: 8 });
  fc.assert(
    fc.property(fc.constantFrom('plan' as const, 'apply' as const), outcomes, (command, all) => {
      const code = exitCode(command, all);
      expect(code).toBe(mostSevere(all.map((one) => exitCode(command, [one]))));
      expect(exitCode(command, all.toReversed())).toBe(code);
    }),
  );
});
