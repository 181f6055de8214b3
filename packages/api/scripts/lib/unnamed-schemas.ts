import { headers, mediaTypes, namedSchemas, parameters, requestBodies, responses } from './document-parts.ts';
import type { Finding } from './finding.ts';
import { asList, asObject, isObject, type JsonObject, type JsonPath } from './json.ts';

/**
 * Schemas that ought to have a name and have none: a type without a name cannot be imported.
 *
 * | place                     | may be written out                              |
 * |---------------------------|-------------------------------------------------|
 * | body of request, response | a scalar without a list of values               |
 * | parameter, header         | a scalar, or a list of them                     |
 * | inside a named schema     | scalars, lists and maps of named things, unions |
 */
export function unnamedSchemas(root: JsonObject): readonly Finding[] {
  const bodies = [...requestBodies(root), ...responses(root)].flatMap(mediaTypes);
  const carriers = [...parameters(root), ...headers(root)];
  const values = [...carriers, ...carriers.flatMap(mediaTypes)];
  return [
    ...bodies.flatMap(({ at, value }) => body([...at, 'schema'], value['schema'])),
    ...values.flatMap(({ at, value }) => inner([...at, 'schema'], value['schema'])),
    ...namedSchemas(root).flatMap(({ at, value }) => named(at, value)),
  ];
}

function body(at: JsonPath, schema: unknown): readonly Finding[] {
  if (!isObject(schema) || '$ref' in schema) return [];
  const scalar = ['string', 'integer', 'number', 'boolean'].some((type) => schema['type'] === type);
  return scalar ? inner(at, schema) : [finding(at, 'the schema of a body')];
}

// A schema of components may have properties, values and alternatives: they have its name.
function named(at: JsonPath, schema: JsonObject): readonly Finding[] {
  return parts(at, schema).flatMap((part) =>
    part.keyword === 'allOf' && isObject(part.schema) ? named(part.at, part.schema) : inner(part.at, part.schema),
  );
}

function inner(at: JsonPath, schema: unknown): readonly Finding[] {
  if (!isObject(schema) || '$ref' in schema) return [];
  if (Object.keys(asObject(schema['properties'])).length > 0) return [finding(at, 'an object with properties')];
  if (asList(schema['enum']).length > 1) return [finding(at, 'a list of values')];
  return parts(at, schema).flatMap((part) => inner(part.at, part.schema));
}

function finding(at: JsonPath, what: string): Finding {
  return { at, rule: 'named-schemas', message: `${what} needs a name: move it to components/schemas` };
}

interface SchemaPart {
  readonly at: JsonPath;
  readonly keyword: string;
  readonly schema: unknown;
}

function parts(at: JsonPath, schema: JsonObject): readonly SchemaPart[] {
  return Object.entries(schema).flatMap(([keyword, value]): SchemaPart[] => {
    const here = [...at, keyword];
    switch (keyword) {
      case 'items':
      case 'additionalProperties':
      case 'not':
        return [{ at: here, keyword, schema: value }];
      case 'allOf':
      case 'oneOf':
      case 'anyOf':
      case 'prefixItems':
        return asList(value).map((item, index) => ({ at: [...here, index], keyword, schema: item }));
      case 'properties':
      case 'patternProperties':
        return Object.entries(asObject(value)).map(([name, item]) => ({ at: [...here, name], keyword, schema: item }));
      default:
        return [];
    }
  });
}
