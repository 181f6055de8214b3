import type { ConcealedObject, DesiredHeaders, ObservedHeaders } from './delivery.js';
import { isSecretHeader } from './endpoint-secrets.js';
import type { EndpointHeaders } from './endpoint.js';
import { compareText } from './order.js';
import type { Secret } from './secret.js';

/** Names of headers mean the same in upper and lower case. */
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
    .filter(([name, { secret }]) => isSecretHeader(name, secret))
    .map(([name, { value }]): [string, Secret] => [name.toLowerCase(), value])
    .toSorted(([a], [b]) => compareText(a, b));
}

/** The service hides no header: whatever is there comes back in clear. */
export function readable(values: ObservedHeaders): EndpointHeaders {
  return { values, sensitive: [] };
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
  const key = name.toLowerCase();
  return Object.entries(headers).find(([candidate]) => candidate.toLowerCase() === key)?.[1];
}
