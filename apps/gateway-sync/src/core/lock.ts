import { globMatcher, isGlob } from './glob.js';
import { compareText, sameSet, sortedSet } from './order.js';
import { eventKey, type DesiredTenant, type ObservedSubscription, type TenantName } from './state.js';

/** The event types that each glob may mean; globs and event types as {@link eventKey} has them, event types sorted. */
export type LockedGlobs = ReadonlyMap<string, readonly string[]>;

/** What the lock file says. */
export type Locks = ReadonlyMap<TenantName, LockedGlobs>;

/** Of a tenant that the lock file does not have. */
export const NOTHING_LOCKED: LockedGlobs = new Map();

/** What the globs of a tenant mean by the catalogue as it is. */
export function expandGlobs(
  { subscriptions }: Pick<DesiredTenant, 'subscriptions'>,
  catalogue: readonly ObservedSubscription[],
): LockedGlobs {
  const keys = sortedSet(catalogue.map(({ eventType }) => eventKey(eventType)));
  const globs = sortedSet(subscriptions.filter(({ event }) => isGlob(event)).map(({ event }) => eventKey(event)));
  return new Map(globs.map((glob) => [glob, keys.filter(globMatcher(glob))]));
}

/**
 * The locks that take the place of those before: of every tenant of the file that has `lock: true` and globs, as it was read,
 * or else as it was. What the file no longer has goes.
 */
export function nextLocks(before: Locks, tenants: readonly DesiredTenant[], read: Locks): Locks {
  const kept = tenants.flatMap(({ tenant, lock }): [TenantName, LockedGlobs][] => {
    const globs = read.get(tenant) ?? before.get(tenant);
    return lock && globs && globs.size > 0 ? [[tenant, globs]] : [];
  });
  return new Map(kept.toSorted(([a], [b]) => compareText(a, b)));
}

/** What other locks say otherwise. */
export interface LockChange {
  readonly tenant: TenantName;
  /** Whether either of the two has nothing of the tenant. */
  readonly is: 'new' | 'changed' | 'gone';
  /** Those that differ, sorted. */
  readonly globs: readonly GlobChange[];
}

export interface GlobChange {
  readonly glob: string;
  readonly is: 'new' | 'changed' | 'gone';
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/** By tenant, sorted; none when both say the same. */
export function lockChanges(before: Locks, after: Locks): LockChange[] {
  return sortedSet([...before.keys(), ...after.keys()]).flatMap((tenant): LockChange[] => {
    const old = before.get(tenant);
    const now = after.get(tenant);
    const globs = globChanges(old ?? NOTHING_LOCKED, now ?? NOTHING_LOCKED);
    return globs.length === 0 ? [] : [{ tenant, is: whatBecame(old, now), globs }];
  });
}

function globChanges(before: LockedGlobs, after: LockedGlobs): GlobChange[] {
  return sortedSet([...before.keys(), ...after.keys()]).flatMap((glob): GlobChange[] => {
    const old = before.get(glob);
    const now = after.get(glob);
    if (old && now && sameSet(old, now)) return [];
    return [
      {
        glob,
        is: whatBecame(old, now),
        added: (now ?? []).filter((type) => !old?.includes(type)),
        removed: (old ?? []).filter((type) => !now?.includes(type)),
      },
    ];
  });
}

function whatBecame(before: unknown, after: unknown): GlobChange['is'] {
  if (before === undefined) return 'new';
  return after === undefined ? 'gone' : 'changed';
}
