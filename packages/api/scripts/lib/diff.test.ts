import { isDeepStrictEqual } from 'node:util';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { arbitrarySchema, reworded } from '../testing/arbitrary-schema.ts';
import { answer, answering, describing } from '../testing/open-api.ts';
import { differenceText, diffFacts, type Difference } from './diff.ts';
import { extractFacts } from './facts.ts';
import type { JsonObject } from './json.ts';

function diff(before: JsonObject, after: JsonObject): readonly string[] {
  return diffFacts(extractFacts(before), extractFacts(after)).map(
    (difference) => `${difference.type} ${differenceText(difference)}`,
  );
}

const object = (properties: JsonObject, required: readonly string[] = []) => ({ type: 'object', properties, required });
const text = { type: 'string' };

test('a new property, a stricter one and another type are told apart', () => {
  const before = answering(object({ a: text, b: text }));
  const after = answering(object({ a: { type: 'array', items: text }, b: text, c: object({ d: text }) }, ['b']));
  expect(diff(before, after)).toEqual([
    `changed ${answer}.a :: type=string -> array`,
    `added ${answer}.a[]`,
    `changed ${answer}.b :: required=false -> true`,
    `added ${answer}.c`,
  ]);
});

test('each value of a list is a difference of its own', () => {
  expect(diff(enumOf('a', 'b'), enumOf('b', 'c'))).toEqual([
    `removed ${answer} :: enum="a"`,
    `added ${answer} :: enum="c"`,
  ]);
});

test('the parts of an operation or status that is gone are not listed', () => {
  const both = describing({
    responses: { '200': { content: { 'application/json': { schema: object({ a: text }) } } }, '404': {} },
  });
  const one = describing({ responses: { '404': {} } });
  expect(diff(both, one)).toEqual(['removed GET /things [200]']);
  expect(diff(both, { openapi: '3.1.0', paths: {} })).toEqual(['removed GET /things']);
});

test('scopes are compared', () => {
  expect(diff(secured('read'), secured('write'))).toEqual([
    'removed GET /things :: security=oauth2 read',
    'added GET /things :: security=oauth2 write',
  ]);
});

test('the structural changes of the vendor in its history are found', () => {
  const entry = object({ eventType: text });
  const before = answering(object({ entries: entry, path: { enum: ['/a'] } }));
  const after = answering(
    object({
      entries: { type: 'array', items: object({ eventType: text, active: { type: 'boolean', default: true } }) },
      path: { enum: ['/a', '/a/{id}'] },
    }),
  );
  expect(diff(before, after)).toEqual([
    `changed ${answer}.entries :: type=object -> array`,
    `removed ${answer}.entries.eventType`,
    `added ${answer}.entries[]`,
    `added ${answer}.path :: enum="/a/{id}"`,
  ]);
});

test('a change inside a variant is told once, and an exchange between variants is not missed', () => {
  const [integer, flag] = [{ type: 'integer' }, { type: 'boolean' }];
  const before = union(variant('A', text), variant('B', flag));

  expect(diff(before, union(variant('A', text), variant('B', integer)))).toEqual([
    `changed ${answer}.value :: type=boolean | string -> integer | string`,
  ]);
  const stricter = object({ kind: { const: 'B' }, value: flag }, ['kind', 'value']);
  expect(diff(before, union(variant('A', text), stricter))).toEqual([
    `changed ${answer} :: variant={kind="B", value?} -> {kind="B", value}`,
  ]);
  expect(diff(before, union(variant('A', flag), variant('B', text)))).toEqual([
    expect.stringMatching(/^changed .* :: variants=\w+ \| \w+ -> \w+ \| \w+$/),
  ]);
});

function enumOf(...values: readonly string[]): JsonObject {
  return answering({ type: 'string', enum: values });
}

function secured(scope: string): JsonObject {
  const components = { securitySchemes: { O: { type: 'oauth2' } } };
  return describing({ security: [{ O: [scope] }] }, { components });
}

function union(...variants: readonly JsonObject[]): JsonObject {
  return answering({ oneOf: variants });
}

function variant(kind: string, value: unknown): JsonObject {
  return object({ kind: { const: kind }, value }, ['kind']);
}

const documents = arbitrarySchema.map((schema) => answering(schema));

test('law: a document does not differ from itself, whatever its order and wording', () => {
  fc.assert(
    fc.property(documents, (document) => {
      expect(diff(document, reworded(document))).toEqual([]);
    }),
  );
});

test('law: the way back adds what the way there removed', () => {
  fc.assert(
    fc.property(documents, documents, (before, after) => {
      const [a, b] = [extractFacts(before), extractFacts(after)];
      expect(sorted(diffFacts(a, b).map(reversed))).toEqual(sorted(diffFacts(b, a)));
    }),
  );
});

test('law: there is no difference exactly when the facts are equal', () => {
  fc.assert(
    fc.property(documents, documents, (before, after) => {
      const [a, b] = [extractFacts(before), extractFacts(after)];
      expect(diffFacts(a, b).length === 0).toBe(isDeepStrictEqual(a, b));
    }),
  );
});

function reversed(difference: Difference): Difference {
  if (difference.type === 'changed') return { ...difference, before: difference.after, after: difference.before };
  return { ...difference, type: difference.type === 'added' ? 'removed' : 'added' };
}

function sorted(differences: readonly Difference[]): readonly string[] {
  return differences.map((difference) => `${difference.type} ${differenceText(difference)}`).toSorted();
}
