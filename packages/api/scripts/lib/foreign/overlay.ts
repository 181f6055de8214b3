import { paths, type JsonValue } from 'jsonpath-rfc9535';
import parseJsonPath from 'jsonpath-rfc9535/parser';
import type { Finding } from '../finding.ts';
import { asObject, isObject, type JsonObject, type JsonPath } from '../json.ts';
import type { Origin, Origins } from './origins.ts';

/** An overlay and the file that it stands in. */
export interface Overlay {
  readonly file: string;
  readonly root: JsonObject;
}

type Node = Record<string, unknown> | unknown[];

/**
 * Carries out the actions of an OpenAPI Overlay 1.0, in their order, on the document as the actions before have left it.
 * An action that selects nothing mends nothing: the vendor has moved, so it is a fault like one that cannot be carried out.
 * Changes `document` and returns the faults with their places in the overlay.
 */
export function applyOverlay(document: { root: JsonObject }, overlay: Overlay, origins: Origins): readonly Finding[] {
  const { overlay: version, actions } = overlay.root;
  if (typeof version !== 'string' || !/^1\.\d+\.\d+$/.test(version)) {
    return [fault(['overlay'], 'write the version of the format: `overlay: 1.0.0`')];
  }
  if (!Array.isArray(actions) || actions.length === 0) return [fault(['actions'], 'there must be a list of actions')];
  // One object may stand at several places; what is changed at one of them must become its own.
  const mend = new Mending(document, origins);
  return actions.flatMap((action, index) => {
    const at = ['actions', index];
    const message = carryOut(mend, asObject(action), { file: overlay.file, at: [...at, 'update'] });
    return message === undefined ? [] : [fault('target' in asObject(action) ? [...at, 'target'] : at, message)];
  });
}

function carryOut(
  mend: Mending,
  { target, update, remove, description }: JsonObject,
  origin: Origin,
): string | undefined {
  if (typeof target !== 'string') return 'an action needs a target, a JSONPath such as `$.paths`';
  const selected = select(mend.root, target);
  if (typeof selected === 'string') return `${target} is no JSONPath: ${selected}`;
  if (selected.length === 0) {
    const meant = typeof description === 'string' ? ` (${description})` : '';
    return `${target} selects nothing${meant}: the document has changed; adapt the action, or delete it if it is not needed any more`;
  }
  if (remove === true) return mend.remove(selected);
  if (update === undefined) return 'an action needs `update` or `remove: true`';
  for (const keys of selected) {
    const value: unknown = structuredClone(update);
    mend.origins.record(origin, value);
    const message = mend.update(keys, value, origin);
    if (message !== undefined) return `${target}: ${message}`;
  }
  return undefined;
}

/** The places that a JSONPath selects, each once; a text when it is no JSONPath. */
function select(root: JsonObject, expression: string): readonly JsonPath[] | string {
  try {
    // oxlint-disable-next-line no-unsafe-type-assertion -- it was read from YAML or JSON
    const found = new Set(paths(root as JsonValue, expression));
    return [...found].map((path) =>
      parseJsonPath(path).segments.flatMap(({ node }) =>
        node.type === 'BracketedSelection'
          ? node.selectors.flatMap((selector) =>
              selector.type === 'NameSelector' || selector.type === 'IndexSelector' ? [selector.value] : [],
            )
          : [],
      ),
    );
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

class Mending {
  readonly origins: Origins;
  readonly #document: { root: JsonObject };
  readonly #own = new WeakSet<object>();

  constructor(document: { root: JsonObject }, origins: Origins) {
    this.#document = document;
    this.origins = origins;
  }

  get root(): JsonObject {
    return this.#document.root;
  }

  remove(places: readonly JsonPath[]): string | undefined {
    if (places.some((keys) => keys.length === 0)) return 'the document itself cannot be removed';
    // From the end of a list to its beginning, so that no index moves before its turn.
    const inOrder = places.toSorted((a, b) => Number(b.at(-1)) - Number(a.at(-1)));
    for (const keys of inOrder) {
      const parent = this.#ownAt(keys.slice(0, -1));
      const key = keys.at(-1) ?? '';
      if (Array.isArray(parent)) parent.splice(Number(key), 1);
      else if (parent !== undefined) delete parent[key];
    }
    return undefined;
  }

  update(keys: JsonPath, value: unknown, origin: Origin): string | undefined {
    const node = this.#ownAt(keys);
    if (Array.isArray(node)) {
      node.push(...(Array.isArray(value) ? value : [value]));
      return undefined;
    }
    if (node !== undefined && isObject(value)) return this.#merge(node, value, keys, origin);
    const parent = this.#ownAt(keys.slice(0, -1));
    const key = keys.at(-1);
    if (node !== undefined || parent === undefined || key === undefined || isNode(value)) return misfit(keys);
    Reflect.set(parent, key, value);
    return undefined;
  }

  #merge(node: Record<string, unknown>, value: JsonObject, at: JsonPath, origin: Origin): string | undefined {
    for (const [key, wanted] of Object.entries(value)) {
      const written = { ...origin, at: [...origin.at, key] };
      const present = Object.hasOwn(node, key) ? node[key] : undefined;
      if (isObject(present) && isObject(wanted)) {
        const own = this.#ownChild(node, key);
        const message = Array.isArray(own) ? misfit([...at, key]) : this.#merge(own, wanted, [...at, key], written);
        if (message !== undefined) return message;
      } else if (Array.isArray(present) && Array.isArray(wanted)) {
        const joined = [...present, ...wanted];
        this.origins.same(joined, present);
        node[key] = joined;
      } else if (Object.hasOwn(node, key) && isNode(present) !== isNode(wanted)) return misfit([...at, key]);
      else {
        node[key] = wanted;
        this.origins.recordMember(node, key, written);
      }
    }
    return undefined;
  }

  /** The object or list at a place, with everything above it, as copies that no other place shares. */
  #ownAt(keys: JsonPath): Node | undefined {
    const holder: Record<string, unknown> = { root: this.#document.root };
    let node: Node = this.#ownChild(holder, 'root');
    if (isObject(holder['root'])) this.#document.root = holder['root'];
    for (const key of keys) {
      if (!isNode(Reflect.get(node, key))) return undefined;
      node = this.#ownChild(node, key);
    }
    return node;
  }

  #ownChild(parent: Node, key: string | number): Node {
    const child: unknown = Reflect.get(parent, key);
    if (isNode(child) && this.#own.has(child)) return child;
    const copy: Node = Array.isArray(child) ? [...child] : { ...asObject(child) };
    if (isNode(child)) this.origins.same(copy, child);
    this.#own.add(copy);
    Reflect.set(parent, key, copy);
    return copy;
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null;
}

function misfit(at: JsonPath): string {
  return `the update does not fit what is at ${at.join('.') || 'the top'}: an object goes into an object, a value takes the place of a value`;
}

function fault(at: JsonPath, message: string): Finding {
  return { at, rule: 'overlay', message };
}
