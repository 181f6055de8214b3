import type { EndpointAction } from './action.js';
import { comparison } from './endpoint-comparison.js';
import { creation } from './endpoint-creation.js';
import { wantedEvents, type WantedEvents } from './endpoint-events.js';
import { isBeingCreated } from './endpoint-marks.js';
import type { EndpointMatch } from './endpoint-match.js';
import { disabled, notListed, unknownValues } from './endpoint-problems.js';
import { wishOf } from './endpoint-wish.js';
import type { EndpointReading } from './endpoint.js';
import { sortedSet } from './order.js';
import type { Knowledge, Match } from './part.js';
import type { Problem } from './problem.js';
import { eventKey, type ObservedSubscription } from './state.js';

/** What one entry of the file leads to. */
export interface EndpointEntry {
  readonly match: EndpointMatch;
  readonly problems: readonly Problem[];
  readonly action?: EndpointAction;
  /** What the reading says of it for the ledger; absent where it is not there or nothing may be done. */
  readonly claim?: Match;
}

export function judgeEntry(
  match: EndpointMatch,
  { complete, assumed }: EndpointReading,
  catalogue: readonly ObservedSubscription[],
  knowledge: Knowledge,
): EndpointEntry {
  const { desired, observed, row, problem } = match;
  if (problem) return { match, problems: [problem] };
  const events = sparing(match, catalogue, knowledge);
  if (events.types === undefined) return { match, problems: events.problems };
  const wish = wishOf(match, events.types);
  if (!observed) {
    if (!complete && !assumed) return { match, problems: [...events.problems, notListed(desired)] };
    return { match, problems: events.problems, action: creation(wish, row, knowledge) };
  }
  const { action, fingerprints, unknown } = comparison(wish, observed, row, knowledge);
  const problems = [...events.problems];
  if (observed.disabled && desired.disabled === undefined && !isBeingCreated(observed, knowledge.instance)) {
    problems.push(disabled(desired, observed));
  }
  if (unknown.length > 0) problems.push(unknownValues(desired, sortedSet(unknown)));
  const claim: Match = {
    resource: 'endpoint',
    key: observed.id,
    settings: wish.settings,
    ...(row && row.key !== observed.id && { row: row.key }),
    ...(action && { action: action.id }),
    ...(Object.keys(fingerprints).length > 0 && { fingerprints }),
  };
  return { match, problems, claim, ...(action && { action }) };
}

/**
 * A catalogue that was not read whole takes nothing from an endpoint: what its filter has beyond the catalogue keeps it as it
 * is. (To send it back with a change would not do either: a type in it may be archived.)
 */
function sparing(
  { desired, observed }: EndpointMatch,
  catalogue: readonly ObservedSubscription[],
  { unread }: Knowledge,
): WantedEvents {
  const known = catalogue.map(({ eventType }) => eventType);
  const events = wantedEvents(desired, known);
  const there = observed?.eventTypes;
  if (unread === undefined || !there) return events;
  const spared = wantedEvents(desired, [...known, ...there]);
  return spared.types?.length === events.types?.length ? events : { ...spared, types: sortedSet(there.map(eventKey)) };
}
