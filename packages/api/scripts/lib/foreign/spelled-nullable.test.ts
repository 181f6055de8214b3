import { expect, test } from 'vitest';
import { asObject, valueAt, type JsonObject } from '../json.ts';
import { Origins } from './origins.ts';
import { withNullableSpelledOut } from './spelled-nullable.ts';

const reference = { $ref: '#/components/schemas/A' };

function spelled(schema: JsonObject, openapi = '3.0.3'): unknown {
  const root = { openapi, components: { schemas: { A: schema } } };
  return valueAt(withNullableSpelledOut(root, new Origins()), ['components', 'schemas', 'A']);
}

const orNull = (schema: JsonObject) => ({ anyOf: [schema, { type: 'object', nullable: true, enum: [null] }] });

test.each<[what: string, before: JsonObject, after: JsonObject]>([
  ['beside allOf', { nullable: true, allOf: [reference] }, orNull({ allOf: [reference] })],
  ['beside a type', { nullable: true, type: 'string' }, { nullable: true, type: 'string' }],
  ['beside a reference', { nullable: true, ...reference }, reference],
  ['beside a text only', { nullable: true, description: 'a' }, { description: 'a' }],
  ['when it is false', { nullable: false, oneOf: [reference] }, { oneOf: [reference] }],
  [
    'in a list of a property that is called nullable or example',
    { properties: { nullable: { items: { nullable: true, enum: ['a'] } }, example: { nullable: true, not: {} } } },
    { properties: { nullable: { items: orNull({ enum: ['a'] }) }, example: orNull({ not: {} }) } },
  ],
  [
    'in an example, where it is data',
    { type: 'object', example: { nullable: true, a: 1 } },
    { type: 'object', example: { nullable: true, a: 1 } },
  ],
])('nullable %s', (_what, before, after) => {
  expect(spelled(before)).toEqual(after);
});

test('OpenAPI 3.1 has no nullable', () => {
  expect(spelled({ nullable: true, allOf: [reference] }, '3.1.0')).toEqual({ nullable: true, allOf: [reference] });
});

test('what is copied is still found where it was written', () => {
  const root = { openapi: '3.0.3', components: { schemas: { A: { nullable: true, allOf: [{ type: 'object' }] } } } };
  const origins = new Origins();
  origins.record({ file: 'a.yaml', at: [] }, root);
  const copy = asObject(withNullableSpelledOut(root, origins));
  expect(origins.find(copy, ['components', 'schemas', 'A', 'anyOf', 0, 'allOf', 0, 'type'])).toEqual({
    file: 'a.yaml',
    at: ['components', 'schemas', 'A', 'allOf', '0', 'type'],
  });
});
