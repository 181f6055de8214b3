import { globMatcher, isGlob } from './glob.js';
import { nearest } from './nearest.js';
import { sameSet, sortedSet } from './order.js';
import type { Problem } from './problem.js';
import { eventKey, type ObservedSubscription, type SubscriptionEntry } from './state.js';
import { lockProblems, withinLock, type Locked, type Locking } from './within-lock.js';

/** One event type that the file wants subscribed. */
export interface Wanted {
  readonly observed: ObservedSubscription;
  /** Sorted; absent: not managed. */
  readonly excludedFields?: readonly string[];
  readonly priority?: number;
  readonly weight?: number;
}

/** A tenant's entries, read against its live catalogue. */
export interface Resolution {
  /** By event key, in its order. */
  readonly wanted: ReadonlyMap<string, Wanted>;
  /** Named by the file, but what is wanted is unclear: nothing is done to them. */
  readonly withheld: ReadonlySet<string>;
  readonly problems: readonly Problem[];
}

/**
 * | entries naming an event type | what holds |
 * |---|---|
 * | a name and globs | the name, wholly |
 * | several of the same kind, agreeing or silent on a setting | the setting that is stated |
 * | several of the same kind, disagreeing | an error naming the places; nothing is done |
 * | globs alone, and the lock has it for none of them | it is told; nothing is done |
 */
export function resolveDesired(
  entries: readonly SubscriptionEntry[],
  catalogue: readonly ObservedSubscription[],
  locking?: Locking,
): Resolution {
  const rows = new Map(catalogue.map((row) => [eventKey(row.eventType), row]));
  const problems: Problem[] = [];
  const exact = new Map<string, Claim[]>();
  const globbed = new Map<string, Claim[]>();
  const withheld = new Set<string>();
  const locked: Locked[] = [];
  const allowedOf = (entry: SubscriptionEntry): readonly ObservedSubscription[] => {
    const matched = matchGlob(entry, rows, problems);
    if (!locking?.lock) return matched;
    const glob = withinLock(entry, matched, locking.lock);
    locked.push(glob);
    return glob.allowed;
  };

  for (const entry of entries) {
    const matched = isGlob(entry.event) ? allowedOf(entry) : matchName(entry, rows, problems);
    const { claims, unknown } = claimFields(entry, matched);
    problems.push(...unknown);
    for (const claim of claims) append(isGlob(entry.event) ? globbed : exact, claim);
  }

  const isUnclaimed = ({ eventType }: ObservedSubscription) =>
    !exact.has(eventKey(eventType)) && !globbed.has(eventKey(eventType));
  const unclaimed = locked.map((glob) => ({ ...glob, held: glob.held.filter(isUnclaimed) }));
  if (locking) problems.push(...lockProblems(unclaimed, locking.tenant, new Set(rows.keys())));
  for (const { held } of unclaimed) for (const { eventType } of held) withheld.add(eventKey(eventType));

  const wanted = new Map<string, Wanted>();
  for (const key of sortedSet([...exact.keys(), ...globbed.keys()])) {
    const claims = exact.get(key) ?? globbed.get(key) ?? [];
    const settled = agree(claims);
    if ('problem' in settled) problems.push(settled.problem);
    if ('problem' in settled || claims.some(({ unclear }) => unclear)) withheld.add(key);
    else wanted.set(key, settled.wanted);
  }
  return { wanted, withheld, problems };
}

/** Names (not globs) that the entries list more than once with different settings; needs no catalogue. */
export function contradictions(entries: readonly SubscriptionEntry[]): Problem[] {
  const claims = new Map<string, Claim[]>();
  for (const entry of entries.filter(({ event }) => !isGlob(event))) {
    append(claims, {
      entry,
      row: { eventType: eventKey(entry.event), state: 'NONE', excludedFields: [], fields: [] },
      ...fieldsOf(entry),
    });
  }
  return [...claims.values()].flatMap((same) => {
    const settled = agree(same);
    return 'problem' in settled ? [settled.problem] : [];
  });
}

/** What one entry says of one event type. */
interface Claim {
  readonly entry: SubscriptionEntry;
  readonly row: ObservedSubscription;
  readonly excludedFields?: readonly string[];
  /** The entry names a field that no payload has. */
  readonly unclear?: boolean;
}

