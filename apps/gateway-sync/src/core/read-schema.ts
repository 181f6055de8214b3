import { canonicalJson } from './json.js';
import { type Fields, placeOfField, SCHEMA_WORDS, type SchemaWord, type Shape } from './catalogue-row.js';
import { withoutTrailingCommas } from './without-trailing-commas.js';

/** A schema, or why it is of no use: `message` goes on behind "the schema". Null: none is published. */
export type SchemaReading =
  | { readonly kind: 'read'; readonly schema: Fields | null; readonly repaired: boolean }
  | { readonly kind: 'unreadable'; readonly message: string };

/** The longest published schema has 7,000 characters, 110 values and 6 levels. */
const MAX_LENGTH = 500_000;
const MAX_VALUES = 10_000;
const MAX_DEPTH = 40;

const WORDS: ReadonlyMap<string, SchemaWord> = new Map(SCHEMA_WORDS.map((word) => [word.toLowerCase(), word]));

/** Reads what a tenant answered as the schema of an event type, whatever that is: an object, a text of JSON, or anything. */
export function readSchema(value: unknown): SchemaReading {
  try {
    const { parsed, repaired } = typeof value === 'string' ? parse(value) : { parsed: value, repaired: false };
    if (parsed === undefined || parsed === null) return { kind: 'read', schema: null, repaired };
    if (!isObject(parsed)) throw new Unreadable(`is ${nameOf(parsed)} and no object`);
    const schema = new Reader().fields(parsed, '', 1);
    return { kind: 'read', schema: Object.keys(schema).length === 0 ? null : schema, repaired };
  } catch (error) {
    if (error instanceof Unreadable) return { kind: 'unreadable', message: error.message };
    throw error;
  }
}

class Unreadable extends Error {}

function parse(text: string): { readonly parsed: unknown; readonly repaired: boolean } {
  if (text.length > MAX_LENGTH) throw new Unreadable(`is a text of ${text.length} characters; ${MAX_LENGTH} are read`);
  if (text.trim() === '') return { parsed: null, repaired: false };
  const parsed = parsedJson(text);
  if (parsed !== undefined) return { parsed, repaired: false };
  const repaired = parsedJson(withoutTrailingCommas(text));
  if (repaired === undefined) throw new Unreadable('is a text that is no JSON');
  return { parsed: repaired, repaired: true };
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

class Reader {
  #values = 0;

  fields(value: object, place: string, depth: number): Fields {
    const entries = Object.entries(value).map(([name, inner]: [string, unknown]): [string, Shape] => {
      if (name.trim() === '') throw new Unreadable(`has a field without a name${at(place)}`);
      return [name, this.#shape(inner, placeOfField(place, name), depth)];
    });
    return Object.fromEntries(entries);
  }

  #shape(value: unknown, place: string, depth: number): Shape {
    this.#values += 1;
    if (this.#values > MAX_VALUES) throw new Unreadable(`describes more than ${MAX_VALUES} values`);
    if (depth > MAX_DEPTH) throw new Unreadable(`has more than ${MAX_DEPTH} levels`);
    if (typeof value === 'string') return wordOf(value, place);
    if (Array.isArray(value)) return this.#list(value, place, depth);
    if (isObject(value)) return this.fields(value, place, depth + 1);
    throw new Unreadable(`has ${nameOf(value)}${at(place)}, neither a word, nor a list, nor an object`);
  }

  #list(items: readonly unknown[], place: string, depth: number): Shape {
    if (items.length > MAX_VALUES) throw new Unreadable(`describes more than ${MAX_VALUES} values`);
    const shown = items.map((item) => this.#shape(item, `${place}[]`, depth + 1));
    if (new Set(shown.map(canonicalJson)).size > 1) {
      throw new Unreadable(`shows ${items.length} items that differ${at(place)}; a list shows one`);
    }
    const [item] = shown;
    return item === undefined ? [] : [item];
  }
}

function wordOf(text: string, place: string): SchemaWord {
  const word = WORDS.get(text.trim().toLowerCase());
  if (word !== undefined) return word;
  throw new Unreadable(`says ${quoted(text)}${at(place)}, which is none of ${SCHEMA_WORDS.join(', ')}`);
}

function at(place: string): string {
  return place === '' ? '' : ` at ${shortened(place)}`;
}

function quoted(text: string): string {
  return JSON.stringify(shortened(text));
}

function shortened(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

function nameOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
