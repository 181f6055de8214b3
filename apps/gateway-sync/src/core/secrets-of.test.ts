import { expect, test } from 'vitest';
import { Secret } from './secret.js';
import { secretsOf } from './secrets-of.js';

test('every secret of a value is found, in lists and mappings, and nothing else', () => {
  const [a, b, c] = ['a', 'b', 'c'].map((text) => new Secret(text));
  const value = { x: a, y: [{ z: b, plain: 'text' }], none: null, deep: { deeper: { deepest: [[c]] } } };
  expect(secretsOf(value).map((secret) => secret.reveal())).toEqual(['a', 'b', 'c']);
  expect(secretsOf(undefined)).toEqual([]);
});
