import { compareText } from '../../json.ts';

export interface Unnamed {
  readonly method: string;
  readonly path: string;
  /** What the document calls the operation. */
  readonly id: string | undefined;
}

/**
 * A name for every operation: the document's own, as it is, or one made of method and path (`getOrdersByIdLines`) where the
 * document has none or gives it twice. What the order of the document is makes no difference.
 */
export function nameOperations<Part extends Unnamed>(parts: readonly Part[]): ReadonlyMap<Part, string> {
  const uses = new Map<string, number>();
  for (const { id } of parts) if (id !== undefined) uses.set(id, (uses.get(id) ?? 0) + 1);
  const names = new Map<Part, string>();
  const taken = new Set(uses.keys());
  for (const part of parts.toSorted(byPlace)) {
    const own = part.id !== undefined && uses.get(part.id) === 1 ? part.id : undefined;
    const name = own ?? free(nameOf(part), taken);
    taken.add(name);
    names.set(part, name);
  }
  return names;
}

function byPlace(a: Unnamed, b: Unnamed): number {
  return compareText(a.path, b.path) || compareText(a.method, b.method);
}

function nameOf({ method, path }: Unnamed): string {
  const words = path.split('/').flatMap((segment) =>
    segment.split(/(\{[^{}]*\})/).flatMap((piece) => {
      const parts = piece.split(/[^A-Za-z0-9]+/).filter(Boolean);
      return piece.startsWith('{') ? ['By', ...parts] : parts;
    }),
  );
  return method + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}

function free(name: string, taken: ReadonlySet<string>): string {
  let candidate = name;
  for (let count = 2; taken.has(candidate); count += 1) candidate = `${name}${count}`;
  return candidate;
}
