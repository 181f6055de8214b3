import type { FactNode, Facts } from './fact-nodes.ts';
import { compareText } from './json.ts';
import { signatureKind, variantKind } from './schema-facts.ts';
import { pairVariants } from './variant-pairs.ts';

/**
 * One difference between two structures. Without a `kind` the whole place was added or removed; its parts are not
 * listed again.
 */
export type Difference =
  | { readonly type: 'added' | 'removed'; readonly location: string }
  | { readonly type: 'added' | 'removed'; readonly location: string; readonly kind: string; readonly value: string }
  | {
      readonly type: 'changed';
      readonly location: string;
      readonly kind: string;
      readonly before: string;
      readonly after: string;
    };

/** What must be added, removed and changed to make `before` into `after`; sorted by location, empty for equal ones. */
export function diffFacts(before: Facts, after: Facts): readonly Difference[] {
  const locations = new Set([...before.keys(), ...after.keys()]);
  const differences = [...locations].flatMap((location): readonly Difference[] => {
    const [old, now] = [before.get(location), after.get(location)];
    if (old && now) return old.values === now.values ? [] : diffValues(old, now);
    if (now) return isPartOfMissing(now, before) ? [] : [{ type: 'added', location } as const];
    return old && isPartOfMissing(old, after) ? [] : [{ type: 'removed', location } as const];
  });
  const explained = explainedLocations(differences, before, after);
  return differences
    .filter((difference) => !isSignature(difference) || !explained.has(difference.location))
    .toSorted(byPlace);
}

/** The difference in one line without its type: `location`, `location :: kind=value` or `location :: kind=a -> b`. */
export function differenceText(difference: Difference): string {
  if (!('kind' in difference)) return difference.location;
  const { location, kind } = difference;
  const value = difference.type === 'changed' ? `${difference.before} -> ${difference.after}` : difference.value;
  return `${location} :: ${kind}=${value}`;
}

// What was removed stands before what was added in its place.
function byPlace(a: Difference, b: Difference): number {
  return (
    compareText(a.location, b.location) ||
    compareText('kind' in a ? a.kind : '', 'kind' in b ? b.kind : '') ||
    compareText(b.type, a.type) ||
    compareText(differenceText(a), differenceText(b))
  );
}

const kindsOfManyValues = new Set(['enum', 'security', variantKind]);

function diffValues(before: FactNode, after: FactNode): readonly Difference[] {
  const { location } = before;
  const kinds = new Set([...before.values.keys(), ...after.values.keys()]);
  return [...kinds].flatMap((kind): Difference[] => {
    const [old, now] = [before.values.get(kind) ?? [], after.values.get(kind) ?? []];
    const [oldValue, newValue] = [old[0], now[0]];
    if (!kindsOfManyValues.has(kind) && oldValue !== undefined && newValue !== undefined) {
      return oldValue === newValue ? [] : [{ type: 'changed', location, kind, before: oldValue, after: newValue }];
    }
    const removed = old.filter((value) => !now.includes(value));
    const added = now.filter((value) => !old.includes(value));
    const pairs = kind === variantKind ? pairVariants(removed, added) : new Map<string, string>();
    const paired = new Set(pairs.values());
    return [
      ...[...pairs].map(([from, to]): Difference => ({ type: 'changed', location, kind, before: from, after: to })),
      ...removed
        .filter((value) => !pairs.has(value))
        .map((value): Difference => ({ type: 'removed', location, kind, value })),
      ...added
        .filter((value) => !paired.has(value))
        .map((value): Difference => ({ type: 'added', location, kind, value })),
    ];
  });
}

function isPartOfMissing({ parent }: FactNode, others: Facts): boolean {
  return parent !== undefined && !others.has(parent);
}

// The signature of variants changes with everything in them; it speaks only where nothing else does, there or further in.
function explainedLocations(differences: readonly Difference[], before: Facts, after: Facts): ReadonlySet<string> {
  const explained = new Set<string>();
  for (const difference of differences) {
    if (isSignature(difference)) continue;
    let location: string | undefined = difference.location;
    while (location !== undefined && !explained.has(location)) {
      explained.add(location);
      location = (after.get(location) ?? before.get(location))?.parent;
    }
  }
  return explained;
}

function isSignature(difference: Difference): boolean {
  return 'kind' in difference && difference.kind === signatureKind;
}
