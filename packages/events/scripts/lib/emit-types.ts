import { InvalidCatalogueError, type CatalogueRow } from './catalogue.ts';
import type { Field, Shape, Token } from './shape.ts';
import { header, pascalCase, propertyKey } from './source-text.ts';

const TYPES: Readonly<Record<Token, string>> = {
  Boolean: 'boolean',
  Integer: 'number',
  LocalizedString: 'Readonly<Record<string, string>>',
  Map: 'Readonly<Record<string, unknown>>',
  Number: 'number',
  Object: 'Readonly<Record<string, unknown>>',
  String: 'string',
};

/** `event-types.ts`: the names, as values that exist at run time. */
export function emitEventTypes(source: string, rows: readonly CatalogueRow[]): string {
  const lines = rows.map(({ type }) => `  ${JSON.stringify(type)},`);
  return `${header(source)}/** Every event type that was published when this was made; a tenant may know more. */
export const EVENT_TYPES = [\n${lines.join('\n')}\n] as const;\n`;
}

/** `payloads.ts`: a type for each payload, and the map from event type to payload, which programs can add to. */
export function emitPayloads(source: string, rows: readonly CatalogueRow[]): string {
  const named = rows.map((row) => ({ ...row, name: pascalCase(row.type) }));
  const clash = named.find(({ name }, index) => named.findIndex((other) => other.name === name) !== index);
  if (clash !== undefined) {
    throw new InvalidCatalogueError([`${source}: another type has the name ${clash.name}, as ${clash.type} would`]);
  }
  const members = named.map(({ type, name }) => `  ${JSON.stringify(type)}: ${name};`);
  return [
    `${header(source)}/** The payload of each event type; a program may declare more of them. */\nexport interface EventPayloads {\n${members.join('\n')}\n}\n`,
    ...named.map(({ name, payload }) => emitPayload(name, payload)),
  ].join('\n');
}

// An alias and no interface: interfaces do not pass for a record of anything.
function emitPayload(name: string, payload: Shape | undefined): string {
  const remark = payload === undefined ? '/** No schema is published. */\n' : '';
  return `${remark}export type ${name} = ${payload === undefined ? TYPES.Object : emitShape(payload)};\n`;
}

function emitFields(fields: readonly Field[]): string {
  const lines = fields.map(({ name, shape }) => `readonly ${propertyKey(name)}?: ${emitShape(shape)} | null;`);
  return `{\n${lines.join('\n')}\n}`;
}

function emitShape(shape: Shape): string {
  switch (shape.kind) {
    case 'token':
      return TYPES[shape.token];
    case 'list':
      return `ReadonlyArray<${shape.of === undefined ? 'unknown' : emitShape(shape.of)}>`;
    case 'map':
      return `Readonly<Record<string, ${emitShape(shape.of)}>>`;
    case 'object':
      return shape.fields.length === 0 ? TYPES.Object : emitFields(shape.fields);
    default:
      return shape satisfies never;
  }
}
