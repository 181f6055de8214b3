import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { globMatcher, globProblem, isGlob } from './glob.js';

const matching = (pattern: string, names: string[]) => names.filter(globMatcher(pattern));
const catalogue = ['customer.logged.in', 'index-item.deleted', 'product.created', 'product.deleted', 'product.updated'];

describe('a glob over event types', () => {
  test('takes any characters for *, dots and hyphens too', () => {
    expect(matching('*', catalogue)).toEqual(catalogue);
    expect(matching('c*n', catalogue)).toEqual(['customer.logged.in']);
    expect(matching('*.deleted', catalogue)).toEqual(['index-item.deleted', 'product.deleted']);
  });

  test('takes exactly one character for ?', () => {
    expect(matching('product.?reated', catalogue)).toEqual(['product.created']);
    expect(matching('product.created?', catalogue)).toEqual([]);
  });

  test('takes one of the words in braces, in several places', () => {
    expect(matching('{product,index-item}.{deleted,updated}', catalogue)).toEqual([
      'index-item.deleted',
      'product.deleted',
      'product.updated',
    ]);
  });

  test('takes a dot as a dot and ignores case', () => {
    expect(matching('product.created', ['productXcreated', 'PRODUCT.Created'])).toEqual(['PRODUCT.Created']);
  });

  test('stays quick on a pattern that would make an expression backtrack', () => {
    const started = performance.now();
    expect(globMatcher(`${'*a'.repeat(60)}b`)('a'.repeat(200))).toBe(false);
    expect(performance.now() - started).toBeLessThan(200);
  });

  test('agrees with the same pattern written as a regular expression', () => {
    const expressions = new Map([
      ['*', '.*'],
      ['?', '.'],
      ['.', '\\.'],
    ]);
    const piece = fc.constantFrom('a', 'b', '.', '-', '*', '?');
    const text = fc.array(fc.constantFrom('a', 'b', '.', '-'), { maxLength: 8 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 8 }), text, (pieces, eventType) => {
        const source = pieces.map((part) => expressions.get(part) ?? part).join('');
        expect(globMatcher(pieces.join(''))(eventType)).toBe(new RegExp(`^${source}$`).test(eventType));
      }),
      { numRuns: 2000 },
    );
  });
});

test('only patterns with a wildcard or braces are globs', () => {
  expect(['product.created', 'product.*', 'product.?', '{a,b}'].map(isGlob)).toEqual([false, true, true, true]);
});

test.each([
  ['product created', 'an event type has letters'],
  ['product.[ab]', 'an event type has letters'],
  ['a{b', 'braces must be closed'],
  ['a{b{c}}', 'braces must be closed'],
  ['a,b', 'braces must be closed'],
  ['{a,b}'.repeat(9), 'more than 256 combinations'],
])('%s is refused with a reason', (pattern, reason) => {
  expect(globProblem(pattern)).toContain(reason);
});

test.each(['product.created', 'index-item.*', '{a,b}.?', 'x_y'])('%s is fine', (pattern) => {
  expect(globProblem(pattern)).toBeUndefined();
});
