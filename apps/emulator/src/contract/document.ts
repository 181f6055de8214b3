import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { isObject } from '../json.js';

/** An OpenAPI document and the key under which its schemas are known to the validator. */
export interface ApiDocument {
  readonly key: string;
  readonly root: Record<string, unknown>;
}

/** Reads a document of the specs package. Throws when the file is missing or is not a mapping. */
export function readDocument(file: string): ApiDocument {
  const root: unknown = parse(readFileSync(new URL(import.meta.resolve(`@gateway-sync/specs/${file}`)), 'utf8'));
  if (!isObject(root)) throw new Error(`specs/${file} is not an OpenAPI document`);
  return { key: file.replace(/\.yaml$/, ''), root };
}

/** A place in a document: the value found there, and a JSON pointer that leads to it without passing a `$ref`. */
export interface Located {
  readonly pointer: string;
  readonly value: unknown;
}

/** Steps from `from` to a member, then follows `$ref` as long as there is one. */
export function locate(document: ApiDocument, from: Located, ...keys: readonly string[]): Located {
  let at = from;
  for (const key of keys) {
    const value = isObject(at.value) ? at.value[key] : undefined;
    at = { pointer: `${at.pointer}/${escapePointer(key)}`, value };
    while (isObject(at.value) && typeof at.value['$ref'] === 'string') at = resolve(document, at.value['$ref']);
  }
  return at;
}

export function rootOf(document: ApiDocument): Located {
  return { pointer: '', value: document.root };
}

function resolve(document: ApiDocument, reference: string): Located {
  if (!reference.startsWith('#/')) throw new Error(`reference outside of ${document.key}: ${reference}`);
  let value: unknown = document.root;
  for (const part of reference.slice(2).split('/')) {
    const key = decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~');
    value = isObject(value) ? value[key] : undefined;
  }
  if (value === undefined) throw new Error(`${document.key} has no ${reference}`);
  return { pointer: reference.slice(1), value };
}

/** For use inside a `$ref`: escaped for JSON pointers, then for URI fragments. */
function escapePointer(key: string): string {
  return encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1'));
}
