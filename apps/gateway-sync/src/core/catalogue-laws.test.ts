import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Catalogue, type CatalogueRow, type Fields, SCHEMA_WORDS, type Shape } from './catalogue-row.js';
import { type CatalogueChange, compareCatalogues } from './compare-catalogues.js';
import { type ReadEventType, readCatalogue } from './read-catalogue.js';
import { refreshCatalogue } from './refresh-catalogue.js';
import { uniteCatalogues } from './unite-catalogues.js';

const name = fc.constantFrom('a', 'b', 'c', '__proto__', 'constructor', 'd.e', '10', '9');
const { shape } = fc.letrec<{ shape: Shape; fields: Fields; list: readonly [] | readonly [Shape] }>((tie) => ({
  fields: fc.dictionary(name, tie('shape'), { maxKeys: 4 }),
  list: fc.oneof(
    fc.constant([] as const),
    tie('shape').map((item) => [item] as const),
  ),
  shape: fc.oneof({ maxDepth: 4 }, fc.constantFrom(...SCHEMA_WORDS), tie('fields'), tie('list')),
}));
const schema = fc.option(fc.dictionary(name, shape, { minKeys: 1, maxKeys: 4 }), { freq: 4, nil: null });
const catalogue: fc.Arbitrary<Catalogue> = fc.uniqueArray(
  fc.record({
    type: fc.constantFrom('a.created', 'b.created', 'c.created', 'd.created'),
    group: fc.constantFrom('A', 'B'),
    schema,
  }),
  { selector: ({ type }) => type },
);

const reversed = (value: Shape): Shape => {
  if (typeof value === 'string') return value;
  if (!isFields(value)) {
    const [item]: readonly Shape[] = value;
    return item === undefined ? [] : [reversed(item)];
  }
  return reversedFields(value);
};
const isFields = (value: Shape): value is Fields => typeof value === 'object' && !Array.isArray(value);
const reversedFields = (fields: Fields): Fields =>
  Object.fromEntries(
    Object.entries(fields)
      .toReversed()
      .map(([key, inner]) => [key, reversed(inner)]),
  );
const turned = (rows: Catalogue): Catalogue =>
  rows.toReversed().map((row): CatalogueRow => ({ ...row, schema: row.schema && reversedFields(row.schema) }));
const asRead = (rows: Catalogue): readonly ReadEventType[] => rows;
const asAnswered = (rows: Catalogue) =>
  rows.map(({ type, group, schema: fields }) => ({ type, group: { en: group }, schema: fields }));
const keyOf = ({ kind, type, place }: CatalogueChange) => [kind, type, place].join(' ');
const mirror: Readonly<Record<string, string>> = { added: 'removed', removed: 'added', changed: 'changed' };
const mirrored = (change: CatalogueChange) =>
  keyOf({ ...change, kind: change.kind.replace(/\w+$/, (word) => mirror[word] ?? word) as CatalogueChange['kind'] }); // of the same list

test('nothing differs from itself, in whatever order it is written', () => {
  fc.assert(
    fc.property(catalogue, (rows) => {
      expect(compareCatalogues(rows, turned(rows))).toEqual([]);
    }),
  );
});

test('order changes no difference', () => {
  fc.assert(
    fc.property(catalogue, catalogue, (a, b) => {
      expect(compareCatalogues(turned(a), turned(b))).toEqual(compareCatalogues(a, b));
    }),
  );
});

test('what is added one way is removed the other way', () => {
  fc.assert(
    fc.property(catalogue, catalogue, (a, b) => {
      expect(compareCatalogues(b, a).map(mirrored).toSorted()).toEqual(compareCatalogues(a, b).map(keyOf).toSorted());
    }),
  );
});

test('catalogues without a difference are the same to a second look', () => {
  fc.assert(
    fc.property(catalogue, catalogue, (a, b) => {
      const { catalogue: after } = refreshCatalogue(a, asRead(b), true);
      expect(compareCatalogues(after, b)).toEqual([]);
    }),
  );
});

test('a second refresh changes nothing, down to the order of the fields', () => {
  fc.assert(
    fc.property(catalogue, catalogue, fc.boolean(), (a, b, whole) => {
      const once = refreshCatalogue(a, asRead(b), whole);
      const twice = refreshCatalogue(once.catalogue, asRead(turned(b)), whole);
      expect([twice.changes, JSON.stringify(twice.catalogue)]).toEqual([[], JSON.stringify(once.catalogue)]);
      expect(twice.missing).toEqual(once.missing);
    }),
  );
});

test('nothing goes unless the tenants have everything', () => {
  fc.assert(
    fc.property(catalogue, catalogue, (a, b) => {
      const { changes, missing, catalogue: after } = refreshCatalogue(a, asRead(b), false);
      expect(changes.filter(({ kind }) => kind === 'type-removed' || kind === 'schema-removed')).toEqual([]);
      const gone = compareCatalogues(a, b).filter(({ kind }) => kind === 'type-removed' || kind === 'schema-removed');
      expect(missing.map(({ type }) => type)).toEqual(gone.map(({ type }) => type));
      expect(after.map(({ type }) => type)).toEqual([...new Set([...a, ...b].map(({ type }) => type))].toSorted());
    }),
  );
});

test('what a tenant answers is read as it is meant, and a tenant adds nothing to itself', () => {
  fc.assert(
    fc.property(catalogue, (rows) => {
      const reading = readCatalogue(asAnswered(rows));
      expect(reading.complaints).toEqual([]);
      expect(compareCatalogues(rows, refreshCatalogue([], reading.types, true).catalogue)).toEqual([]);
      expect(uniteCatalogues([reading, readCatalogue(asAnswered(turned(rows)))])).toEqual(reading);
    }),
  );
});

test('whatever a tenant answers, nothing is thrown and every row that is not taken is told', () => {
  const anything = fc.oneof(fc.anything(), fc.json(), schema, fc.constant('{"a": "String",}'));
  const rows = fc.array(
    fc.record({ type: fc.oneof(fc.anything(), fc.constant('a.b')), group: fc.anything(), schema: anything }),
  );
  fc.assert(
    fc.property(rows, (answered) => {
      const { types, complaints } = readCatalogue(answered);
      const dropped = complaints.filter(({ kind }) => kind === 'nameless' || kind === 'disagreement');
      expect(types.length + dropped.length).toBe(answered.length);
      expect(types.filter((type) => type.schema === undefined)).toHaveLength(
        complaints.filter(({ kind }) => kind === 'unreadable').length,
      );
    }),
  );
});
