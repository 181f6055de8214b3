import { compareText } from './order.js';

/** Words for values in the schema of a payload, as the platform writes them. */
export const SCHEMA_WORDS = ['Boolean', 'Integer', 'LocalizedString', 'Map', 'Number', 'Object', 'String'] as const;
export type SchemaWord = (typeof SCHEMA_WORDS)[number];

/** What a schema says of one value. A list shows one of its items; an empty one may hold anything. */
export type Shape = SchemaWord | readonly [] | readonly [Shape] | Fields;

export interface Fields {
  readonly [name: string]: Shape;
}

/** An event type as the catalogue file has it; `schema` is null when none is published. */
export interface CatalogueRow {
  readonly type: string;
  readonly group: string;
  readonly schema: Fields | null;
}

export type Catalogue = readonly CatalogueRow[];

/** Lower case, words joined by dots or hyphens, a dot at least: what code can be generated of. */
export const EVENT_TYPE = /^[a-z0-9]+(?:[.-][a-z0-9]+)*\.[a-z0-9]+(?:[.-][a-z0-9]+)*$/;

/** The group of an event type about which nobody says one. */
export const NO_GROUP = 'Other';

export function byType(rows: Catalogue): ReadonlyMap<string, CatalogueRow> {
  return new Map(rows.map((row) => [row.type, row]));
}

export function sortedRows(rows: Catalogue): Catalogue {
  return rows.toSorted((a, b) => compareText(a.type, b.type));
}

export function isFields(shape: Shape | null): shape is Fields {
  return typeof shape === 'object' && shape !== null && !Array.isArray(shape);
}

/** By own names alone: a field may be called `constructor`. */
export function fieldOf(fields: Fields, name: string): Shape | undefined {
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}

/** The step from a value to one of its fields, in the place of a change. */
export function placeOfField(place: string, name: string): string {
  const step = /^[\w$-]+$/.test(name) ? name : JSON.stringify(name);
  return place === '' ? step : `${place}.${step}`;
}