function fieldsOf(entry: SubscriptionEntry): Pick<Claim, 'excludedFields'> {
  return entry.excludedFields === undefined ? {} : { excludedFields: sortedSet(entry.excludedFields) };
}

function append(claims: Map<string, Claim[]>, claim: Claim): void {
  const key = eventKey(claim.row.eventType);
  claims.set(key, [...(claims.get(key) ?? []), claim]);
}

type Rows = ReadonlyMap<string, ObservedSubscription>;

function matchName(entry: SubscriptionEntry, rows: Rows, problems: Problem[]): ObservedSubscription[] {
  const row = rows.get(eventKey(entry.event));
  if (row) return [row];
  problems.push({
    severity: 'error',
    kind: 'unknown-event',
    message: `the catalogue has no event type ${entry.event}`,
    places: [entry.place],
    nearest: nearest(entry.event, rows.keys()),
  });
  return [];
}

function matchGlob(entry: SubscriptionEntry, rows: Rows, problems: Problem[]): ObservedSubscription[] {
  const matches = globMatcher(entry.event);
  const matched = [...rows].filter(([key]) => matches(key)).map(([, row]) => row);
  if (matched.length === 0) {
    problems.push({
      severity: 'warning',
      kind: 'matches-nothing',
      message: `${entry.event} matches no event type of the catalogue`,
      places: [entry.place],
      nearest: nearest(entry.event, rows.keys()),
    });
  }
  return matched;
}

/**
 * A glob excludes a field wherever the payload has it, so `product.*` without `description` is fine with the one event
 * that has none. A field that none of the matched payloads has is a mistake, and subscribing all the same would deliver
 * what was to be left out.
 */
function claimFields(
  entry: SubscriptionEntry,
  matched: readonly ObservedSubscription[],
): { claims: Claim[]; unknown: Problem[] } {
  const stated = fieldsOf(entry).excludedFields;
  if (stated === undefined || matched.length === 0)
    return { claims: matched.map((row) => ({ entry, row })), unknown: [] };
  const unknown = stated
    .filter((field) => !matched.some((row) => mayHave(row, field)))
    .map((field): Problem => ({
      severity: 'error',
      kind: 'unknown-field',
      message: `no payload of ${entry.event} has the field ${field}`,
      places: [entry.place],
      nearest: nearest(
        field,
        matched.flatMap(({ fields }) => fields),
      ),
    }));
  const claims = matched.map((row) => ({
    entry,
    row,
    excludedFields: stated.filter((field) => mayHave(row, field)),
    unclear: unknown.length > 0,
  }));
  return { claims, unknown };
}

/** A catalogue row without fields tells nothing; a field excluded already was accepted once. */
function mayHave(row: ObservedSubscription, field: string): boolean {
  return row.fields.length === 0 || row.fields.includes(field) || row.excludedFields.includes(field);
}

function agree(claims: readonly Claim[]): { wanted: Wanted } | { problem: Problem } {
  const [first] = claims;
  if (!first) throw new TypeError('an event type that no entry claims cannot be settled');
  const fields = claims.flatMap(({ excludedFields }) => (excludedFields ? [excludedFields] : []));
  const priorities = new Set(claims.flatMap(({ entry }) => (entry.priority === undefined ? [] : [entry.priority])));
  const weights = new Set(claims.flatMap(({ entry }) => (entry.weight === undefined ? [] : [entry.weight])));
  const [chosen] = fields;
  if (fields.some((other) => chosen && !sameSet(chosen, other)) || priorities.size > 1 || weights.size > 1) {
    return { problem: contradiction(first.row.eventType, claims) };
  }
  const [priority] = priorities;
  const [weight] = weights;
  return {
    wanted: {
      observed: first.row,
      ...(chosen && { excludedFields: chosen }),
      ...(priority !== undefined && { priority }),
      ...(weight !== undefined && { weight }),
    },
  };
}

function contradiction(eventType: string, claims: readonly Claim[]): Problem {
  const places = sortedSet(claims.map(({ entry }) => entry.place));
  return {
    severity: 'error',
    kind: 'contradiction',
    message: `entries disagree about ${eventType}`,
    places,
    nearest: [],
  };
}
