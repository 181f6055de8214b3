import { isJsonList, isJsonObject, type Json } from '../json.js';

/**
 * The one text of a JSON value that gets signed: members sorted by UTF-16 unit at every level, no blanks, list order
 * kept. Built by hand because an object with sorted members still puts integer-like names first, in numeric order.
 */
export function canonicalJson(value: Json): string {
  if (isJsonList(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (!isJsonObject(value)) return JSON.stringify(value);
  const members = Object.keys(value)
    .toSorted((a, b) => (a < b ? -1 : 1))
    .map((name) => `${JSON.stringify(name)}:${canonicalJson(value[name] ?? null)}`);
  return `{${members.join(',')}}`;
}
