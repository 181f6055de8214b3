import type { ObservedTarget } from './delivery.js';
import { sameHeaders } from './header-diff.js';
import type { OwnedThing, OwnedThings } from './ledger.js';
import { compareText, sameSet } from './order.js';
import { ownedOf } from './owned.js';
import type { Knowledge } from './part.js';
import type { Prune } from './state.js';
import { isNewRowKey, keyOfFound, keyOfSettings, keyText, newRowKey, routeText } from './target-key.js';
import type { WantedTarget } from './wanted-targets.js';

export interface Pair {
  readonly wanted: WantedTarget;
  readonly found: ObservedTarget;
}

/** An entry and what is known of it. */
export interface FoundTarget {
  readonly found: ObservedTarget;
  /** By its id. */
  readonly row?: OwnedThing;
}

export interface Matching {
  readonly pairs: readonly Pair[];
  /** Without a live counterpart. */
  readonly missing: readonly WantedTarget[];
  /** Without a counterpart in the file. */
  readonly left: readonly FoundTarget[];
}

/**
 * Finds the live entry of each wanted target; ids are given by the service, and names are seldom read back. In this order:
 *
 * | entry | because |
 * |---|---|
 * | that the ledger knows by this natural key | we made it, whatever became of it since |
 * | with the same event type, destination and filter, and no other name | it does the same |
 * | of ours that is left over, as the only one of the name or of the event type | the file changed it |
 */
export function matchTargets(
  wanted: readonly WantedTarget[],
  found: readonly ObservedTarget[],
  known: ReadonlyMap<string, OwnedThing>,
  knowledge: Knowledge,
  prune: Prune,
): Matching {
  const open = new Set(wanted);
  const entries = found
    .map((one): FoundTarget => {
      const row = known.get(one.id);
      return { found: one, ...(row && { row }) };
    })
    .toSorted((a, b) => compareText(a.found.id, b.found.id));
  const left = new Set(entries);
  const pairs: Pair[] = [];
  const take = (candidates: readonly Candidate[]) => {
    for (const { one, entry } of candidates) {
      if (!open.has(one) || !left.has(entry)) continue;
      open.delete(one);
      left.delete(entry);
      pairs.push({ wanted: one, found: entry.found });
    }
  };
  take(byLedger([...open], [...left]));
  take(byRoute([...open], [...left]));
  // With `prune: none` a target that the file does not name any more stays, so it cannot become another one.
  const ours = () => (prune === 'none' ? [] : [...left].filter((entry) => isOurs(entry, [...left], pairs, knowledge)));
  const made = pairs.filter((pair) => isJustMade(pair, known)).map(({ wanted: one }) => one);
  take(onlyOnes([...open], made, ours(), named));
  take(onlyOnes([...open], made, ours(), ({ key }) => key.event));
  return { pairs, missing: [...open], left: [...left] };
}

interface Candidate {
  readonly one: WantedTarget;
  readonly entry: FoundTarget;
}

function byLedger(wanted: readonly WantedTarget[], entries: readonly FoundTarget[]): Candidate[] {
  const recorded = grouped(entries, ({ row }) => row && keyText(keyOfSettings(row.settings)));
  const candidates = wanted.flatMap((one) => (recorded.get(one.id) ?? []).map((entry) => ({ one, entry })));
  const hasMoved = ({ one, entry }: Candidate) => Number(routeText(keyOfFound(entry.found)) !== routeText(one.key));
  return candidates.toSorted((a, b) => hasMoved(a) - hasMoved(b));
}

/** Those that fit best first, and of equals the target that has fewer entries to choose from. */
function byRoute(wanted: readonly WantedTarget[], entries: readonly FoundTarget[]): Candidate[] {
  const routes = grouped(entries, ({ found }) => routeText(keyOfFound(found)));
  const candidates = wanted.flatMap((one) => {
    const there = (routes.get(routeText(one.key)) ?? []).filter((entry) => mayBeNamed(one, entry));
    const rated = there.map((entry) => ({ one, entry, distance: distance(one, entry) }));
    const choice = rated.filter((candidate) => candidate.distance === 0).length;
    return rated.map((candidate) => ({ ...candidate, choice }));
  });
  return candidates.toSorted((a, b) => a.distance - b.distance || a.choice - b.choice);
}

