import { isObject, type JsonObject } from '../json.ts';
import type { Origins } from './origins.ts';

/**
 * A copy of an OpenAPI 3.0 document for the check of examples, which knows `nullable` only beside a `type`: a schema that
 * has it beside anything else becomes that or null. That is how its type is generated, too.
 */
export function withNullableSpelledOut(root: JsonObject, origins: Origins): JsonObject {
  if (!String(root['openapi']).startsWith('3.0.')) return root;
  const copied = (value: unknown, names: boolean): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    const copy = Array.isArray(value) ? value.map((item) => copied(item, false)) : copiedMembers(value, names);
    origins.same(copy, value);
    if (names || !isObject(copy) || typeof copy['nullable'] !== 'boolean' || 'type' in copy) return copy;
    const { nullable, ...rest } = copy;
    origins.same(rest, value);
    // What stands beside a reference is without effect.
    if (!nullable || '$ref' in rest || Object.keys(rest).every((key) => annotations.has(key))) return rest;
    const spelled = { anyOf: [rest, { type: 'object', nullable: true, enum: [null] }] };
    origins.same(spelled, value);
    return spelled;
  };
  const copiedMembers = (value: object, names: boolean) =>
    Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [
        key,
        !names && (data.has(key) || key.startsWith('x-')) ? inner : copied(inner, !names && maps.has(key)),
      ]),
    );
  return { ...root, ...copiedMembers(root, false) };
}

// Values of an API, in which nothing is a schema.
const data = new Set(['default', 'enum', 'example', 'examples']);
// Their members have any names.
const maps = new Set([
  'properties',
  'schemas',
  'paths',
  'responses',
  'parameters',
  'headers',
  'content',
  'requestBodies',
]);
const annotations = new Set(['title', 'description', 'default', 'deprecated', 'example', 'readOnly', 'writeOnly']);
