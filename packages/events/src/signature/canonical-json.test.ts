import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalJson } from './canonical-json.js';

/** The form for people: both ways to write numbers agree. */
function canonical(text: string): string | undefined {
  const form = canonicalJson(text, 'shortest');
  expect(canonicalJson(text, 'as-written')).toBe(form);
  return form;
}

test('sorts members at every level, keeps the order of lists, leaves out blanks', () => {
  expect(canonical(' { "b" : [ { "d" : 1 , "c" : null } , "x" ] ,\n\t"a" : true, "e": {}, "f": [ ] } ')).toBe(
    '{"a":true,"b":[{"c":null,"d":1},"x"],"e":{},"f":[]}',
  );
});

test('sorts names that look like numbers as texts', () => {
  expect(canonical('{"9":"nine","a":0,"10":"ten"}')).toBe('{"10":"ten","9":"nine","a":0}');
});

test('sorts by UTF-16 unit, upper case first, and a pair of units before what comes behind it', () => {
  expect(canonical('{"ä":1,"b":2,"B":3,"_":4,"\\uff5e":5,"😀":6}')).toBe('{"B":3,"_":4,"b":2,"ä":1,"😀":6,"～":5}');
});

test('a name like __proto__ is a name like any other', () => {
  expect(canonical('{"a":{"__proto__":{"x":1}},"__proto__":2}')).toBe('{"__proto__":2,"a":{"__proto__":{"x":1}}}');
});

test('writes whole numbers without a fraction, and loses no digit of large ones', () => {
  expect(canonical('[1.0, 12345678901234567890.00, -3.0, 0, 9007199254740993]')).toBe(
    '[1,12345678901234567890,-3,0,9007199254740993]',
  );
});

test('reads other numbers in two ways', () => {
  const text = '[1.50, 1E+2, 1.0e2]';
  expect([canonicalJson(text, 'as-written'), canonicalJson(text, 'shortest')]).toEqual([
    '[1.50,1E+2,1.0e2]',
    '[1.5,100,100]',
  ]);
});

test('writes texts in one way, whatever was escaped', () => {
  expect(canonical('"\\u0041\\/\\u00e9\\n\\u001F\\ud83d\\ude00\\ud800"')).toBe('"A/é\\n\\u001f😀\\ud800"');
});

test.each([
  ['two members of the same name', '{"a":1,"a":1}'],
  ['the same name, escaped', '{"a":1,"\\u0061":2}'],
  ['nothing', ''],
  ['a comma too many', '[1,]'],
  ['a comma too few', '{"a":1 "b":2}'],
  ['no colon', '{"a" 1}'],
  ['a name without quotes', '{a:1}'],
  ['something behind it', '{} {}'],
  ['a text without end', '"abc'],
  ['a text that ends in a backslash', '"abc\\'],
  ['a line break in a text', '"a\nb"'],
  ['a number with a zero in front', '01'],
  ['NaN', 'NaN'],
  ['a byte order mark', '\ufeff{}'],
  ['an object without end', '{"a":1'],
])('there is no canonical form for %s', (_, text) => {
  expect(canonical(text)).toBeUndefined();
});

const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);

test('there is none for what is nested too deeply', () => {
  expect(canonical(nested(200))).toBe(nested(200));
  expect(canonical(nested(202))).toBeUndefined();
  expect(canonical('{"a":'.repeat(100_000))).toBeUndefined();
});

const json = fc.jsonValue({ stringUnit: 'grapheme' });

test('means the same value as before, and is its own canonical form', () => {
  fc.assert(
    fc.property(json, fc.constantFrom(undefined, 1, '\t'), (value, indent) => {
      const text = JSON.stringify(value, undefined, indent);
      const form = canonicalJson(text, 'shortest') ?? '';
      expect(JSON.parse(form)).toEqual(JSON.parse(text));
      expect(canonical(form)).toBe(form);
    }),
  );
});

const write = (members: readonly string[]): string => `{${members.join(', ')}}`;

test('does not depend on the order of members', () => {
  const names = fc.uniqueArray(fc.oneof(fc.string(), fc.nat().map(String)), { maxLength: 8 });
  fc.assert(
    fc.property(names, fc.infiniteStream(json), (keys, values) => {
      const members = keys.map((key) => `${JSON.stringify(key)}: ${JSON.stringify(values.next().value)}`);
      expect(canonicalJson(write(members), 'shortest')).toBe(canonicalJson(write(members.toReversed()), 'shortest'));
    }),
  );
});

test('exists for a text exactly when it is JSON, no name twice', () => {
  const nearJson = fc.array(
    fc.constantFrom('{', '}', '[', ']', ':', ',', '"a"', '"b"', '1', '-', '.5', 'e3', 'null', 'true', ' ', '"', '\\u0'),
    { maxLength: 7 },
  );
  fc.assert(
    fc.property(
      nearJson.map((parts) => parts.join('')),
      (text) => {
        const twice = /("[ab]"):.*\1:/.test(text.replaceAll(' ', ''));
        fc.pre(!twice);
        expect(canonicalJson(text, 'shortest') !== undefined).toBe(isJson(text));
      },
    ),
    { numRuns: 2_000 },
  );
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
