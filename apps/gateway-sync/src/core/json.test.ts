import { expect, test } from 'vitest';
import { canonicalJson } from './json.js';

test('equal values are equal texts, whatever the order of their keys; the order of a list counts', () => {
  expect(canonicalJson({ b: [2, 1], a: { d: null, c: 'x' } })).toBe('{"a":{"c":"x","d":null},"b":[2,1]}');
  expect(canonicalJson([{ b: 1, a: 2 }])).toBe('[{"a":2,"b":1}]');
  expect(canonicalJson({ b: 1, c: 3, a: 2 })).toBe(canonicalJson({ c: 3, a: 2, b: 1 }));
});