function grouped(
  entries: readonly FoundTarget[],
  textOf: (entry: FoundTarget) => string | undefined,
): ReadonlyMap<string, FoundTarget[]> {
  const groups = new Map<string, FoundTarget[]>();
  for (const entry of entries) {
    const text = textOf(entry);
    if (text !== undefined) groups.set(text, [...(groups.get(text) ?? []), entry]);
  }
  return groups;
}

function mayBeNamed({ key }: WantedTarget, { found }: FoundTarget): boolean {
  return key.name === null || found.name === undefined || key.name === found.name;
}

/** How much an entry differs from a target of the same route. */
function distance({ key, wish }: WantedTarget, { found, row }: FoundTarget): number {
  const name = found.name ?? (row ? keyOfSettings(row.settings).name : undefined);
  const { excludedFields, headers, active, secretKey } = wish;
  const sameFields =
    excludedFields === undefined ||
    (excludedFields && found.excludedFields
      ? sameSet(excludedFields, found.excludedFields)
      : excludedFields === found.excludedFields);
  const differences = [
    name !== undefined && name !== key.name,
    !sameFields,
    active !== found.active,
    headers !== undefined && !sameHeaders(headers, found.headers),
    secretKey !== undefined && !found.secretKeyExists,
  ];
  return differences.filter(Boolean).length;
}

function named({ key }: { readonly key: WantedTarget['key'] }): string | undefined {
  return key.name === null ? undefined : JSON.stringify([key.event, key.name]);
}

/** An interrupted plan goes on as it began: beside a target that was just made, no other takes an old entry over. */
function isJustMade({ wanted, found }: Pair, known: ReadonlyMap<string, OwnedThing>): boolean {
  return !known.has(found.id) && known.has(newRowKey(wanted.key));
}

/** Pairs a target and an entry that both are the only one with some text; `made` count, and are not paired. */
function onlyOnes(
  wanted: readonly WantedTarget[],
  made: readonly WantedTarget[],
  entries: readonly FoundTarget[],
  textOf: (thing: { readonly key: WantedTarget['key'] }) => string | undefined,
): Candidate[] {
  const keyed = entries.map((entry) => ({ entry, key: knownKey(entry) }));
  return wanted.flatMap((one): Candidate[] => {
    const text = textOf(one);
    if (text === undefined || [...wanted, ...made].some((other) => other !== one && textOf(other) === text)) return [];
    const [match, ...more] = keyed.filter((candidate) => textOf(candidate) === text);
    return match && more.length === 0 ? [{ one, entry: match.entry }] : [];
  });
}

/** The key as read, with the name that the ledger knows. */
function knownKey({ found, row }: FoundTarget): WantedTarget['key'] {
  const key = keyOfFound(found);
  return { ...key, name: key.name ?? (row ? keyOfSettings(row.settings).name : null) };
}

/**
 * Whether we made an entry: the ledger has its id, or a row of a write whose answer was never recorded says exactly this
 * natural key, and no more entries than such rows have it. Rows that a pair accounts for do not count.
 */
export function isOurs(
  { found, row }: FoundTarget,
  left: readonly FoundTarget[],
  pairs: readonly Pair[],
  { owned, instance }: Knowledge,
): boolean {
  const own = owned && ownedOf(owned, 'target').get(found.id);
  if (own) return own.instance === instance;
  if (row || !owned) return false;
  const taken = new Set(pairs.map(({ wanted }) => newRowKey(wanted.key)));
  const rows = unansweredRows(owned, instance).filter(({ key }) => !taken.has(key));
  const fits = (entry: FoundTarget, settings: OwnedThing) => {
    const key = keyOfSettings(settings.settings);
    const there = keyOfFound(entry.found);
    return routeText(key) === routeText(there) && (there.name === null || there.name === key.name);
  };
  const mine = rows.filter((settings) => fits({ found }, settings));
  const alike = left.filter((entry) => !entry.row && mine.some((settings) => fits(entry, settings)));
  return mine.length > 0 && alike.length <= mine.length;
}

function unansweredRows(owned: OwnedThings, instance: string): OwnedThing[] {
  return owned.filter((row) => row.resource === 'target' && isNewRowKey(row.key) && row.instance === instance);
}
