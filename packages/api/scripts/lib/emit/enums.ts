import { namedSchemas } from '../document-parts.ts';
import { asList, compareText, type JsonObject } from '../json.ts';
import { header, propertyKey, quote } from './source-text.ts';

/**
 * `enums.ts`: every named schema that lists strings or integers, as values that exist at run time. A schema with a single
 * value tells kinds of objects apart and needs none.
 */
export function emitEnums(source: string, root: JsonObject): string {
  const enums = namedSchemas(root)
    .map(({ name, value }) => ({ name, values: listedValues(value) }))
    .filter(({ values }) => values.length > 1)
    .toSorted((a, b) => compareText(a.name, b.name));
  if (enums.length === 0) return `${header(source)}export {};\n`;
  const imports = `import type * as types from './types.js';\n`;
  return header(source) + [imports, ...enums.map(emitEnum)].join('\n');
}

interface Enum {
  readonly name: string;
  readonly values: readonly (string | number)[];
}

// `satisfies` makes the compiler notice when these values and the types of types.ts part.
function emitEnum({ name, values }: Enum): string {
  const list = `${name.charAt(0).toLowerCase()}${name.slice(1)}Values`;
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
  const values = asList(schema['enum']).filter((value) => value !== null);
  const usable = values.filter((value) => typeof value === 'string' || Number.isSafeInteger(value));
  return usable.length === values.length
    ? usable.filter((value) => typeof value === 'string' || typeof value === 'number')
    : [];
}

function literal(value: string | number): string {
  return typeof value === 'string' ? quote(value) : String(value);
}
