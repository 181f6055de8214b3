import { expect, test } from 'vitest';
import { InvalidCatalogueError, readCatalogue } from './catalogue.ts';

const read = (rows: unknown): ReturnType<typeof readCatalogue> => readCatalogue(JSON.stringify(rows), 'catalog.json');
const row = (overrides: object = {}): object => ({
  type: 'order.created',
  group: 'Order',
  schema: { id: 'String' },
  ...overrides,
});

function problemsOf(run: () => unknown): readonly string[] {
  try {
    run();
  } catch (error) {
    if (error instanceof InvalidCatalogueError) return error.problems;
    throw error;
  }
  return [];
}

test('reads rows sorted by type, whatever their order', () => {
  const rows = [
    row({ type: 'b.c', schema: null }),
    row({ type: 'a.b', schema: { a: ['Number'], b: { c: 'Map' }, d: [] } }),
  ];
  expect(read(rows)).toEqual(read(rows.toReversed()));
  expect(read(rows)).toEqual([
    {
      type: 'a.b',
      group: 'Order',
      payload: {
        kind: 'object',
        fields: [
          { name: 'a', shape: { kind: 'list', of: { kind: 'token', token: 'Number' } } },
          { name: 'b', shape: { kind: 'object', fields: [{ name: 'c', shape: { kind: 'token', token: 'Map' } }] } },
          { name: 'd', shape: { kind: 'list', of: undefined } },
        ],
      },
    },
    { type: 'b.c', group: 'Order', payload: undefined },
  ]);
});

test('a name that stands for keys of the data makes a map; a plain field of that name does not', () => {
  const [event] = read([
    row({ schema: { sitePrices: { siteCode: [{ id: 'String' }] }, site: { siteCode: 'String' } } }),
  ]);
  expect(event?.payload).toMatchObject({
    fields: [
      { shape: { kind: 'map', of: { kind: 'list' } } },
      { shape: { kind: 'object', fields: [{ name: 'siteCode' }] } },
    ],
  });
});

test.each([
  [
    'a token of another language',
    { schema: { a: { b: ['Date'] } } },
    'schema.a.b[]: "Date" is none of Boolean, Integer',
  ],
  ['a token in small letters', { schema: { a: 'string' } }, 'schema.a: "string" is none of'],
  ['a number', { schema: { a: 1 } }, 'schema.a: 1 is neither a token, nor a list, nor an object'],
  ['null in a schema', { schema: { a: null } }, 'schema.a: null is neither'],
  [
    'a list of two items',
    { schema: { a: ['String', 'Number'] } },
    'schema.a: a list shows one of its items, this one shows 2',
  ],
  ['a field without name', { schema: { '': 'String' } }, 'schema: a field has no name'],
  ['a schema that is a token', { schema: 'String' }, 'schema must be an object, or null'],
  ['a schema that is a list', { schema: [] }, 'schema must be an object, or null'],
  ['no schema', { schema: undefined }, 'schema must be an object, or null'],
  ['no group', { group: ' ' }, 'group must be a text'],
  ['a key too many', { fields: {} }, 'has a "fields" too many'],
  ['a type in capitals', { type: 'ORDER.CREATED' }, 'type must be like order.created, in lower case'],
  ['a type without dot', { type: 'order' }, 'type must be like order.created'],
])('%s is a problem of its row', (_, overrides, message) => {
  const problems = problemsOf(() => read([row({ type: 'cart.closed' }), row(overrides)]));
  const { type } = { type: 'order.created', ...overrides };
  expect(problems).toEqual([expect.stringContaining(`catalog.json: row 2 (${type}): ${message}`)]);
});

test('every problem is told, not the first alone', () => {
  expect(problemsOf(() => read([row({ schema: { a: 'X', b: 1 } }), row({ group: '' }), 'row', row()]))).toEqual([
    'catalog.json: row 1 (order.created): schema.a: "X" is none of Boolean, Integer, LocalizedString, Map, Number, Object, String',
    'catalog.json: row 1 (order.created): schema.b: 1 is neither a token, nor a list, nor an object',
    'catalog.json: row 2 (order.created): group must be a text',
    'catalog.json: row 3: type must be like order.created, in lower case',
    'catalog.json: row 3: group must be a text',
    'catalog.json: row 3: schema must be an object, or null when none is published',
    'catalog.json: row 2 (order.created): is in row 1 already',
    'catalog.json: row 4 (order.created): is in row 1 already',
  ]);
});

test.each(['', '{', '{}', '[]', 'null'])('%j is no catalogue', (text) => {
  expect(problemsOf(() => readCatalogue(text, 'catalog.json'))).toEqual([expect.stringMatching(/^catalog\.json: /)]);
});
