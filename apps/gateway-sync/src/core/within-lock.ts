import type { LockedGlobs } from './lock.js';
import { sortedSet } from './order.js';
import type { Problem } from './problem.js';
import { eventKey, type ObservedSubscription, type SubscriptionEntry, type TenantName } from './state.js';

/** The lock of one tenant. */
export interface Locking {
  readonly tenant: TenantName;
  /** Absent: its globs mean what the catalogue has. */
  readonly lock?: LockedGlobs;
}

/** What a glob matches, parted by its lock. */
export interface Locked {
  readonly entry: SubscriptionEntry;
  readonly allowed: readonly ObservedSubscription[];
  readonly held: readonly ObservedSubscription[];
  /** Event types of the lock; absent: it does not have the glob. */
  readonly types?: readonly string[];
}

export function withinLock(
  entry: SubscriptionEntry,
  matched: readonly ObservedSubscription[],
  lock: LockedGlobs,
): Locked {
  const types = lock.get(eventKey(entry.event));
  if (!types) return { entry, allowed: [], held: matched };
  const isAllowed = ({ eventType }: ObservedSubscription) => types.includes(eventKey(eventType));
  return {
    entry,
    allowed: matched.filter(isAllowed),
    held: matched.filter((row) => !isAllowed(row)),
    types,
  };
}

/** What a lock keeps globs from, and what it has that is no longer there. `known`: keys of the catalogue. */
export function lockProblems(
  globs: readonly Locked[],
  tenant: TenantName,
  known: ReadonlySet<string>,
): readonly Problem[] {
  const accept = `gateway-sync lock --tenant ${tenant}`;
  const unlocked = globs.filter(({ types }) => types === undefined);
  return [
    ...(unlocked.length > 0 ? [notLocked(unlocked, tenant, accept)] : []),
    ...globs.flatMap((glob) => [...newTypes(glob, accept), ...goneTypes(glob, known, accept)]),
  ];
}

/** An error, so that nothing is removed: what the glob meant before it was changed is not named by any other. */
function notLocked(globs: readonly Locked[], tenant: TenantName, accept: string): Problem {
  const names = sortedSet(globs.map(({ entry }) => entry.event));
  const them = names.length === 1 ? 'it' : 'them';
  return {
    severity: 'error',
    kind: 'not-locked',
    message: `the lock file does not have ${names.join(', ')} of ${tenant}, so nothing is subscribed by ${them} and nothing is removed; ${accept} adds ${them}`,
    places: sortedSet(globs.map(({ entry }) => entry.place)),
    nearest: [],
  };
}

function newTypes({ entry, held, types }: Locked, accept: string): Problem[] {
  if (!types || held.length === 0) return [];
  const names = sortedSet(held.map(({ eventType }) => eventKey(eventType)));
  const [are, them] = names.length === 1 ? ['it is', 'it'] : ['they are', 'them'];
  return [
    {
      severity: 'warning',
      kind: 'new-event-type',
      message: `${entry.event} matches ${names.join(', ')}, which the lock file does not have, so ${are} left as found; ${accept} accepts ${them}`,
      places: [entry.place],
      nearest: [],
    },
  ];
}

function goneTypes({ entry, types = [] }: Locked, known: ReadonlySet<string>, accept: string): Problem[] {
  const gone = types.filter((type) => !known.has(type));
  if (gone.length === 0) return [];
  return [
    {
      severity: 'warning',
      kind: 'gone-event-type',
      message: `the catalogue no longer has ${gone.join(', ')}, which the lock file has for ${entry.event}; ${accept} drops ${gone.length === 1 ? 'it' : 'them'}`,
      places: [entry.place],
      nearest: [],
    },
  ];
}
