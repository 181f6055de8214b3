import { expect, test } from 'vitest';
import { judgeShapes, LEVELS, type Level } from './catalogue-levels.js';
import type { Catalogue, CatalogueRow, Fields, Shape } from './catalogue-row.js';
import { type CatalogueChange, compareCatalogues, highestLevel } from './compare-catalogues.js';

const row = (schema: Fields | null, more: Partial<CatalogueRow> = {}): CatalogueRow => ({
  type: 'order.created',
  group: 'Order',
  schema,
  ...more,
});
const of = (shape: Shape): Catalogue => [row({ id: 'String', x: shape })];
const told = (changes: readonly CatalogueChange[]) =>
  changes.map(({ kind, place, before, after, level }) => [kind, place, before, after, level]);

const ITEM: Shape = { id: 'String', price: 'Number' };

/** What it was, what it is, and the one change that there is. */
const CASES: readonly [string, Catalogue, Catalogue, ...(readonly unknown[])][] = [
  ['a new event type', [], of('String'), 'type-added', '', undefined, 'Order', 'additive'],
  ['an event type that is gone', of('String'), [], 'type-removed', '', 'Order', undefined, 'breaking'],
  ['another group', [row(null)], [row(null, { group: 'Sale' })], 'group-changed', '', 'Order', 'Sale', 'additive'],
  [
    'a schema that appears',
    [row(null)],
    [row({ id: 'String' })],
    'schema-added',
    '',
    undefined,
    'object with id',
    'risky',
  ],
  [
    'a schema that vanishes',
    [row({ id: 'String' })],
    [row(null)],
    'schema-removed',
    '',
    'object with id',
    undefined,
    'breaking',
  ],
  ['a new field', [row({})], [row({ a: 'String' })], 'field-added', 'a', undefined, 'String', 'additive'],
  [
    'a field that is gone',
    [row({ a: [ITEM] })],
    [row({})],
    'field-removed',
    'a',
    'list of object with id, price',
    undefined,
    'breaking',
  ],
  [
    'a new field of items',
    of([{ id: 'String' }]),
    of([ITEM]),
    'field-added',
    'x[].price',
    undefined,
    'Number',
    'additive',
  ],
  [
    'a field of items that is gone',
    of([ITEM]),
    of([{ id: 'String' }]),
    'field-removed',
    'x[].price',
    'Number',
    undefined,
    'breaking',
  ],
  ['another word', of('Number'), of('String'), 'field-changed', 'x', 'Number', 'String', 'breaking'],
  [
    'another word deep inside',
    of({ a: [{ b: 'Number' }] }),
    of({ a: [{ b: 'String' }] }),
    'field-changed',
    'x.a[].b',
    'Number',
    'String',
    'breaking',
  ],
  ['fractions that may come', of('Integer'), of('Number'), 'field-changed', 'x', 'Integer', 'Number', 'risky'],
  ['fractions that are gone', of('Number'), of('Integer'), 'field-changed', 'x', 'Number', 'Integer', 'additive'],
  ['another word for any object', of('Object'), of('Map'), 'field-changed', 'x', 'Object', 'Map', 'additive'],
  [
    'any object in another spelling',
    of({}),
    of('Object'),
    'field-changed',
    'x',
    'object of any shape',
    'Object',
    'additive',
  ],
  ['texts in a map', of('Map'), of('LocalizedString'), 'field-changed', 'x', 'Map', 'LocalizedString', 'additive'],
  ['no texts in a map', of('LocalizedString'), of('Map'), 'field-changed', 'x', 'LocalizedString', 'Map', 'breaking'],
  [
    'fields of what was any object',
    of('Object'),
    of(ITEM),
    'field-changed',
    'x',
    'Object',
    'object with id, price',
    'risky',
  ],
  [
    'fields where none were shown',
    of({}),
    of(ITEM),
    'field-changed',
    'x',
    'object of any shape',
    'object with id, price',
    'risky',
  ],
  [
    'any object that had fields',
    of(ITEM),
    of({}),
    'field-changed',
    'x',
    'object with id, price',
    'object of any shape',
    'breaking',
  ],
  [
    'items of what was any list',
    of([]),
    of(['String']),
    'field-changed',
    'x',
    'list of anything',
    'list of String',
    'risky',
  ],
  [
    'any list that had items',
    of(['String']),
    of([]),
    'field-changed',
    'x',
    'list of String',
    'list of anything',
    'breaking',
  ],
  [
    'a list of what was alone',
    of(ITEM),
    of([ITEM]),
    'field-changed',
    'x',
    'object with id, price',
    'list of object with id, price',
    'breaking',
  ],
  [
    'texts by language of a text',
    of('String'),
    of('LocalizedString'),
    'field-changed',
    'x',
    'String',
    'LocalizedString',
    'breaking',
  ],
  [
    'a name that needs quotes',
    [row({})],
    [row({ 'a.b': 'String' })],
    'field-added',
    '"a.b"',
    undefined,
    'String',
    'additive',
  ],
  [
    'a name that objects have',
    [row({})],
    [row(Object.fromEntries([['constructor', 'String']]))],
    'field-added',
    'constructor',
    undefined,
    'String',
    'additive',
  ],
];

test.each(CASES)('%s is told as such', (_, before, after, ...expected) => {
  const changes = compareCatalogues(before, after);
  expect(told(changes)).toEqual([expected]);
  expect(changes[0]?.reason).toMatch(/^[a-z].*[a-z]$/);
});

test.each(CASES)('%s and its reverse stand at the same place, and one word is the other', (_, before, after) => {
  const mirrored = compareCatalogues(after, before).map((change) => [
    change.type,
    change.place,
    change.after,
    change.before,
  ]);
  expect(mirrored).toEqual(
    compareCatalogues(before, after).map(({ type, place, before: was, after: is }) => [type, place, was, is]),
  );
});

test('several changes are sorted by event type and place', () => {
  const before = [row({ b: 'String', a: { z: 'String' } }), row(null, { type: 'cart.closed' })];
  const after = [row({ c: 'String', a: { y: 'String' } })];
  expect(compareCatalogues(before, after).map(({ type, place }) => `${type} ${place}`)).toEqual([
    'cart.closed ',
    'order.created a.y',
    'order.created a.z',
    'order.created b',
    'order.created c',
  ]);
});

const level = (name: Level) => ({ level: name });

test('the highest level is that of the change that asks most', () => {
  expect(highestLevel([])).toBeUndefined();
  expect(LEVELS.map((name) => highestLevel([level('additive'), level(name)]))).toEqual([
    'additive',
    'risky',
    'breaking',
  ]);
});

test('what nothing is said of is breaking', () => {
  expect(judgeShapes('Boolean', ['Boolean'])).toEqual({ level: 'breaking', reason: 'it is a value of another kind' });
});
