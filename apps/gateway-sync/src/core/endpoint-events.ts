import type { DesiredEndpoint } from './endpoint.js';
import { globMatcher, isGlob } from './glob.js';
import { nearest } from './nearest.js';
import { sortedSet } from './order.js';
import { hasErrors, type Problem } from './problem.js';
import { eventKey } from './state.js';

/** What an endpoint is to get; without `types` that is unclear, and the problems say why. */
export interface WantedEvents {
  /** Lower case and sorted; `null`: every event. */
  readonly types?: readonly string[] | null;
  readonly problems: readonly Problem[];
}

/**
 * Reads the event types and globs of one endpoint against those there are. Svix takes no filter for "all events", so a list
 * of which nothing is left must not be sent: the endpoint would get everything.
 */
export function wantedEvents({ uid, events, place }: DesiredEndpoint, eventTypes: readonly string[]): WantedEvents {
  if (events === 'all') return { types: null, problems: [] };
  const known = sortedSet(eventTypes.map(eventKey));
  const problems: Problem[] = [];
  const found = events.flatMap((event) => {
    const matches = isGlob(event) ? globMatcher(event) : (key: string) => key === eventKey(event);
    const types = known.filter((key) => matches(key));
    if (types.length === 0) problems.push(unmatched(uid, event, place, known));
    return types;
  });
  const unclear = found.length === 0 || hasErrors(problems);
  return { problems, ...(!unclear && { types: sortedSet(found) }) };
}

function unmatched(uid: string, event: string, place: string, known: readonly string[]): Problem {
  const glob = isGlob(event);
  return {
    severity: glob ? 'warning' : 'error',
    kind: glob ? 'matches-nothing' : 'unknown-event',
    message: glob
      ? `${event} of endpoint ${uid} matches no event type of the catalogue`
      : `endpoint ${uid}: the catalogue has no event type ${event}`,
    places: [place],
    nearest: nearest(event, known),
  };
}
