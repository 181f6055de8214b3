import type { Action, Resource } from './action.js';
import { isGivenUp } from './given-up.js';
import { canonicalJson } from './json.js';
import type { LedgerChange, OwnedThing, OwnedThings } from './ledger.js';
import type { Match, Part } from './part.js';
import type { ItemResult } from './result.js';

/** A part of a plan and the kinds of things that it speaks for. */
export interface OwnPart {
  readonly resources: readonly Resource[];
  readonly part: Part;
}

/** Who records, and when. */
export interface Recording {
  readonly instance: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/**
 * Rows to record before requests are sent; `stored` are those there are. A process that dies before it hears the answer
 * finds them at its next start.
 *
 * | action | the row says |
 * |---|---|
 * | create | ours if it is there |
 * | delete, shed | ours, and given up by us if it is not subscribed |
 */
export function intents(
  actions: readonly Action[],
  { instance, now }: Recording,
  stored: OwnedThings = [],
): OwnedThing[] {
  const known = new Map(stored.map((row) => [rowId(row), row]));
  return actions.flatMap((action): OwnedThing[] => {
    if (!action.row) return [];
    const before = known.get(rowId({ resource: action.resource, key: action.row.key }));
    if (action.reason === 'shed') return [givingUp(action.resource, action.row, before, { instance, now })];
    if (action.type !== 'create') return [];
    return [
      {
        resource: action.resource,
        key: action.row.key,
        // Until it is there again, it is still us who gave it up.
        settings: { ...action.row.settings, ...(before && isGivenUp(before) && { shed: before.settings['shed'] }) },
        ...(action.resource === 'subscription' && { version: (action.version ?? 0) + 1 }),
        instance,
        firstOwnedAt: now,
        writtenAt: now,
        fingerprints: {},
        pending: true,
      },
    ];
  });
}

function givingUp(
  resource: Resource,
  row: NonNullable<Action['row']>,
  before: OwnedThing | undefined,
  { instance, now }: Recording,
): OwnedThing {
  return {
    resource,
    ...row,
    instance,
    firstOwnedAt: before?.firstOwnedAt ?? now,
    writtenAt: now,
    ...(before?.version !== undefined && { version: before.version }),
    fingerprints: {},
  };
}

/** What is known after some actions took: the rows they lead to, with the fingerprints of the secrets they wrote. */
export function withApplied(
  owned: OwnedThings,
  results: readonly ItemResult[],
  { instance, now }: Recording,
): OwnedThings {
  const rows = new Map(owned.map((row) => [rowId(row), row]));
  for (const { action, status } of results) {
    if (!action.row || (status !== 'applied' && status !== 'unverified')) continue;
    const id = rowId({ resource: action.resource, key: action.row.key });
    const before = rows.get(id);
    rows.set(id, {
      resource: action.resource,
      ...action.row,
      ...(before?.version !== undefined && { version: before.version }),
      instance,
      firstOwnedAt: before?.firstOwnedAt ?? now,
      writtenAt: now,
      fingerprints: { ...before?.fingerprints, ...unreadable(action) },
      ...(before?.pending && action.type === 'create' && { pending: true }),
    });
  }
  return [...rows.values()];
}

/** Fingerprints of what was written and cannot be read. Svix tells the secret of an endpoint: a reading is to prove that. */
function unreadable({ resource, fingerprints = {} }: Action): Readonly<Record<string, string>> {
  if (resource !== 'endpoint') return fingerprints;
  const { secret: _, ...others } = fingerprints;
  return others;
}

/** What is ours after the last reading: what fits, and what was ours and is still there to be looked after. */
export function settle(
  before: OwnedThings,
  applied: OwnedThings,
  parts: readonly OwnPart[],
  recording: Recording,
): OwnedThings {
  const spokenFor = new Set(parts.flatMap(({ resources }) => resources));
  const previous = new Map(before.map((row) => [rowId(row), row]));
  const known = new Map(applied.map((row) => [rowId(row), row]));
  const after = new Map<string, OwnedThing>();
  for (const row of before) {
    const mine = row.instance === recording.instance && spokenFor.has(row.resource);
    const kept = parts.some(({ resources, part }) => resources.includes(row.resource) && part.claims.kept.has(row.key));
    if (!mine || kept) after.set(rowId(row), row);
  }
  for (const match of parts.flatMap(({ part }) => part.claims.matched)) {
    const id = rowId(match);
    const formerly = match.row === undefined ? undefined : rowId({ ...match, key: match.row });
    const source = known.get(id) ?? (formerly === undefined ? undefined : known.get(formerly));
    if (match.action !== undefined) {
      // Not in line yet: whatever row there was stays.
      for (const row of [previous.get(id), formerly === undefined ? undefined : previous.get(formerly)]) {
        if (row) after.set(rowId(row), row);
      }
      continue;
    }
    if (formerly !== undefined && formerly !== id) after.delete(formerly);
    after.set(id, settled(match, source, previous.get(id), recording));
  }
  return [...after.values()];
}

/** The row of a thing that is as desired; the one there was when it says the same. */
function settled(
  match: Match,
  source: OwnedThing | undefined,
  previous: OwnedThing | undefined,
  { instance, now }: Recording,
): OwnedThing {
  const fingerprints = { ...source?.fingerprints, ...match.fingerprints };
  const untouched =
    previous !== undefined &&
    previous.pending !== true &&
    source === previous &&
    same(previous.settings, match.settings) &&
    same(previous.fingerprints, fingerprints);
  if (untouched) return previous;
  return {
    resource: match.resource,
    key: match.key,
    instance,
    firstOwnedAt: source?.firstOwnedAt ?? now,
    writtenAt: now,
    ...(match.version !== undefined && { version: match.version }),
    settings: match.settings,
    fingerprints,
  };
}

/** What has to be written so that the ledger, which holds `stored`, says `wanted`; `undefined` when it does already. */
export function ledgerChange(stored: OwnedThings, wanted: OwnedThings): LedgerChange | undefined {
  const there = new Map(stored.map((row) => [rowId(row), row]));
  const goal = new Map(wanted.map((row) => [rowId(row), row]));
  const put = wanted.filter((row) => {
    const old = there.get(rowId(row));
    return old !== row && !(old && same(old, row));
  });
  const forget = stored.filter((row) => !goal.has(rowId(row))).map(({ resource, key }) => ({ resource, key }));
  return put.length + forget.length === 0 ? undefined : { put, forget };
}

/** `rows` with those of `newer` in place of theirs. */
export function merged(rows: OwnedThings, newer: OwnedThings): OwnedThings {
  return [...new Map([...rows, ...newer].map((row) => [rowId(row), row])).values()];
}

function rowId({ resource, key }: Pick<OwnedThing, 'resource' | 'key'>): string {
  return `${resource} ${key}`;
}

function same(a: object, b: object): boolean {
  return canonicalJson(a) === canonicalJson(b);
}
