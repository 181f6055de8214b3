import type { DesiredHeaders, DesiredTarget } from './delivery.js';
import { sameHeaders } from './header-diff.js';
import { nearest } from './nearest.js';
import { compareText, sameSet, sortedSet } from './order.js';
import type { Problem } from './problem.js';
import { eventKey, type ObservedSubscription } from './state.js';
import { keyOfWish, keyText, type TargetKey } from './target-key.js';

/** One target that the file wants. */
export interface WantedTarget {
  readonly key: TargetKey;
  /** `key` as text. */
  readonly id: string;
  readonly wish: DesiredTarget;
  /** Something in it is unclear: nothing is done to it, and its live counterpart stays as it is. */
  readonly withheld: boolean;
}

export interface WantedTargets {
  /** By id, in its order. */
  readonly targets: readonly WantedTarget[];
  readonly problems: readonly Problem[];
}

/** Reads the targets of the file against the live catalogue. Equal ones count once. */
export function resolveTargets(
  wishes: readonly DesiredTarget[],
  catalogue: readonly ObservedSubscription[],
): WantedTargets {
  const rows = new Map(catalogue.map((row) => [eventKey(row.eventType), row]));
  const problems: Problem[] = [];
  const targets = grouped(wishes).flatMap(([id, same]): WantedTarget[] => {
    const [wish] = same;
    if (!wish) return [];
    const found = [...contradictionOf(same), ...same.flatMap((one) => unknownNames(one, rows))];
    problems.push(...found);
    return [{ key: keyOfWish(wish), id, wish, withheld: found.length > 0 }];
  });
  return { targets, problems };
}

/** Targets that stand in the list more than once with different settings; needs no catalogue. */
export function targetContradictions(wishes: readonly DesiredTarget[]): Problem[] {
  return grouped(wishes).flatMap(([, same]) => contradictionOf(same));
}

function grouped(wishes: readonly DesiredTarget[]): [id: string, same: DesiredTarget[]][] {
  const groups = new Map<string, DesiredTarget[]>();
  for (const wish of wishes) {
    const id = keyText(keyOfWish(wish));
    groups.set(id, [...(groups.get(id) ?? []), wish]);
  }
  return [...groups].toSorted(([a], [b]) => compareText(a, b));
}

function contradictionOf(same: readonly DesiredTarget[]): Problem[] {
  const [first] = same;
  if (!first || same.every((other) => sameWish(first, other))) return [];
  return [
    {
      severity: 'error',
      kind: 'contradiction',
      message: `targets of ${first.event} with the same destination, filter and name disagree`,
      places: sortedSet(same.map(({ place }) => place)),
      nearest: [],
    },
  ];
}

function sameWish(a: DesiredTarget, b: DesiredTarget): boolean {
  const secret = a.secretKey && b.secretKey ? a.secretKey.equals(b.secretKey) : a.secretKey === b.secretKey;
  return a.active === b.active && secret && sameFields(a, b) && sameWishedHeaders(a.headers, b.headers);
}

function sameFields({ excludedFields: a }: DesiredTarget, { excludedFields: b }: DesiredTarget): boolean {
  return a && b ? sameSet(a, b) : a === b;
}

function sameWishedHeaders(a: DesiredHeaders | undefined, b: DesiredHeaders | undefined): boolean {
  if (!a || !b) return a === b;
  return sameHeaders(a, Object.fromEntries(Object.entries(b).map(([name, { value }]) => [name, value])));
}

/** An event type or a field that the catalogue does not have; a row without fields tells nothing of them. */
function unknownNames(
  { event, excludedFields, place }: DesiredTarget,
  rows: ReadonlyMap<string, ObservedSubscription>,
): Problem[] {
  const row = rows.get(eventKey(event));
  if (!row) {
    return [
      {
        severity: 'error',
        kind: 'unknown-event',
        message: `the catalogue has no event type ${event}, which a target names`,
        places: [place],
        nearest: nearest(event, rows.keys()),
      },
    ];
  }
  const unknown = (excludedFields ?? []).filter((field) => row.fields.length > 0 && !row.fields.includes(field));
  return unknown.map((field) => ({
    severity: 'error',
    kind: 'unknown-field',
    message: `no payload of ${event} has the field ${field}, which a target excludes`,
    places: [place],
    nearest: nearest(field, row.fields),
  }));
}
