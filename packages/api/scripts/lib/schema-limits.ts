import { asObject, canonicalJson, isObject, type JsonObject } from './json.ts';

/**
 * Every keyword that narrows a schema and has no place of its own in Alternative, with its value as text: formats, bounds,
 * patterns, defaults and also keywords that nobody here has heard of, so that none is lost. Prose is left out.
 */
export function limitsOf(schema: JsonObject): ReadonlyMap<string, ReadonlySet<string>> {
  const limits = new Map<string, ReadonlySet<string>>();
  for (const [keyword, value] of Object.entries(withNumericBounds(schema))) {
    if (elsewhere.has(keyword) || keyword.startsWith('x-') || isWithoutEffect(keyword, value)) continue;
    limits.set(keyword, new Set([limitText(keyword, value)]));
  }
  return limits;
}

/** Whether a limit means anything for values of the type. */
export function limitApplies(keyword: string, type: string): boolean {
  const types = typesOfLimit.find(([keywords]) => keywords.includes(keyword))?.[1];
  return type !== 'null' && (types === undefined || type === 'any' || types.includes(type));
}

/** The value without anything that only people read. */
export function withoutProse(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutProse);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !prose.has(key) && !key.startsWith('x-'))
      .map(([key, inner]) => [key, withoutProse(inner)]),
  );
}

const prose = new Set(['title', 'description', 'summary', 'example', 'examples', 'externalDocs', '$comment', 'xml']);

const elsewhere = new Set([
  ...prose,
  '$anchor',
  '$defs',
  '$id',
  '$ref',
  '$schema',
  'additionalProperties',
  'allOf',
  'anyOf',
  'const',
  'enum',
  'items',
  'nullable',
  'oneOf',
  'patternProperties',
  'properties',
  'required',
  'type',
]);

const typesOfLimit: readonly (readonly [keywords: readonly string[], types: readonly string[]])[] = [
  [['minLength', 'maxLength', 'pattern', 'contentEncoding', 'contentMediaType'], ['string']],
  [
    ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'],
    ['number', 'integer'],
  ],
  [['minItems', 'maxItems', 'uniqueItems', 'prefixItems', 'contains', 'minContains', 'maxContains'], ['array']],
  [['minProperties', 'maxProperties', 'propertyNames', 'dependentRequired', 'discriminator'], ['object']],
];

// 3.0 writes an exclusive bound as a flag beside the bound, 3.1 as a number of its own.
function withNumericBounds(schema: JsonObject): JsonObject {
  const bounds: Record<string, unknown> = { ...schema };
  for (const [bound, exclusive] of [
    ['minimum', 'exclusiveMinimum'],
    ['maximum', 'exclusiveMaximum'],
  ] as const) {
    if (typeof bounds[exclusive] !== 'boolean') continue;
    if (bounds[exclusive]) bounds[exclusive] = bounds[bound];
    else delete bounds[exclusive];
    if (bounds[exclusive] !== undefined) delete bounds[bound];
  }
  return bounds;
}

function isWithoutEffect(keyword: string, value: unknown): boolean {
  if (value === undefined || value === false) return keyword !== 'default';
  return value === 0 && ['minLength', 'minItems', 'minProperties'].includes(keyword);
}

function limitText(keyword: string, value: unknown): string {
  if (keyword === 'discriminator') return String(asObject(value)['propertyName']);
  return typeof value === 'string' && keyword !== 'default' ? value : canonicalJson(withoutProse(value));
}
