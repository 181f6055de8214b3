import { globMatcher, isGlob } from './glob.js';
import type { Problem, ProblemKind } from './problem.js';
import { eventKey, type DesiredTenant, type ObservedSubscription, type SubscriptionEntry } from './state.js';

/** The event types there are, for the next look; see `TenantMemory.catalogue`. */
export function catalogueKeys(catalogue: readonly ObservedSubscription[]): string[] {
  return catalogue.map(({ eventType }) => eventKey(eventType)).toSorted();
}

/**
 * What came and went since the catalogue was last looked at, as far as globs match it: told once, because what a glob means
 * then means something else. A tenant with a lock is told by `resolveDesired`, for as long as its lock differs; a name that
 * is gone is an error there.
 */
export function catalogueNews(
  { subscriptions, lock }: Pick<DesiredTenant, 'subscriptions' | 'lock'>,
  catalogue: readonly ObservedSubscription[],
  before: readonly string[] | undefined,
): Problem[] {
  if (lock || !before) return [];
  const known = new Set(before);
  const now = new Set(catalogue.map(({ eventType }) => eventKey(eventType)));
  const named = new Set(subscriptions.filter(({ event }) => !isGlob(event)).map(({ event }) => eventKey(event)));
  const came = [...now].filter((type) => !known.has(type) && !named.has(type));
  const went = before.filter((type) => !now.has(type) && !named.has(type));
  if (came.length === 0 && went.length === 0) return [];
  return subscriptions
    .filter(({ event }) => isGlob(event))
    .flatMap((entry) => {
      const matches = globMatcher(entry.event);
      return [
        ...news('new-event-type', entry, came.filter(matches), 'is new in the catalogue and'),
        ...news('gone-event-type', entry, went.filter(matches), 'is no longer in the catalogue; it was'),
      ];
    });
}

function news(
  kind: ProblemKind,
  { event, place }: SubscriptionEntry,
  types: readonly string[],
  what: string,
): Problem[] {
  return types.map((type) => ({
    severity: 'note',
    kind,
    message: `${type} ${what} matched by ${event}`,
    places: [place],
    nearest: [],
  }));
}
