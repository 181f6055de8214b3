import type { ConcealedObject, DesiredHeaders, ObservedHeaders } from './delivery.js';
import type { JsonObject } from './json.js';
import { compareText } from './order.js';
import type { Secret } from './secret.js';

export const HIDDEN = '[secret]';

/** Names of headers mean the same in upper and lower case. */
export function headerKey(name: string): string {
  return name.trim().toLowerCase();
}

export function sameHeaders(wish: DesiredHeaders, found: ObservedHeaders): boolean {
  const names = Object.keys(wish);
  return names.length === Object.keys(found).length && names.every((name) => !isChanged(name, wish, found));
}

/** Secret headers whose value is not there yet, in lower case and sorted. */
export function changedSecrets(wish: DesiredHeaders, found: ObservedHeaders): string[] {
  return secretHeaders(wish)
    .filter(([name]) => isChanged(name, wish, found))
    .map(([name]) => name);
}

/** In lower case and sorted. */
export function secretHeaders(wish: DesiredHeaders): [name: string, value: Secret][] {
  return Object.entries(wish)
    .filter(([, { secret }]) => secret)
    .map(([name, { value }]): [string, Secret] => [headerKey(name), value])
    .toSorted(([a], [b]) => compareText(a, b));
}

/** As the file has them; secret ones hidden. */
export function shownWish(wish: DesiredHeaders): JsonObject {
  return shown(Object.entries(wish).map(([name, { value, secret }]) => [name, secret ? HIDDEN : value.reveal()]));
}

/** A value that the file does not name may be somebody's secret, so it is hidden. */
export function shownFound(found: ObservedHeaders, wish: DesiredHeaders = {}): JsonObject {
  return shown(
    Object.entries(found).map(([name, value]) => {
      const named = lookUp(wish, name);
      return [name, named && !named.secret && named.value.equals(value) ? value.reveal() : HIDDEN];
    }),
  );
}

/** As requests write them. */
export function writtenWish(wish: DesiredHeaders): ConcealedObject {
  return Object.fromEntries(Object.entries(wish).map(([name, { value }]) => [name, { value }]));
}

export function writtenFound(found: ObservedHeaders): ConcealedObject {
  return Object.fromEntries(Object.entries(found).map(([name, value]) => [name, { value }]));
}

function isChanged(name: string, wish: DesiredHeaders, found: ObservedHeaders): boolean {
  const wanted = lookUp(wish, name)?.value;
  const there = lookUp(found, name);
  return wanted === undefined || there === undefined || !wanted.equals(there);
}

function lookUp<Value>(headers: Readonly<Record<string, Value>>, name: string): Value | undefined {
  const key = headerKey(name);
  return Object.entries(headers).find(([candidate]) => headerKey(candidate) === key)?.[1];
}

function shown(entries: readonly (readonly [name: string, value: string])[]): JsonObject {
  const lower = entries.map(([name, value]) => [headerKey(name), value] as const);
  return Object.fromEntries(lower.toSorted(([a], [b]) => compareText(a, b)));
}
