import { namedSchemas } from '../document-parts.ts';
import { asList, compareText, type JsonObject } from '../json.ts';
import { header, propertyKey, quote } from './source-text.ts';
import { ownNames, type TypeNames } from './type-names.ts';

/**
 * `enums.ts`: every named schema that lists strings or integers, as values that exist at run time. A schema with a single
 * value tells kinds of objects apart and needs none.
 */
export function emitEnums(source: string, root: JsonObject, names: TypeNames = ownNames(root)): string {
  const enums = findEnums(root, names);
  if (enums.length === 0) return `${header(source)}export {};\n`;
  const imports = `import type * as types from './types.js';\n`;
  return header(source) + [imports, ...enums.map(emitEnum)].join('\n');
}

export interface Enum {
  readonly name: string;
  /** What the list of its values is called. */
  readonly list: string;
  readonly values: readonly (string | number)[];
}

/** Every named schema that lists strings or integers, more than one. */
export function findEnums(root: JsonObject, names: TypeNames = ownNames(root)): readonly Enum[] {
  const used = new Set(names.values());
  return namedSchemas(root)
    .map(({ name, value }) => ({ name: names.get(name) ?? name, values: listedValues(value) }))
    .filter(({ values }) => values.length > 1)
    .toSorted((a, b) => compareText(a.name, b.name))
    .map(({ name, values }) => {
      let list = `${name.charAt(0).toLowerCase()}${name.slice(1)}Values`;
      while (used.has(list)) list = `${list}_`;
      used.add(list);
      return { name, list, values };
    });
}

/** Whether the values exist as an object too: numbers have no names. */
export function hasObject({ values }: Enum): boolean {
  return values.every((value) => typeof value === 'string');
}

// `satisfies` makes the compiler notice when these values and the types of types.ts part.
function emitEnum({ name, list, values }: Enum): string {
  const lines = [
    `export const ${list} = [${values.map(literal).join(', ')}] as const satisfies readonly types.${name}[];`,
    `export type ${name} = (typeof ${list})[number];`,
  ];
  const texts = values.filter((value) => typeof value === 'string');
  if (texts.length === values.length) {
    lines.push(
      `export const ${name} = {`,
      ...texts.map((value) => `  ${propertyKey(value)}: ${quote(value)},`),
      `} as const satisfies Record<string, types.${name}>;`,
    );
  }
  return `${lines.join('\n')}\n`;
}

function listedValues(schema: JsonObject): readonly (string | number)[] {
  if (['$ref', 'allOf', 'oneOf', 'anyOf', 'not'].some((keyword) => keyword in schema)) return [];
  const values = [...new Set(asList(schema['enum']))].filter((value) => value !== null);
  const usable = values.filter((value) => typeof value === 'string' || Number.isSafeInteger(value));
  return usable.length === values.length
    ? usable.filter((value) => typeof value === 'string' || typeof value === 'number')
    : [];
}

function literal(value: string | number): string {
  return typeof value === 'string' ? quote(value) : String(value);
}
