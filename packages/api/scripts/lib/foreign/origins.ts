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

  /** Takes a value and everything below it as written in a file; what is known already stays as it is. */
  record(origin: Origin, value: unknown): void {
    this.#walk(value, origin);
  }

  /** The copy was written where the original was. */
  same(copy: object, original: object): void {
    const link = this.#links.get(original);
    if (link !== undefined) this.#links.set(copy, link);
  }

  /** Where the value at the path below `root` was written, or the nearest thing around it of which that is known. */
  find(root: unknown, path: JsonPath): Origin | undefined {
    let value = root;
    let known: { readonly value: object; readonly depth: number } | undefined;
    for (let depth = 0; typeof value === 'object' && value !== null; depth += 1) {
      if (this.#links.has(value)) known = { value, depth };
      const key = path[depth];
      if (key === undefined) break;
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
