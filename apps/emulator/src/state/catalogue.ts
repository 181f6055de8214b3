import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { JsonObject } from '../json.js';

/** An event type: its group as the documentation titles it, and the pseudo-schema of its payload, if one is published. */
export interface CatalogueEvent {
  readonly type: string;
  readonly group: string;
  readonly schema: JsonObject | null;
}

const catalogueSchema = z.array(
  z.object({ type: z.string(), group: z.string(), schema: z.record(z.string(), z.json()).nullable() }),
);

let shared: ReadonlyMap<string, CatalogueEvent> | undefined;

/** All published event types by name, sorted; read once in a process. */
export function publishedCatalogue(): ReadonlyMap<string, CatalogueEvent> {
  shared ??= new Map(readRows().map((event) => [event.type, event]));
  return shared;
}

/** The catalogue of a tenant that knows only `types`; one that is not published has no schema. */
export function catalogueOf(types: readonly string[]): ReadonlyMap<string, CatalogueEvent> {
  const published = publishedCatalogue();
  return new Map(types.map((type) => [type, published.get(type) ?? { type, group: 'Custom', schema: null }]));
}

/** Event types that come and go; names that are there already, or not there, change nothing. */
export interface CatalogueChange {
  readonly add?: readonly string[] | undefined;
  readonly remove?: readonly string[] | undefined;
}

/** New ones stand at the end. */
export function changedCatalogue(
  catalogue: ReadonlyMap<string, CatalogueEvent>,
  { add = [], remove = [] }: CatalogueChange,
): ReadonlyMap<string, CatalogueEvent> {
  const gone = new Set(remove.map((type) => type.toLowerCase()));
  const added = [...catalogueOf(add.map((type) => type.toLowerCase()))].filter(([type]) => !catalogue.has(type));
  return new Map([...catalogue, ...added].filter(([type]) => !gone.has(type)));
}

function readRows(): CatalogueEvent[] {
  const url = new URL(import.meta.resolve('@gateway-sync/specs/event-catalog.json'));
  return catalogueSchema.parse(JSON.parse(readFileSync(url, 'utf8')));
}
