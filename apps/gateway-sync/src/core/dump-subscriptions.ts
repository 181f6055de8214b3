import type { Wanted } from './desired.js';
import type { Dumped } from './dump-values.js';
import { literal } from './dump-words.js';
import { globProblem, isGlob } from './glob.js';
import type { JsonObject } from './json.js';
import { compareText, sortedSet } from './order.js';
import { eventKey, isSubscribed, type ObservedSubscription } from './state.js';

/** Every subscribed event type, by name; `known` has the priorities that the file gives, which no tenant has. */
export function dumpSubscriptions(
  catalogue: readonly ObservedSubscription[],
  known: ReadonlyMap<string, Wanted>,
  full: boolean,
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
  return { value, notes };
}
