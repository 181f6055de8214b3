import { describe, expect, test } from 'vitest';
import { type RawEventType, readCatalogue } from './read-catalogue.js';
import { refreshCatalogue } from './refresh-catalogue.js';
import { uniteCatalogues } from './unite-catalogues.js';

const raw = (type: unknown, schema: unknown = { id: 'String' }, group: unknown = { en: 'Order' }): RawEventType => ({
  type,
  group,
  schema,
});

describe('the catalogue of a tenant', () => {
  test('is sorted, in lower case, with groups in English', () => {
    expect(readCatalogue([raw('Order.Created'), raw('cart.closed', null, { de: 'Korb', 'en-GB': ' Cart ' })])).toEqual({
      types: [
        { type: 'cart.closed', group: 'Cart', anyGroup: 'Cart', schema: null },
        { type: 'order.created', group: 'Order', anyGroup: 'Order', schema: { id: 'String' } },
      ],
      complaints: [],
    });
  });

  test('loses the rows that nobody could handle, and says so', () => {
    const rows = [raw(undefined), raw('order'), raw('a/../b.c'), raw(`a.${'b'.repeat(300)}`), raw('a.b'), raw('A.B')];
    expect(readCatalogue(rows)).toEqual({
      types: [expect.objectContaining({ type: 'a.b' })],
      complaints: [
        { kind: 'nameless', type: '', message: 'row 1 has null for an event type' },
        { kind: 'nameless', type: '', message: 'row 2 has "order" for an event type' },
        { kind: 'nameless', type: '', message: 'row 3 has "a/../b.c" for an event type' },
        { kind: 'nameless', type: '', message: expect.stringMatching(/^row 4 has "a\.b{78}" for/) },
        { kind: 'disagreement', type: 'a.b', message: 'has more than one row; the first one counts' },
      ],
    });
  });

  test('tells what it could not read, and what it mended', () => {
    const { types, complaints } = readCatalogue([raw('a.x', '{"a":'), raw('b.x', '{"a":"Map",}')]);
    expect(types.map(({ schema }) => schema)).toEqual([undefined, { a: 'Map' }]);
    expect(complaints).toEqual([
      { kind: 'unreadable', type: 'a.x', message: 'its schema is a text that is no JSON' },
      { kind: 'repaired', type: 'b.x', message: 'its schema has commas before closing brackets' },
    ]);
  });

  test.each([
    ['in German alone', { de: 'Bestellung' }, 'Known', 'Bestellung'],
    ['as a text', 'Sales', 'Sales', 'Sales'],
    ['not at all', null, 'Known', 'Other'],
    ['in more than one line', { en: 'a\nb' }, 'Known', 'Other'],
  ])('with a group that is told %s keeps the known one, or takes what there is', (_, group, kept, fresh) => {
    const { types } = readCatalogue([raw('a.x', null, group)]);
    const known = [{ type: 'a.x', group: 'Known', schema: null }];
    expect(refreshCatalogue(known, types, false).catalogue[0]?.group).toBe(kept);
    expect(refreshCatalogue([], types, false).catalogue[0]?.group).toBe(fresh);
  });
});

describe('several tenants', () => {
  test('have together what one of them has', () => {
    const { types, complaints } = uniteCatalogues([
      readCatalogue([raw('a.x', { a: 'String', l: [], o: { p: 'Map' } }), raw('b.x', null, { de: 'B' })]),
      readCatalogue([
        raw('a.x', { b: 'Number', l: ['String'], o: { q: 'Map' } }),
        raw('b.x', '{', { en: 'Bee' }),
        raw('c.x'),
      ]),
    ]);
    expect(complaints.map(({ kind }) => kind)).toEqual(['unreadable']);
    expect(types.map(({ type, group, schema }) => [type, group, schema])).toEqual([
      ['a.x', 'Order', { a: 'String', l: ['String'], o: { p: 'Map', q: 'Map' }, b: 'Number' }],
      ['b.x', 'Bee', null],
      ['c.x', 'Order', { id: 'String' }],
    ]);
  });

  test('that differ are told, once, and the first one counts', () => {
    const [first, second] = [
      { a: ['String'], m: 'Map' },
      { a: ['Number'], m: {} },
    ];
    const { types, complaints } = uniteCatalogues(
      [first, second, second].map((schema) => readCatalogue([raw('a.x', schema)])),
    );
    expect(types[0]?.schema).toEqual(first);
    expect(complaints).toEqual(
      ['a[]', 'm'].map((place) => ({
        kind: 'disagreement',
        type: 'a.x',
        message: `tenants differ in what ${place} is; the first one in the file counts`,
      })),
    );
  });
});

describe('a refresh', () => {
  const known = [
    { type: 'a.x', group: 'A', schema: { z: 'String', b: 'Map' } },
    { type: 'b.x', group: 'B', schema: { z: 'String' } },
  ] as const;

  test('keeps the order of the fields that are known, with new ones behind them', () => {
    const { types } = readCatalogue([raw('a.x', { a: 'Map', b: 'Map', c: 'Map', z: 'String' }, 'A')]);
    const [first] = refreshCatalogue(known, types, false).catalogue;
    expect(Object.keys(first?.schema ?? {})).toEqual(['z', 'b', 'a', 'c']);
  });

  test('keeps a schema that could not be read, also where everything else that is missing goes', () => {
    const { types } = readCatalogue([raw('a.x', '{', 'A')]);
    expect(refreshCatalogue(known, types, true)).toMatchObject({
      catalogue: [known[0]],
      changes: [{ kind: 'type-removed', type: 'b.x' }],
      missing: [],
    });
  });

  test('keeps what no tenant has, and says so, unless they have everything', () => {
    const { types } = readCatalogue([raw('a.x', null, 'A')]);
    expect(refreshCatalogue(known, types, false)).toEqual({
      catalogue: known,
      changes: [],
      missing: [
        { type: 'a.x', what: 'schema' },
        { type: 'b.x', what: 'type' },
      ],
    });
    expect(refreshCatalogue(known, types, true).changes.map(({ kind }) => kind)).toEqual([
      'schema-removed',
      'type-removed',
    ]);
  });
});
