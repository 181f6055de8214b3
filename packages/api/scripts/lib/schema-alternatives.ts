import { asList, asObject, asStrings, canonicalJson, isObject, refPath, valueAt, type JsonObject } from './json.ts';
import { limitsOf } from './schema-limits.ts';

/** How a document says things that OpenAPI 3.0 and 3.1 say differently, and where its references lead. */
export interface Dialect {
  readonly root: JsonObject;
  /** 3.0: `nullable` is a keyword, and what stands beside a `$ref` is ignored. */
  readonly isVersion30: boolean;
}

/** A schema in its place, with the references passed on the way to it (the guard against cycles). */
export interface SchemaUse {
  readonly schema: unknown;
  readonly refs: readonly string[];
}

/** One way to satisfy a schema once references, allOf, oneOf and anyOf are worked out. */
export interface Alternative {
  /** Undefined: any type. */
  readonly types: ReadonlySet<string> | undefined;
  /** JSON texts; undefined: any value. */
  readonly values: ReadonlySet<string> | undefined;
  /** All the schemas that a property must satisfy, by name. */
  readonly properties: ReadonlyMap<string, readonly SchemaUse[]>;
  readonly required: ReadonlySet<string>;
  readonly additional: 'open' | 'closed' | readonly SchemaUse[];
  readonly items: readonly SchemaUse[];
  /** Values by keyword, of everything else that narrows a schema. */
  readonly limits: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Stands for a schema that is being worked out further up already. */
export const recursiveType = 'recursive';

const anything: Alternative = {
  types: undefined,
  values: undefined,
  properties: new Map(),
  required: new Set(),
  additional: 'open',
  items: [],
  limits: new Map(),
};

/** Every way to satisfy all the given schemas at once. Throws an Error when a reference leads nowhere. */
export function alternativesOf(dialect: Dialect, uses: readonly SchemaUse[]): readonly Alternative[] {
  return allCombined(uses.map((use) => expand(dialect, use)));
}

function expand(dialect: Dialect, { schema, refs }: SchemaUse): readonly Alternative[] {
  if (schema === false) return [{ ...anything, types: new Set() }];
  if (!isObject(schema)) return [anything];
  const inner = (value: unknown): SchemaUse => ({ schema: value, refs });
  const groups: (readonly Alternative[])[] = [];
  const ref = schema['$ref'];
  const isOnlyRef = typeof ref === 'string' && dialect.isVersion30;
  if (typeof ref === 'string') groups.push(expandRef(dialect, ref, refs));
  if (!isOnlyRef) {
    groups.push([ownAlternative(dialect, schema, refs)]);
    groups.push(...asList(schema['allOf']).map((part) => expand(dialect, inner(part))));
  }
  let combined = allCombined(groups);
  for (const union of isOnlyRef ? [] : [schema['oneOf'], schema['anyOf']]) {
    if (!Array.isArray(union)) continue;
    const branches = union.flatMap((branch) => expand(dialect, inner(branch)));
    combined = combined.flatMap((base) => branches.map((branch) => withinBranch(base, branch)));
  }
  // `nullable` beside an allOf and without a type is how 3.0 writes a reference that may be null.
  const mayBeNull = dialect.isVersion30 && schema['nullable'] === true && schema['type'] === undefined;
  return mayBeNull ? [...combined, { ...anything, types: new Set(['null']) }] : combined;
}

function expandRef(dialect: Dialect, ref: string, refs: readonly string[]): readonly Alternative[] {
  if (refs.includes(ref)) return [{ ...anything, types: new Set([recursiveType]) }];
  const path = refPath(ref);
  const schema = path && valueAt(dialect.root, path);
  if (schema === undefined) throw new Error(`the reference ${ref} leads nowhere`);
  return expand(dialect, { schema, refs: [...refs, ref] });
}

function ownAlternative(dialect: Dialect, schema: JsonObject, refs: readonly string[]): Alternative {
  const use = (value: unknown): readonly SchemaUse[] => [{ schema: value, refs }];
  const named = Object.entries(asObject(schema['properties'])).map(([name, value]) => [name, use(value)] as const);
  const patterns = Object.entries(asObject(schema['patternProperties'])).map(
    ([pattern, value]) => [`<${pattern}>`, use(value)] as const,
  );
  const additional = schema['additionalProperties'];
  return {
    types: ownTypes(dialect, schema),
    values: ownValues(schema),
    properties: new Map([...named, ...patterns]),
    required: new Set(asStrings(schema['required'])),
    additional: isObject(additional) ? use(additional) : additional === false ? 'closed' : 'open',
    items: schema['items'] === undefined ? [] : use(schema['items']),
    limits: limitsOf(schema),
  };
}

function ownTypes(dialect: Dialect, schema: JsonObject): ReadonlySet<string> | undefined {
  const type = schema['type'];
  if (Array.isArray(type)) return new Set(asStrings(type));
  if (typeof type === 'string') {
    return new Set(dialect.isVersion30 && schema['nullable'] === true ? [type, 'null'] : [type]);
  }
  const listed = listedValues(schema);
  return listed && new Set(listed.map(typeOfValue));
}

// Null is left out: the types say whether a value may be null.
function ownValues(schema: JsonObject): ReadonlySet<string> | undefined {
  const listed = listedValues(schema)?.filter((value) => value !== null);
  return listed && new Set(listed.map(canonicalJson));
}

function listedValues(schema: JsonObject): readonly unknown[] | undefined {
  if ('const' in schema) return [schema['const']];
  return Array.isArray(schema['enum']) ? schema['enum'] : undefined;
}

/** The name that JSON Schema has for the type of a value. */
export function typeOfValue(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return Number.isSafeInteger(value) ? 'integer' : typeof value;
}

function allCombined(groups: readonly (readonly Alternative[])[]): readonly Alternative[] {
  return groups.reduce<readonly Alternative[]>(
    (combined, group) => combined.flatMap((left) => group.map((right) => both(left, right))),
    [anything],
  );
}

function both(a: Alternative, b: Alternative): Alternative {
  return {
    types: commonTypes(a.types, b.types),
    values: commonValues(a.values, b.values),
    properties: mergeMaps(a.properties, b.properties, (left, right) => [...left, ...right]),
    required: new Set([...a.required, ...b.required]),
    additional: commonAdditional(a.additional, b.additional),
    items: [...a.items, ...b.items],
    limits: mergeMaps(a.limits, b.limits, (left, right) => new Set([...left, ...right])),
  };
}

// Documents exist that say `type: object` beside a choice of texts and lists. By the letter no value fits; the types of the
// branches are taken instead, so that what is meant can still be compared.
function withinBranch(base: Alternative, branch: Alternative): Alternative {
  const combined = both(base, branch);
  return combined.types?.size === 0 ? { ...combined, types: branch.types } : combined;
}

function commonTypes(a: Alternative['types'], b: Alternative['types']): Alternative['types'] {
  if (a === undefined || b === undefined) return a ?? b;
  const common = new Set([...a].filter((type) => b.has(type) || (type === 'integer' && b.has('number'))));
  if (b.has('integer') && a.has('number')) common.add('integer');
  return common;
}

function commonValues(a: Alternative['values'], b: Alternative['values']): Alternative['values'] {
  return a && b ? new Set([...a].filter((value) => b.has(value))) : (a ?? b);
}

function commonAdditional(a: Alternative['additional'], b: Alternative['additional']): Alternative['additional'] {
  if (a === 'closed' || b === 'closed') return 'closed';
  if (a === 'open') return b;
  return b === 'open' ? a : [...a, ...b];
}

function mergeMaps<V>(
  a: ReadonlyMap<string, V>,
  b: ReadonlyMap<string, V>,
  merge: (left: V, right: V) => V,
): ReadonlyMap<string, V> {
  const merged = new Map(a);
  for (const [key, right] of b) {
    const left = merged.get(key);
    merged.set(key, left === undefined ? right : merge(left, right));
  }
  return merged;
}
