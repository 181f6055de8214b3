import { EVENT_TYPE, type Fields } from './catalogue-row.js';
import { compareText } from './order.js';
import { readSchema } from './read-schema.js';

/** One row of a tenant's catalogue as it came: nobody has looked at the values yet. */
export interface RawEventType {
  readonly type: unknown;
  /** A text, or one for each language. */
  readonly group: unknown;
  readonly schema: unknown;
}

/** An event type as a tenant has it. */
export interface ReadEventType {
  readonly type: string;
  /** Absent when it is not told in English. */
  readonly group?: string;
  /** In another language, or the one in English. */
  readonly anyGroup?: string;
  /** Null: none is published. Undefined: it could not be read. */
  readonly schema: Fields | null | undefined;
}

/**
 * | kind | means |
 * |---|---|
 * | unreadable | the schema is not understood; what was known stays |
 * | nameless | a row without a name that an event type can have; it is left out |
 * | repaired | the schema is a text with commas too many; it is taken without them |
 * | disagreement | what two tenants say of one event type cannot both be; the first one counts |
 */
export interface Complaint {
  readonly kind: 'unreadable' | 'nameless' | 'repaired' | 'disagreement';
  readonly type: string;
  readonly message: string;
}

/** Whether something is not known because of it. */
export function isSerious({ kind }: Complaint): boolean {
  return kind === 'unreadable' || kind === 'nameless';
}

export interface CatalogueReading {
  readonly types: readonly ReadEventType[];
  readonly complaints: readonly Complaint[];
}

/** Reads a whole catalogue. Whatever stands in it, nothing is thrown. */
export function readCatalogue(rows: readonly RawEventType[]): CatalogueReading {
  const types = new Map<string, ReadEventType>();
  const complaints: Complaint[] = [];
  for (const [index, row] of rows.entries()) {
    const type = typeof row.type === 'string' ? row.type.toLowerCase() : '';
    if (type.length > 200 || !EVENT_TYPE.test(type)) {
      const name = JSON.stringify(typeof row.type === 'string' ? row.type.slice(0, 80) : null);
      complaints.push({ kind: 'nameless', type: '', message: `row ${index + 1} has ${name} for an event type` });
      continue;
    }
    if (types.has(type)) {
      complaints.push({ kind: 'disagreement', type, message: 'has more than one row; the first one counts' });
      continue;
    }
    types.set(type, readRow(type, row, complaints));
  }
  return { types: [...types.values()].toSorted((a, b) => compareText(a.type, b.type)), complaints };
}

function readRow(type: string, { group, schema: raw }: RawEventType, complaints: Complaint[]): ReadEventType {
  const schema = readSchema(raw);
  if (schema.kind === 'unreadable') {
    complaints.push({ kind: 'unreadable', type, message: `its schema ${schema.message}` });
  } else if (schema.repaired) {
    complaints.push({ kind: 'repaired', type, message: 'its schema has commas before closing brackets' });
  }
  return { type, ...readGroup(group), schema: schema.kind === 'read' ? schema.schema : undefined };
}

const MAX_GROUP = 100;

function readGroup(value: unknown): Pick<ReadEventType, 'group' | 'anyGroup'> {
  if (isTitle(value)) return { group: value.trim(), anyGroup: value.trim() };
  if (typeof value !== 'object' || value === null) return {};
  const titles = Object.entries(value)
    .flatMap(([language, title]: [string, unknown]) => (isTitle(title) ? [[language, title.trim()] as const] : []))
    .toSorted(([a], [b]) => compareText(a, b));
  const english = titles.find(([language]) => /^en\b/i.test(language))?.[1];
  const any = english ?? titles[0]?.[1];
  return { ...(english !== undefined && { group: english }), ...(any !== undefined && { anyGroup: any }) };
}

/** One line that a table can hold. */
function isTitle(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '' && value.length <= MAX_GROUP && !/\p{Cc}/u.test(value);
}
