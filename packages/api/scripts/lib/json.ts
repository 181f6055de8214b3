export type JsonObject = Readonly<Record<string, unknown>>;

/** The keys and indexes that lead from the root of a document to a value in it. */
export type JsonPath = readonly (string | number)[];

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value as an object; an empty one when it is something else. */
export function asObject(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

/** The value as a list; an empty one when it is something else. */
export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function asStrings(value: unknown): readonly string[] {
  return asList(value).filter((item) => typeof item === 'string');
}

/** The keys of a local reference such as `#/components/schemas/Pet`; undefined when the text is no local reference. */
export function refPath(ref: string): readonly string[] | undefined {
  if (!ref.startsWith('#/')) return undefined;
  return ref
    .slice(2)
    .split('/')
    .map((key) => decodeURIComponent(key).replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** The value at a path; undefined when the path leads nowhere. */
export function valueAt(root: unknown, path: JsonPath): unknown {
  let value = root;
  for (const key of path) {
    if (Array.isArray(value)) value = value[Number(key)];
    else if (isObject(value) && Object.hasOwn(value, key)) value = value[key];
    else return undefined;
  }
  return value;
}

/** Follows local references until something that is none; undefined when they lead nowhere or in a circle. */
export function resolveRefs(root: unknown, value: unknown): unknown {
  const seen = new Set<string>();
  let current = value;
  while (isObject(current) && typeof current['$ref'] === 'string') {
    const ref = current['$ref'];
    const path = refPath(ref);
    if (path === undefined || seen.has(ref)) return undefined;
    seen.add(ref);
    current = valueAt(root, path);
  }
  return current;
}

/** Like resolveRefs, but a reference that leads nowhere is an Error. */
export function followRefs(root: unknown, value: unknown): unknown {
  const resolved = resolveRefs(root, value);
  if (resolved === undefined && isObject(value))
    throw new Error(`the reference ${String(value['$ref'])} leads nowhere`);
  return resolved;
}

/** JSON with sorted keys: equal values give equal texts. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    isObject(inner) ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => compareText(a, b))) : inner,
  );
}

/** Orders texts by code unit: the same on every machine, whatever its language. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
