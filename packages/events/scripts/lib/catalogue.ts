import { readShape, type Shape } from './shape.ts';

/** An event type of the catalogue; `payload` is undefined when no schema is published. */
export interface CatalogueRow {
  readonly type: string;
  readonly group: string;
  readonly payload: Shape | undefined;
}

/** A catalogue that nothing can be made from; carries every fault, each with its row. */
export class InvalidCatalogueError extends Error {
  override readonly name = 'InvalidCatalogueError' as const;
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

const TYPE = /^[a-z0-9]+(?:[.-][a-z0-9]+)*\.[a-z0-9]+(?:[.-][a-z0-9]+)*$/;
const KEYS: ReadonlySet<string> = new Set(['type', 'group', 'schema']);

/** Reads the text of a catalogue, sorted by type; throws InvalidCatalogueError. `file` is for messages. */
export function readCatalogue(text: string, file: string): readonly CatalogueRow[] {
  const problems: string[] = [];
  const rows = parse(text, file).map((row, index) =>
    readRow(row, (message) => problems.push(`${file}: ${nameRow(row, index)}: ${message}`)),
  );
  problems.push(...duplicates(rows).map((problem) => `${file}: ${problem}`));
  if (problems.length > 0) throw new InvalidCatalogueError(problems);
  return rows.toSorted((a, b) => (a.type < b.type ? -1 : 1));
}

function parse(text: string, file: string): readonly unknown[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new InvalidCatalogueError([`${file}: ${error instanceof Error ? error.message : String(error)}`]);
  }
  if (!Array.isArray(value) || value.length === 0) throw new InvalidCatalogueError([`${file}: must be a list of rows`]);
  return value;
}

function readRow(row: unknown, report: (message: string) => void): CatalogueRow {
  const fields = isObject(row) ? row : {};
  const { type, group, schema } = fields;
  for (const key of Object.keys(fields)) if (!KEYS.has(key)) report(`has a ${JSON.stringify(key)} too many`);
  if (typeof type !== 'string' || !TYPE.test(type)) report('type must be like order.created, in lower case');
  if (typeof group !== 'string' || group.trim() === '') report('group must be a text');
  if (schema !== null && !isObject(schema)) {
    report('schema must be an object, or null when none is published');
  }
  return {
    type: String(type),
    group: String(group),
    payload: isObject(schema)
      ? readShape(schema, 'schema', (path, message) => report(`${path}: ${message}`))
      : undefined,
  };
}

/** By type where there is one: that is what an editor finds. */
function nameRow(row: unknown, index: number): string {
  const type = isObject(row) ? row['type'] : undefined;
  return typeof type === 'string' ? `row ${index + 1} (${type})` : `row ${index + 1}`;
}

function duplicates(rows: readonly CatalogueRow[]): readonly string[] {
  const types = rows.map(({ type }) => type);
  return types.flatMap((type, index) => {
    const first = types.indexOf(type);
    return first === index ? [] : [`${nameRow({ type }, index)}: is in row ${first + 1} already`];
  });
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
