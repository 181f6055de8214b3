import { describe, expect, test } from 'vitest';
import { entry, row, subscribed } from '../../test/support/values.js';
import { contradictions, resolveDesired } from './desired.js';
import type { ObservedSubscription, SubscriptionEntry } from './state.js';

const catalogue = [
  row('product.created'),
  row('product.updated'),
  row('product.deleted', { fields: ['id'] }),
  row('order.created', { fields: ['id', 'total'] }),
];

/** Event type → excluded fields, `*` where they are not managed. */
function wanted(entries: SubscriptionEntry[], rows: readonly ObservedSubscription[] = catalogue) {
  const { wanted: found } = resolveDesired(entries, rows);
  return Object.fromEntries([...found].map(([key, { excludedFields }]) => [key, excludedFields ?? '*']));
}

describe('entries against the live catalogue', () => {
  test('a name means one event type, a glob all it matches', () => {
    expect(wanted([entry('order.created'), entry('product.*')])).toEqual({
      'order.created': '*',
      'product.created': '*',
      'product.deleted': '*',
      'product.updated': '*',
    });
  });

  test('case and surrounding blanks of names make no difference', () => {
    expect(wanted([entry(' Product.CREATED ')], [row('PRODUCT.Created')])).toEqual({ 'product.created': '*' });
  });

  test('a name beats a glob wholly, wherever it stands', () => {
    const glob = entry('product.*', { excludedFields: ['name'] });
    const name = entry('product.created');
    const expected = { 'product.created': '*', 'product.deleted': [], 'product.updated': ['name'] };
    expect(wanted([glob, name])).toEqual(expected);
    expect(wanted([name, glob])).toEqual(expected);
  });

  test('entries that agree count once', () => {
    const entries = [
      entry('product.*', { excludedFields: ['name', 'description'] }),
      entry('*.created', { excludedFields: ['description', 'name', 'name'] }),
    ];
    expect(resolveDesired(entries, [row('product.created')])).toMatchObject({ problems: [] });
    expect(wanted(entries, [row('product.created')])).toEqual({ 'product.created': ['description', 'name'] });
  });

  test('an entry that is silent about the fields does not contradict one that names them', () => {
    expect(
      wanted([entry('product.*'), entry('*.created', { excludedFields: ['name'] })], [row('product.created')]),
    ).toEqual({
      'product.created': ['name'],
    });
  });

  test('globs that disagree are an error naming both places, and nothing is done to that event type', () => {
    const one = entry('product.*', { excludedFields: ['name'], place: 'f.yaml:3:5' });
    const two = entry('*.created', { excludedFields: [], place: 'f.yaml:4:5' });
    const resolution = resolveDesired([two, one], [row('product.created'), row('product.updated')]);
    expect([...resolution.wanted.keys()]).toEqual(['product.updated']);
    expect([...resolution.withheld]).toEqual(['product.created']);
    expect(resolution.problems).toEqual([
      {
        severity: 'error',
        kind: 'contradiction',
        message: 'entries disagree about product.created',
        places: ['f.yaml:3:5', 'f.yaml:4:5'],
        nearest: [],
      },
    ]);
  });

  test('different priorities are a contradiction too', () => {
    const resolution = resolveDesired([entry('a.*', { priority: 1 }), entry('*.b', { priority: 2 })], [row('a.b')]);
    expect(resolution.problems.map(({ kind }) => kind)).toEqual(['contradiction']);
  });

  test('an unknown event type is an error with the nearest names', () => {
    expect(resolveDesired([entry('product.creatd', { place: 'f.yaml:9:7' })], catalogue)).toEqual({
      wanted: new Map(),
      withheld: new Set(),
      problems: [
        {
          severity: 'error',
          kind: 'unknown-event',
          message: 'the catalogue has no event type product.creatd',
          places: ['f.yaml:9:7'],
          nearest: ['product.created', 'product.updated'],
        },
      ],
    });
  });

  test('a glob that matches nothing is a warning', () => {
    expect(resolveDesired([entry('produkt.*')], catalogue).problems).toMatchObject([
      { severity: 'warning', kind: 'matches-nothing' },
    ]);
  });
});

describe('excluded fields', () => {
  test('a glob leaves a field out wherever the payload has it', () => {
    expect(wanted([entry('product.*', { excludedFields: ['name'] })])).toEqual({
      'product.created': ['name'],
      'product.deleted': [],
      'product.updated': ['name'],
    });
  });

  test('a field that no matched payload has is an error with the nearest field, and nothing is subscribed', () => {
    const resolution = resolveDesired(
      [entry('product.*', { excludedFields: ['nmae'], place: 'f.yaml:2:3' })],
      catalogue,
    );
    expect(resolution.wanted).toEqual(new Map());
    expect([...resolution.withheld]).toEqual(['product.created', 'product.deleted', 'product.updated']);
    expect(resolution.problems).toEqual([
      {
        severity: 'error',
        kind: 'unknown-field',
        message: 'no payload of product.* has the field nmae',
        places: ['f.yaml:2:3'],
        nearest: ['name'],
      },
    ]);
  });

  test('a sound entry by name is done although a glob over it is not sound', () => {
    expect(wanted([entry('product.*', { excludedFields: ['nmae'] }), entry('product.created')])).toEqual({
      'product.created': '*',
    });
  });

  test('a catalogue row without fields says nothing, and a field excluded already is known', () => {
    expect(wanted([entry('a.b', { excludedFields: ['x'] })], [row('a.b', { fields: [] })])).toEqual({ 'a.b': ['x'] });
    expect(wanted([entry('a.b', { excludedFields: ['x'] })], [subscribed('a.b', { excludedFields: ['x'] })])).toEqual({
      'a.b': ['x'],
    });
  });
});

describe('contradictions that need no catalogue', () => {
  test('the same name with different settings is one, whatever the case', () => {
    const entries = [
      entry('a.b', { excludedFields: ['x'], place: 'f:1:1' }),
      entry('A.B', { excludedFields: [], place: 'f:2:1' }),
      entry('a.*', { excludedFields: ['y'] }),
    ];
    expect(contradictions(entries).map(({ places }) => places)).toEqual([['f:1:1', 'f:2:1']]);
  });

  test('the same name with the same settings is none', () => {
    expect(
      contradictions([entry('a.b', { excludedFields: ['x', 'y'] }), entry('a.b', { excludedFields: ['y', 'x'] })]),
    ).toEqual([]);
  });
});
