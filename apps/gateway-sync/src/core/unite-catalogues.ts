import { type Fields, fieldOf, isFields, placeOfField, type Shape } from './catalogue-row.js';
import { compareText } from './order.js';
import type { CatalogueReading, Complaint, ReadEventType } from './read-catalogue.js';

/** What tenants have together: every event type and field that one of them has. */
export function uniteCatalogues(readings: readonly CatalogueReading[]): CatalogueReading {
  const types = new Map<string, ReadEventType>();
  const told = new Map<string, Complaint>();
  const complain = (complaint: Complaint) => {
    const key = JSON.stringify(complaint);
    if (!told.has(key)) told.set(key, complaint);
  };
  for (const reading of readings) {
    reading.complaints.forEach(complain);
    for (const read of reading.types) {
      const known = types.get(read.type);
      types.set(read.type, known ? united(known, read, complain) : read);
    }
  }
  return { types: [...types.values()].toSorted((a, b) => compareText(a.type, b.type)), complaints: [...told.values()] };
}

function united(first: ReadEventType, second: ReadEventType, complain: (complaint: Complaint) => void): ReadEventType {
  const { type } = first;
  const disagree = (place: string) =>
    complain({
      kind: 'disagreement',
      type,
      message: `tenants differ in what ${place} is; the first one in the file counts`,
    });
  const group = first.group ?? second.group;
  const anyGroup = first.group ?? second.group ?? first.anyGroup ?? second.anyGroup;
  return {
    type,
    ...(group !== undefined && { group }),
    ...(anyGroup !== undefined && { anyGroup }),
    schema: unitedSchema(first.schema, second.schema, disagree),
  };
}

function unitedSchema(
  first: ReadEventType['schema'],
  second: ReadEventType['schema'],
  disagree: (place: string) => void,
): ReadEventType['schema'] {
  if (first && second) return unitedFields(first, second, '', disagree);
  // A schema that somebody has counts more than none, and that there is none counts more than not to know.
  return first ?? second ?? (first === null || second === null ? null : undefined);
}

function unitedFields(first: Fields, second: Fields, place: string, disagree: (place: string) => void): Fields {
  const both = Object.entries(first).map(([name, shape]): [string, Shape] => {
    const other = fieldOf(second, name);
    return [name, other === undefined ? shape : unitedShape(shape, other, placeOfField(place, name), disagree)];
  });
  const more = Object.entries(second).filter(([name]) => !Object.hasOwn(first, name));
  return Object.fromEntries([...both, ...more]);
}

function unitedShape(first: Shape, second: Shape, place: string, disagree: (place: string) => void): Shape {
  if (first === second) return first;
  if (isFields(first) && isFields(second)) return unitedFields(first, second, place, disagree);
  if (Array.isArray(first) && Array.isArray(second)) {
    const [a]: readonly Shape[] = first;
    const [b]: readonly Shape[] = second;
    if (a === undefined || b === undefined) return a === undefined ? second : first;
    return [unitedShape(a, b, `${place}[]`, disagree)];
  }
  disagree(place);
  return first;
}
