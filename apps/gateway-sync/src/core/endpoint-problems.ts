import { shownUrl } from './url.js';
import type { DesiredEndpoint, ObservedEndpoint } from './endpoint.js';
import type { Problem } from './problem.js';

export function ambiguous(desired: DesiredEndpoint, candidates: readonly ObservedEndpoint[]): Problem {
  const ids = candidates.map(({ id }) => id).toSorted();
  return about(
    desired,
    'ambiguous',
    ids.length > 1
      ? `endpoint ${desired.uid} may be any of ${ids.join(', ')}; delete all but one of them in Svix, or give them other URLs and uids`
      : `the entries of the file share the endpoint ${ids.join()}, which by its uid is one and by the ledger another; delete it in Svix, or give it its uid back`,
  );
}

export function ownedElsewhere(desired: DesiredEndpoint, { id }: ObservedEndpoint, owner: string): Problem {
  return about(
    desired,
    'owned-elsewhere',
    `endpoint ${desired.uid} is ${id} in Svix, and ${owner} looks after that one; ${TO_ADOPT}`,
  );
}

export function urlTaken(desired: DesiredEndpoint, { id, url }: ObservedEndpoint): Problem {
  return about(
    desired,
    'url-taken',
    `endpoint ${desired.uid} is not created: ${id}, which is not ours, has the URL ${shownUrl(url)} already, and a second one would deliver every event twice; ${TO_ADOPT}`,
  );
}

export function urlHeld(desired: DesiredEndpoint, { id, url }: Pick<ObservedEndpoint, 'id' | 'url'>): Problem {
  return about(
    desired,
    'url-taken',
    `endpoint ${desired.uid} does not get the URL ${shownUrl(url)}: ${id} has it already, and two would deliver every event twice; delete ${id} in Svix, or write another URL`,
  );
}

export function disabled({ uid, place }: DesiredEndpoint, { id }: ObservedEndpoint): Problem {
  return {
    severity: 'warning',
    kind: 'endpoint-disabled',
    message: `endpoint ${uid} (${id}) is disabled and gets nothing; Svix does that after days of failures, a receiver or a person can; enable it in Svix, or write disabled: false to have it kept enabled`,
    places: [place],
    nearest: [],
  };
}

export function notListed(desired: DesiredEndpoint): Problem {
  return {
    severity: 'warning',
    kind: 'unread',
    message: `endpoint ${desired.uid} is not created: the endpoints could not be listed to their end, and it may be among the rest`,
    places: [desired.place],
    nearest: [],
  };
}

/** Without a key for fingerprints nothing tells whether a value that Svix never returns is the one of the file. */
export function unknownValues({ uid, place }: DesiredEndpoint, names: readonly string[]): Problem {
  return {
    severity: 'note',
    kind: 'secret-unknown',
    message: `endpoint ${uid}: Svix does not return the values of ${names.join(', ')}, and without a ledger they are taken for right`,
    places: [place],
    nearest: [],
  };
}

const TO_ADOPT = 'to take it over, write adopt: true into the entry or run gateway-sync adopt';

function about({ place }: DesiredEndpoint, kind: Problem['kind'], message: string): Problem {
  return { severity: 'error', kind, message, places: [place], nearest: [] };
}
