import type { Wanted } from './desired.js';
import type { Dumped } from './dump-values.js';
import { type DumpNote, literal } from './dump-words.js';
import { globProblem, isGlob } from './glob.js';
import type { JsonObject } from './json.js';
import { compareText, sortedSet } from './order.js';
import { eventKey, isSubscribed, type ObservedSubscription } from './state.js';

/** Every subscribed event type, by name; `known` has the priorities that the file gives, which no tenant has. */
export function dumpSubscriptions(
  catalogue: readonly ObservedSubscription[],
  known: ReadonlyMap<string, Wanted>,
  { full, sheds }: { readonly full: boolean; readonly sheds: boolean },
): Dumped<readonly JsonObject[]> {
  const rows = catalogue
    .filter(isSubscribed)
    .toSorted((a, b) => compareText(eventKey(a.eventType), eventKey(b.eventType)));
  const nameable = rows.filter(({ eventType }) => !isGlob(eventType) && globProblem(eventType) === undefined);
  const others = rows.filter((row) => !nameable.includes(row));
  const value = nameable.map(({ eventType, excludedFields }) => {
    const priority = known.get(eventKey(eventType))?.priority;
    return {
      event: eventType,
      ...((full || excludedFields.length > 0) && { excludedFields: sortedSet(excludedFields).map(literal) }),
      ...(priority !== undefined && { priority }),
    };
  });
  const notes = others.map(({ eventType }) => ({
    path: ['subscriptions'],
    message: `${eventType} is subscribed too, but the file cannot name it`,
  }));
  return { value, notes: [...notes, ...(sheds ? maybeGivenUp(known) : [])] };
}

/** What a tenant does not get is not in its dump, and would not come back with the next month. */
function maybeGivenUp(known: ReadonlyMap<string, Wanted>): DumpNote[] {
  return [...known.values()]
    .filter(({ observed, priority = 0 }) => priority > 0 && !isSubscribed(observed))
    .map(({ observed, priority }) => ({
      path: ['subscriptions'],
      message: `${observed.eventType} (priority: ${priority}) is not subscribed now; if it was given up while the quota ran out, keep its entry`,
    }));
}
