import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import type { Json } from '../json.js';
import { canonicalJson } from './canonical-json.js';

test('sorts members at every level and keeps the order of lists', () => {
  expect(canonicalJson({ b: [{ d: 1, c: null }, 'x'], a: true })).toBe('{"a":true,"b":[{"c":null,"d":1},"x"]}');
});

test('sorts names that look like numbers as texts', () => {
  expect(canonicalJson({ 9: 'nine', 10: 'ten', a: 0 })).toBe('{"10":"ten","9":"nine","a":0}');
});

test('sorts by UTF-16 unit, upper case first', () => {
  expect(canonicalJson({ ä: 1, b: 2, B: 3, _: 4 })).toBe('{"B":3,"_":4,"b":2,"ä":1}');
});

test('writes a whole number without a fraction', () => {
  expect(canonicalJson(parse('{"version":1.0}'))).toBe('{"version":1}');
});

const parse = (text: string): Json => z.json().parse(JSON.parse(text));
const json = fc.jsonValue({ stringUnit: 'grapheme' }).map((value) => parse(JSON.stringify(value)));

test('means the same value as before', () => {
  fc.assert(
    fc.property(json, (value) => {
      expect(JSON.parse(canonicalJson(value))).toEqual(value);
    }),
  );
});

test('does not depend on the order of members', () => {
  const names = fc.uniqueArray(fc.oneof(fc.string(), fc.nat().map(String)), { maxLength: 8 });
  fc.assert(
    fc.property(names, fc.infiniteStream(json), (keys, values) => {
      const members = keys.map((key): [string, Json] => [key, values.next().value]);
      expect(canonicalJson(Object.fromEntries(members))).toBe(canonicalJson(Object.fromEntries(members.toReversed())));
    }),
  );
});

test('is its own canonical form', () => {
  fc.assert(
    fc.property(json, (value) => {
      const once = canonicalJson(value);
      expect(canonicalJson(parse(once))).toBe(once);
    }),
  );
});
