import {
  byType,
  type Catalogue,
  type Fields,
  fieldOf,
  isFields,
  NO_GROUP,
  type Shape,
  sortedRows,
} from './catalogue-row.js';
import { type CatalogueChange, compareCatalogues } from './compare-catalogues.js';
import { compareText } from './order.js';
import type { ReadEventType } from './read-catalogue.js';

/** Something that is known and that no tenant has, perhaps because none has the module. */
export interface Missing {
  readonly type: string;
  /** What no tenant has: the event type, or a schema of it. */
  readonly what: 'type' | 'schema';
}

export interface Refreshed {
  readonly catalogue: Catalogue;
  readonly changes: readonly CatalogueChange[];
  /** Kept in the catalogue; empty with `whole`. */
  readonly missing: readonly Missing[];
}

/**
 * What is known with what tenants have now. `whole` says that they have everything there is: only then is gone what none of
 * them has. A schema that could not be read never takes the place of one that is known.
 */
export function refreshCatalogue(known: Catalogue, read: readonly ReadEventType[], whole: boolean): Refreshed {
  const rows = byType(known);
  const missing: Missing[] = [];
  const found = read.map(({ type, group, anyGroup, schema }) => {
    const old = rows.get(type);
    const kept = schema === undefined || (schema === null && !whole) ? (old?.schema ?? null) : null;
    if (schema === null && kept !== null) missing.push({ type, what: 'schema' });
    return {
      type,
      group: group ?? old?.group ?? anyGroup ?? NO_GROUP,
      schema: schema ? inOrderOf(schema, old?.schema ?? {}) : kept,
    };
  });
  const types = new Set(read.map(({ type }) => type));
  const absent = known.filter(({ type }) => !types.has(type));
  if (!whole) missing.push(...absent.map(({ type }): Missing => ({ type, what: 'type' })));
  const catalogue = sortedRows([...found, ...(whole ? [] : absent)]);
  return {
    catalogue,
    changes: compareCatalogues(known, catalogue),
    missing: missing.toSorted((a, b) => compareText(a.type, b.type)),
  };
}

/** The fields that are known first and in their order, so that a review shows what changed alone; new ones sorted. */
function inOrderOf(fields: Fields, known: Fields): Fields {
  const names = Object.keys(fields);
  const old = Object.keys(known).filter((name) => Object.hasOwn(fields, name));
  const fresh = names.filter((name) => !Object.hasOwn(known, name)).toSorted(compareText);
  return Object.fromEntries(
    [...old, ...fresh].flatMap((name) => {
      const shape = fieldOf(fields, name);
      return shape === undefined ? [] : [[name, shapeInOrderOf(shape, fieldOf(known, name))]];
    }),
  );
}

function shapeInOrderOf(shape: Shape, known: Shape | undefined): Shape {
  if (isFields(shape)) return inOrderOf(shape, known !== undefined && isFields(known) ? known : {});
  if (typeof shape === 'string') return shape;
  const [item]: readonly Shape[] = shape;
  const [old]: readonly Shape[] = Array.isArray(known) ? known : [];
  return item === undefined ? [] : [shapeInOrderOf(item, old)];
}
