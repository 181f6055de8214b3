import { describe, expect, test } from 'vitest';
import { readSchema } from './read-schema.js';

const nested = (depth: number): unknown => JSON.parse('{"a":'.repeat(depth) + '"String"' + '}'.repeat(depth));

describe('a schema', () => {
  test.each([
    [
      'an object',
      { id: 'String', tags: ['String'], any: [], map: {} },
      { id: 'String', tags: ['String'], any: [], map: {} },
    ],
    ['a text of JSON', '{"id":"String"}', { id: 'String' }],
    ['words in another case', { id: ' string ', name: 'LOCALIZEDSTRING' }, { id: 'String', name: 'LocalizedString' }],
    [
      'a list that shows the same twice',
      {
        a: [
          { b: 'String', c: 'Map' },
          { c: 'Map', b: 'String' },
        ],
      },
      { a: [{ b: 'String', c: 'Map' }] },
    ],
    ['nothing', undefined, null],
    ['null', null, null],
    ['an empty text', '  ', null],
    ['no fields', {}, null],
    ['no fields, as a text', '{}', null],
  ])('is read: %s', (_, value, schema) => {
    expect(readSchema(value)).toEqual({ kind: 'read', schema, repaired: false });
  });

  test.each([
    ['after a member', '{"a": {"b": "String",\n},}', { a: { b: 'String' } }],
    ['after an item', '{"a": ["String" , ]}', { a: ['String'] }],
    ['but not in names', '{"a,}": "String", "b\\\\\\",]": "Map",}', { 'a,}': 'String', 'b\\",]': 'Map' }],
  ])('loses commas that are too many: %s', (_, value, schema) => {
    expect(readSchema(value)).toEqual({ kind: 'read', schema, repaired: true });
  });

  test.each([
    ['text without a closing brace', '{"a": "String"', 'is a text that is no JSON'],
    ['text without a comma', '{"a": "String" "b": "Map"}', 'is a text that is no JSON'],
    ['a list', ['String'], 'is a list and no object'],
    ['a number', 7, 'is a number and no object'],
    ['a text of a text', '"String"', 'is a string and no object'],
    ['a word that is none', { a: { b: 'Strang' } }, 'says "Strang" at a.b, which is none of Boolean, Integer,'],
    ['a value that is no word', { a: [{ b: null }] }, 'has null at a[].b, neither a word, nor a list, nor an object'],
    ['a field without a name', { a: { ' ': 'String' } }, 'has a field without a name at a'],
    ['a list that shows two things', { a: ['String', 'Number'] }, 'shows 2 items that differ at a; a list shows one'],
    ['very many levels', nested(10_000), 'has more than 40 levels'],
    [
      'very many values',
      Object.fromEntries(Array.from({ length: 10_001 }, (_, index) => [`f${index}`, 'String'])),
      'describes more than 10000 values',
    ],
    ['a very long list', { a: Array.from({ length: 200_000 }, () => 'String') }, 'describes more than 10000 values'],
    ['a very long text', `{"a": "${' '.repeat(600_000)}"}`, 'is a text of 600009 characters; 500000 are read'],
    ['a very long word', { a: 'x'.repeat(100_000) }, `says "${'x'.repeat(80)}…" at a, `],
  ])('is not understood: %s', (_, value, message) => {
    expect(readSchema(value)).toEqual({ kind: 'unreadable', message: expect.stringContaining(message) });
  });

  test('is read in a moment, however it was made to be slow', () => {
    for (const text of [
      '"\\'.repeat(240_000),
      ', '.repeat(240_000),
      '['.repeat(480_000),
      `{${'"",'.repeat(100_000)}}`,
    ]) {
      const started = performance.now();
      expect(readSchema(text).kind).toBe('unreadable');
      expect(performance.now() - started).toBeLessThan(2000);
    }
  });

  test('has fields of its own alone', () => {
    const reading = readSchema('{"__proto__": {"a": "String"}, "b": "Map"}');
    expect(JSON.stringify(reading)).toBe(
      '{"kind":"read","schema":{"__proto__":{"a":"String"},"b":"Map"},"repaired":false}',
    );
    expect(({} as Record<string, unknown>)['a']).toBeUndefined();
  });
});
