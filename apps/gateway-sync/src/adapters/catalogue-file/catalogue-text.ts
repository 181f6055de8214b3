import { type Catalogue, EVENT_TYPE, type Shape, sortedRows } from '../../core/catalogue-row.js';
import { ConfigError, type ConfigProblem } from '../../core/errors.js';
import { readSchema } from '../../core/read-schema.js';

/** The same text for the same catalogue, as Prettier would write it: sorted by type, one field on a line. */
export function catalogueText(catalogue: Catalogue): string {
  const rows = sortedRows(catalogue).map(({ type, group, schema }) => {
    const shape = schema === null ? 'null' : shapeText(schema, '    ');
    return `  {\n    "type": ${JSON.stringify(type)},\n    "group": ${JSON.stringify(group)},\n    "schema": ${shape}\n  }`;
  });
  return rows.length === 0 ? '[]\n' : `[\n${rows.join(',\n')}\n]\n`;
}

function shapeText(shape: Shape, indent: string): string {
  if (typeof shape === 'string') return JSON.stringify(shape);
  const inner = `${indent}  `;
  if (Array.isArray(shape)) {
    const [item]: readonly Shape[] = shape;
    if (item === undefined) return '[]';
    const flat = shapeText(item, inner);
    return flat.includes('\n') ? `[\n${inner}${flat}\n${indent}]` : `[${flat}]`;
  }
  const fields = Object.entries(shape).map(
    ([name, value]) => `${inner}${JSON.stringify(name)}: ${shapeText(value, inner)}`,
  );
  return fields.length === 0 ? '{}' : `{\n${fields.join(',\n')}\n${indent}}`;
}

/** Reads the text of a catalogue file. Throws a {@link ConfigError} that lists every problem. */
export function parseCatalogue(text: string, path: string): Catalogue {
  const problems: ConfigProblem[] = [];
  const complain = (at: string, message: string, remedy: string) =>
    void problems.push({ place: path, path: at, message, remedy });
  const rows = rowsOf(text, complain).map((row, index) => {
    const { type, group, schema } = isObject(row) ? row : {};
    const at = typeof type === 'string' ? `[${index}] (${type})` : `[${index}]`;
    if (typeof type !== 'string' || !EVENT_TYPE.test(type)) {
      complain(at, 'has no event type', 'write one like order.created, in lower case');
    }
    if (typeof group !== 'string' || group.trim() === '') complain(at, 'has no group', 'write a text');
    // Tenants answer texts, and what somebody saved of one is a catalogue as well.
    const told = schema === null || typeof schema === 'string' || isObject(schema);
    if (!told) complain(at, 'has no schema', 'write an object, its text, or null without one');
    const read = readSchema(told ? schema : null);
    if (read.kind === 'unreadable') complain(at, `has a schema that ${read.message}`, 'correct it');
    return { type: String(type), group: String(group), schema: read.kind === 'read' ? read.schema : null };
  });
  const types = rows.map(({ type }) => type);
  for (const type of new Set(types.filter((one, index) => types.indexOf(one) !== index))) {
    complain(type, 'has more than one row', 'leave one');
  }
  if (problems.length > 0) throw new ConfigError(path, problems);
  return sortedRows(rows);
}

function rowsOf(text: string, complain: (at: string, message: string, remedy: string) => void): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(text);
    if (Array.isArray(value)) return value;
    complain('', 'is no list of event types', 'write a JSON array; gateway-sync catalog pull shows one');
  } catch (error) {
    complain('', `is no JSON: ${error instanceof Error ? error.message : String(error)}`, 'correct it');
  }
  return [];
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
