import type { EndpointAction } from './action.js';
import { wantedEvents } from './endpoint-events.js';
import { isBeingCreated } from './endpoint-marks.js';
import type { EndpointMatch } from './endpoint-match.js';
import { disabled, notListed, unknownValues } from './endpoint-problems.js';
import { comparison, creation, wishOf } from './endpoint-upsert.js';
import type { EndpointReading } from './endpoint.js';
import { sortedSet } from './order.js';
import type { Knowledge, Match } from './part.js';
import type { Problem } from './problem.js';
import type { ObservedSubscription } from './state.js';

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
  // A catalogue that was not read whole must not take from an endpoint what it gets.
  const spared = knowledge.unread === undefined ? [] : (observed?.eventTypes ?? []);
  const events = wantedEvents(desired, [...catalogue.map(({ eventType }) => eventType), ...spared]);
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
