import * as fc from 'fast-check';
import { asObject, isObject, type JsonObject } from '../lib/json.ts';

export const arbitrarySchema = fc.letrec<{ schema: JsonObject; leaf: JsonObject }>((tie) => ({
  leaf: fc.oneof(
    fc.constantFrom<JsonObject>({ type: 'string' }, { type: 'integer', minimum: 3 }, { type: ['string', 'null'] }, {}),
    fc.uniqueArray(fc.constantFrom('x', 'y', 'z'), { minLength: 1 }).map((values) => ({ enum: values })),
  ),
  schema: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'schema' },
    tie('leaf'),
    tie('schema').map((items) => ({ type: 'array', items })),
    fc
      .record({
        properties: fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), tie('schema'), {
          maxKeys: 3,
          depthIdentifier: 'schema',
        }),
        required: fc.uniqueArray(fc.constantFrom('a', 'b', 'c')),
      })
      .map(({ properties, required }) => ({ type: 'object', properties, required })),
    fc.array(tie('schema'), { minLength: 1, maxLength: 3, depthIdentifier: 'schema' }).map((oneOf) => ({ oneOf })),
    fc.array(tie('schema'), { minLength: 1, maxLength: 2, depthIdentifier: 'schema' }).map((allOf) => ({ allOf })),
  ),
})).schema;

/** The same document with every mapping and list of alternatives turned round and a description on every schema. */
export function reworded(value: JsonObject): JsonObject {
  const turned = Object.entries(value).toReversed();
  return Object.fromEntries([
    ...turned.map(([key, inner]) => [key, rewordedPart(key, inner)]),
    ...('type' in value || 'oneOf' in value ? [['description', 'in other words']] : []),
  ]);
}

function rewordedPart(key: string, inner: unknown): unknown {
  if (Array.isArray(inner)) {
    const items = inner.map((item: unknown) => (isObject(item) ? reworded(item) : item));
    return ['oneOf', 'allOf', 'enum', 'required'].includes(key) ? items.toReversed() : items;
  }
  if (key === 'properties') {
    const turned = Object.entries(asObject(inner)).toReversed();
    return Object.fromEntries(turned.map(([name, schema]) => [name, reworded(asObject(schema))]));
  }
  return isObject(inner) ? reworded(inner) : inner;
}
