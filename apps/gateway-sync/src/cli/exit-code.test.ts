import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { OUTCOMES, type Outcome } from '../core/result.js';
import { EXIT, exitCode, mostSevere, RECONCILING_COMMANDS } from './exit-code.js';

test('each outcome of a single tenant has its code', () => {
  const codes = OUTCOMES.map((outcome) => [
    outcome,
    ...RECONCILING_COMMANDS.map((command) => exitCode(command, [outcome])),
  ]);
  expect(RECONCILING_COMMANDS).toEqual(['plan', 'apply', 'status']);
  expect(codes).toEqual([
    ['in-sync', 0, 0, 0],
    ['changed', 0, 0, 0],
    ['drifted', 2, 0, 2],
    ['partial', 1, 3, 1],
    ['blocked', 4, 4, 4],
    ['failed', 1, 1, 1],
  ]);
});

/** The rules as the documentation tells them, for any tenants together. */
const RULES = {
  plan: (has: (outcome: Outcome) => boolean) => {
    if (has('failed') || has('partial')) return 1;
    if (has('blocked')) return 4;
    return has('drifted') ? 2 : 0;
  },
  apply: (has: (outcome: Outcome) => boolean) => {
    if (has('failed')) return 1;
    if (has('blocked')) return 4;
    return has('partial') ? 3 : 0;
  },
} as const;

const pairs = OUTCOMES.flatMap((first) => OUTCOMES.map((second) => [first, second]));
const triples = pairs.flatMap((pair) => OUTCOMES.map((third) => [...pair, third]));

test.each(RECONCILING_COMMANDS)('%s: every pair and triple of outcomes, in any order, follows the rules', (command) => {
  const rule = RULES[command === 'apply' ? 'apply' : 'plan'];
  const wrong = [...pairs, ...triples].filter(
    (outcomes) => exitCode(command, outcomes) !== rule((outcome) => outcomes.includes(outcome)),
  );
  expect([pairs.length + triples.length, wrong]).toEqual([252, []]);
});

test('no tenant is no problem', () => {
  expect(RECONCILING_COMMANDS.map((command) => exitCode(command, []))).toEqual([0, 0, 0]);
});

test('the most severe code wins: ok, changes, partly, withheld, error, invalid, interrupted', () => {
  const order = [EXIT.ok, EXIT.changes, EXIT.partial, EXIT.withheld, EXIT.error, EXIT.invalid, EXIT.interrupted];
  expect(order.map((_, index) => mostSevere(order.slice(0, index + 1)))).toEqual(order);
});

test('law: the code of many tenants is the most severe of their own codes, in any order', () => {
  const outcomes = fc.array(fc.constantFrom(...OUTCOMES), { maxLength: 8 });
  fc.assert(
    fc.property(fc.constantFrom(...RECONCILING_COMMANDS), outcomes, (command, all) => {
      const code = exitCode(command, all);
      expect(code).toBe(mostSevere(all.map((one) => exitCode(command, [one]))));
      expect(exitCode(command, all.toReversed())).toBe(code);
    }),
  );
});
