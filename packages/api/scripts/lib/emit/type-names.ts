import { namedSchemas } from '../document-parts.ts';
import { compareText, type JsonObject } from '../json.ts';

/** The name of the exported type of every schema, by the schema's own name. */
export type TypeNames = ReadonlyMap<string, string>;

/** Names in generated files, and names that mean something to TypeScript there. */
const taken = new Set(
  [
    'paths webhooks components operations $defs Blob Array Omit Partial Pick Record Readable Writable',
    'any bigint boolean never null number object string symbol undefined unknown void',
    'arguments as async await break case catch class const continue debugger declare default delete do else enum eval',
    'export extends false finally for function get if implements import in infer instanceof interface is keyof let',
    'module namespace new of package private protected public readonly require return satisfies set static super',
    'switch this throw true try type typeof unique using var while with yield',
  ].flatMap((line) => line.split(' ')),
);

/**
 * Names that TypeScript takes, for whatever schemas are called: `order.v1-line` becomes `OrderV1Line`, `2fa` becomes
 * `Schema2fa`, `Record` becomes `RecordSchema`. Where two would be called the same, the one that needed no change has the
 * name, and others are counted. `reserved` are further names that are in use.
 */
export function typeNames(root: JsonObject, reserved: readonly string[]): TypeNames {
  const schemas = namedSchemas(root).map(({ name }) => ({ name, wanted: safe(name, reserved) }));
  const inOrder = schemas.toSorted(
    (a, b) => Number(a.name !== a.wanted) - Number(b.name !== b.wanted) || compareText(a.name, b.name),
  );
  const used = new Set<string>();
  const names = new Map<string, string>();
  for (const { name, wanted } of inOrder) {
    let candidate = wanted;
    for (let count = 2; used.has(candidate); count += 1) candidate = `${wanted}_${count}`;
    used.add(candidate);
    names.set(name, candidate);
  }
  return names;
}

/** The same names: those of a document that keeps our rules are good ones. */
export function ownNames(root: JsonObject): TypeNames {
  return new Map(namedSchemas(root).map(({ name }) => [name, name]));
}

/** An alias for every named schema, to be appended to `types.ts`. */
export function emitAliases(names: TypeNames): string {
  return [...names]
    .toSorted(([, a], [, b]) => compareText(a, b))
    .map(([schema, type]) => `export type ${type} = components["schemas"][${JSON.stringify(schema)}];\n`)
    .join('');
}

function safe(name: string, reserved: readonly string[]): string {
  const identifier = /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name) ? name : assembled(name);
  return taken.has(identifier) || reserved.includes(identifier) ? `${identifier}Schema` : identifier;
}

function assembled(name: string): string {
  const words = name.split(/[^\p{L}\p{N}_$]+/u).filter(Boolean);
  const joined = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  return /^[\p{L}_$]/u.test(joined) ? joined : `Schema${joined}`;
}
