import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { JsonObject } from '../json.js';

/**
 * An event type: its group as the documentation titles it, and the pseudo-schema of its payload, if one is published. A
 * text is answered as it stands: a tenant may have one, and one with faults.
 */
export interface CatalogueEvent {
  readonly type: string;
  readonly group: string;
  readonly schema: JsonObject | string | null;
}

const fieldsSchema = z.record(z.string(), z.json());

/** How an event type is written in a seed or a change: its name, or what is said of it beside. */
export const catalogueEntrySchema = z.union([
  z.string().min(1),
  z.strictObject({
    type: z.string().min(1),
    group: z.string().optional(),
    schema: z.union([fieldsSchema, z.string()]).nullable().optional(),
  }),
]);

export type CatalogueEntry = z.infer<typeof catalogueEntrySchema>;

const catalogueSchema = z.array(z.object({ type: z.string(), group: z.string(), schema: fieldsSchema.nullable() }));

let shared: ReadonlyMap<string, CatalogueEvent> | undefined;

/** All published event types by name, sorted; read once in a process. */
export function publishedCatalogue(): ReadonlyMap<string, CatalogueEvent> {
  shared ??= new Map(readRows().map((event) => [event.type, event]));
  return shared;
}

/** The catalogue of a tenant that knows only `entries`; what they leave out is as published, or there is none. */
export function catalogueOf(entries: readonly CatalogueEntry[]): ReadonlyMap<string, CatalogueEvent> {
  return new Map(entries.map((entry) => [nameOf(entry), toEvent(entry, nameOf(entry))]));
}

/** The fields that a schema tells; null when there is none, or it is a text that cannot be read. */
export function fieldsOf(schema: CatalogueEvent['schema']): JsonObject | null {
  if (typeof schema !== 'string') return schema;
  try {
    return fieldsSchema.safeParse(JSON.parse(schema)).data ?? null;
  } catch {
    return null;
  }
}

/** Event types that come and go. Removing what is not there changes nothing, nor does a bare name that is there. */
export interface CatalogueChange {
  readonly add?: readonly CatalogueEntry[] | undefined;
  readonly remove?: readonly string[] | undefined;
}

/** New ones stand at the end; one that is there gets the group and the schema that are said. */
export function changedCatalogue(
  catalogue: ReadonlyMap<string, CatalogueEvent>,
  { add = [], remove = [] }: CatalogueChange,
): ReadonlyMap<string, CatalogueEvent> {
  const gone = new Set(remove.map((type) => type.toLowerCase()));
  const changed = new Map(catalogue);
  for (const entry of add) {
    const type = nameOf(entry).toLowerCase();
    changed.set(type, toEvent(entry, type, changed.get(type)));
  }
  return new Map([...changed].filter(([type]) => !gone.has(type)));
}

function nameOf(entry: CatalogueEntry): string {
  return typeof entry === 'string' ? entry : entry.type;
}

function toEvent(entry: CatalogueEntry, type: string, known?: CatalogueEvent): CatalogueEvent {
  const before = known ?? publishedCatalogue().get(type) ?? { type, group: 'Custom', schema: null };
  if (typeof entry === 'string') return before;
  const { group = before.group, schema = before.schema } = entry;
  return { type, group, schema };
}

function readRows(): CatalogueEvent[] {
  const url = new URL(import.meta.resolve('@gateway-sync/specs/event-catalog.json'));
  return catalogueSchema.parse(JSON.parse(readFileSync(url, 'utf8')));
}
