import { isObject, type JsonPath } from '../json.ts';

/** Where a value was written: a file and the path within it. */
export interface Origin {
  readonly file: string;
  readonly at: JsonPath;
}

type Link = Origin | { readonly parent: object; readonly key: string | number };

/**
 * Remembers of which file every object and list is, so that a fault in what was put together from several files and
 * overlays can be shown where somebody wrote it. Goes by identity: a copy has the origin that it is given.
 */
export class Origins {
  readonly #links = new WeakMap<object, Link>();
  /** Members that were written somewhere else than what they are in; values that are no objects have no identity. */
  readonly #members = new WeakMap<object, ReadonlyMap<string, Origin>>();

  /** Takes a value and everything below it as written in a file; what is known already stays as it is. */
  record(origin: Origin, value: unknown): void {
    this.#walk(value, origin);
  }

  /** The copy was written where the original was. */
  same(copy: object, original: object): void {
    const link = this.#links.get(original);
    if (link !== undefined) this.#links.set(copy, link);
    const members = this.#members.get(original);
    if (members !== undefined) this.#members.set(copy, members);
  }

  /** Takes a member of an object as written somewhere else than the object. */
  recordMember(object: object, key: string, origin: Origin): void {
    this.#members.set(object, new Map(this.#members.get(object)).set(key, origin));
  }

  /** Where the value at the path below `root` was written, or the nearest thing around it of which that is known. */
  find(root: unknown, path: JsonPath): Origin | undefined {
    let value = root;
    let known: { readonly value: object; readonly depth: number } | undefined;
    for (let depth = 0; typeof value === 'object' && value !== null; depth += 1) {
      if (this.#links.has(value)) known = { value, depth };
      const key = path[depth];
      if (key === undefined) break;
      const member = this.#members.get(value)?.get(String(key));
      if (member !== undefined) return { ...member, at: [...member.at, ...path.slice(depth + 1)] };
      value = Array.isArray(value) ? value[Number(key)] : isObject(value) ? value[key] : undefined;
    }
    const origin = known && this.#originOf(known.value);
    return origin && { file: origin.file, at: [...origin.at, ...path.slice(known?.depth)] };
  }

  #walk(value: unknown, link: Link): void {
    if (typeof value !== 'object' || value === null || this.#links.has(value)) return;
    this.#links.set(value, link);
    for (const [key, inner] of Object.entries(value)) this.#walk(inner, { parent: value, key });
  }

  #originOf(value: object): Origin | undefined {
    const keys: (string | number)[] = [];
    let link = this.#links.get(value);
    while (link !== undefined && 'parent' in link) {
      keys.unshift(link.key);
      link = this.#links.get(link.parent);
    }
    return link && { file: link.file, at: [...link.at, ...keys] };
  }
}
