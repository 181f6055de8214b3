import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { exactNumber } from './exact-number.js';

const doubles = fc.double({ noNaN: true, noDefaultInfinity: true });

test('is what JavaScript writes, for every number that it can hold', () => {
  fc.assert(
    fc.property(doubles, (number) => {
      expect(exactNumber(JSON.stringify(number))).toBe(JSON.stringify(number));
    }),
  );
});

test('does not depend on how a number was written', () => {
  fc.assert(
    fc.property(doubles, fc.nat(30), (number, zeros) => {
      const plain = JSON.stringify(number);
      const [, mantissa = '', exponent = '0'] = /^([^e]+)(?:e(.+))?$/.exec(plain) ?? [];
      const padded = `${mantissa}${mantissa.includes('.') ? '' : '.'}${'0'.repeat(zeros + 1)}E${exponent}`;
      expect([exactNumber(padded), exactNumber(number.toExponential())]).toEqual([plain, plain]);
    }),
  );
});

test.each([
  ['12345678901234567890', '12345678901234567890'],
  ['9007199254740993.0', '9007199254740993'],
  ['0.1000000000000000055511151231257827', '0.1000000000000000055511151231257827'],
  ['1.50', '1.5'],
  ['100e-2', '1'],
  ['-0.0', '0'],
  ['0.000001', '0.000001'],
  ['0.0000001', '1e-7'],
  ['1e20', '100000000000000000000'],
  ['123456789012345678901234.5', '1.234567890123456789012345e+23'],
  ['1e400', '1e+400'],
])('%s is %s', (text, exact) => {
  expect(exactNumber(text)).toBe(exact);
});

test('leaves a number alone whose exponent is out of this world', () => {
  expect(exactNumber('1.0e99999999999999999999')).toBe('1.0e99999999999999999999');
});

test('takes no time for very many zeros', () => {
  expect(exactNumber(`1${'0'.repeat(1_000_000)}1e-1000001`)).toHaveLength(1_000_003);
});
