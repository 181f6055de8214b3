import { compareText } from './json.ts';

/** A place in an API and what is so there. */
export interface FactNode {
  /** Reads `METHOD path [param|body|status] jsonpath`. */
  readonly location: string;
  /** The location that this one is a part of; undefined for an operation. */
  readonly parent: string | undefined;
  /** Sorted values by kind. */
  readonly values: ReadonlyMap<string, readonly string[]>;
}

/** The structure of an API by location: equal for documents that differ only in wording, order or arrangement. */
export type Facts = ReadonlyMap<string, FactNode>;

/** Keeps one copy of what many places have in common, such as being a text that is not required. */
export class SharedValues {
  readonly #known = new Map<string, FactNode['values']>();

  share(values: FactNode['values']): FactNode['values'] {
    const key = [...values].map(([kind, list]) => `${kind}\n${list.join('\n')}`).join('\n\n');
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    this.#known.set(key, values);
    return values;
  }
}

/** Gathers nodes; a second node for a place would hide the first one, so it is an Error. */
export class FactCollector {
  readonly nodes = new Map<string, FactNode>();
  readonly #shared = new SharedValues();

  add(parent: string | undefined, location: string, values: Readonly<Record<string, readonly string[]>>): string {
    if (this.nodes.has(location)) throw new Error(`${location} is described twice`);
    const filled = Object.entries(values).filter(([, list]) => list.length > 0);
    const sorted = filled.map(([kind, list]) => [kind, sortedValues(list)] as const);
    this.nodes.set(location, { location, parent, values: this.#shared.share(new Map(sorted)) });
    return location;
  }
}

function sortedValues(list: readonly string[]): readonly string[] {
  if (list.length === 1) return list.map(onOneLine);
  return [...new Set(list.map(onOneLine))].toSorted(compareText);
}

// A fact is a line in a file.
function onOneLine(value: string): string {
  return value.replaceAll('\n', String.raw`\n`).replaceAll('\r', String.raw`\r`);
}
