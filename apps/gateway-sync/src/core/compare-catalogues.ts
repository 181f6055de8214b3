import {
  type Catalogue,
  byType,
  type CatalogueRow,
  type Fields,
  fieldOf,
  isFields,
  placeOfField,
  type Shape,
} from './catalogue-row.js';
import { type ChangeKind, judgeShapes, LEVELS, type Level, VERDICTS, type Verdict } from './catalogue-levels.js';
import { compareText, sortedSet } from './order.js';

/** One difference between two catalogues, and what it asks of those who receive events. */
export interface CatalogueChange extends Verdict {
  readonly kind: ChangeKind;
  readonly type: string;
  /** Path of the field, `items[].price`; empty for the event type as a whole. */
  readonly place: string;
  /** What it was, in few words; absent when it was not there. */
  readonly before?: string;
  /** What it is, in few words; absent when it is no longer there. */
  readonly after?: string;
}

/** Every difference, sorted by event type and place; order, case and blanks make none. */
export function compareCatalogues(before: Catalogue, after: Catalogue): readonly CatalogueChange[] {
  const [old, now] = [byType(before), byType(after)];
  return sortedSet([...old.keys(), ...now.keys()]).flatMap((type) => {
    const [was, is] = [old.get(type), now.get(type)];
    if (was && is) return rowChanges(was, is);
    const kind = was ? 'type-removed' : 'type-added';
    return [{ kind, type, place: '', ...sides(was?.group, is?.group), ...VERDICTS[kind] } satisfies CatalogueChange];
  });
}

/** The one that asks most; undefined when there is no change. */
export function highestLevel(changes: readonly Pick<CatalogueChange, 'level'>[]): Level | undefined {
  return LEVELS.findLast((level) => changes.some((change) => change.level === level));
}

function rowChanges(was: CatalogueRow, is: CatalogueRow): readonly CatalogueChange[] {
  const { type } = was;
  const changes: CatalogueChange[] = [];
  if (was.group !== is.group) {
    const kind = 'group-changed';
    changes.push({ kind, type, place: '', ...sides(was.group, is.group), ...VERDICTS[kind] });
  }
  if (was.schema && is.schema) return [...changes, ...fieldChanges(type, '', was.schema, is.schema)];
  if (was.schema || is.schema) {
    const kind = was.schema ? 'schema-removed' : 'schema-added';
    const names = (schema: Fields | null) => schema && describe(schema);
    changes.push({ kind, type, place: '', ...sides(names(was.schema), names(is.schema)), ...VERDICTS[kind] });
  }
  return changes;
}

function fieldChanges(type: string, place: string, was: Fields, is: Fields): readonly CatalogueChange[] {
  const names = [...new Set([...Object.keys(was), ...Object.keys(is)])].toSorted(compareText);
  return names.flatMap((name): readonly CatalogueChange[] => {
    const at = placeOfField(place, name);
    const [before, after] = [fieldOf(was, name), fieldOf(is, name)];
    if (before !== undefined && after !== undefined) return shapeChanges(type, at, before, after);
    const kind = before === undefined ? 'field-added' : 'field-removed';
    const told = sides(before && describe(before), after && describe(after));
    return [{ kind, type, place: at, ...told, ...VERDICTS[kind] }];
  });
}

function shapeChanges(type: string, place: string, was: Shape, is: Shape): readonly CatalogueChange[] {
  if (was === is) return [];
  if (isFields(was) && isFields(is) && isEmpty(was) === isEmpty(is)) return fieldChanges(type, place, was, is);
  if (Array.isArray(was) && Array.isArray(is)) {
    const [a]: readonly Shape[] = was;
    const [b]: readonly Shape[] = is;
    if (a === undefined && b === undefined) return [];
    if (a !== undefined && b !== undefined) return shapeChanges(type, `${place}[]`, a, b);
  }
  const told = sides(describe(was), describe(is));
  return [{ kind: 'field-changed', type, place, ...told, ...judgeShapes(was, is) }];
}

function isEmpty(fields: Fields): boolean {
  return Object.keys(fields).length === 0;
}

function sides(before: string | null | undefined, after: string | null | undefined) {
  return { ...(typeof before === 'string' && { before }), ...(typeof after === 'string' && { after }) };
}

/** `String`, `list of String`, `object with id, name and 4 more`. */
function describe(shape: Shape): string {
  if (typeof shape === 'string') return shape;
  if (isFields(shape)) {
    const names = Object.keys(shape).toSorted(compareText);
    if (names.length === 0) return 'object of any shape';
    const shown = names.slice(0, 3).join(', ');
    return `object with ${shown}${names.length > 3 ? ` and ${names.length - 3} more` : ''}`;
  }
  const [item]: readonly Shape[] = shape;
  return item === undefined ? 'list of anything' : `list of ${describe(item)}`;
}
