import { endpointUid, metadataOwner } from './endpoint-marks.js';
import type { DesiredEndpoint, EndpointReading, ObservedEndpoint } from './endpoint.js';
import { normalUrl } from './url.js';
import { ambiguous, ownedElsewhere, urlTaken } from './endpoint-problems.js';
import type { OwnedThing } from './ledger.js';
import { compareText } from './order.js';
import { knownOf } from './owned.js';
import type { Knowledge } from './part.js';
import type { Problem } from './problem.js';
import type { DesiredTenant } from './state.js';

/** One entry of the file and the endpoint that it means; none: there is none yet. */
export interface EndpointMatch {
  readonly desired: DesiredEndpoint;
  /** Of the endpoint in Svix. */
  readonly uid: string;
  readonly observed?: ObservedEndpoint;
  /** What the ledger says of it. */
  readonly row?: OwnedThing;
  /** Why nothing is done about the entry. */
  readonly problem?: Problem;
}

/**
 * Finds the endpoint of every entry, in the order of their names.
 *
 * | found by | then |
 * |---|---|
 * | the id in the ledger, or the uid | it is the one, unless somebody else's marks are on it |
 * | neither, and an endpoint of ours that the file no longer names has the URL | that one, under its new name |
 * | neither, and another endpoint has the URL | an error, unless the entry says `adopt: true` |
 * | neither, and nobody has the URL | there is none yet |
 *
 * A second endpoint with the same URL would deliver every event twice.
 */
export function matchEndpoints(
  { endpoints: desired = [] }: DesiredTenant,
  reading: EndpointReading,
  knowledge: Knowledge,
): readonly EndpointMatch[] {
  const rows = knownOf(knowledge, 'endpoint');
  const endpoints = reading.endpoints.toSorted((a, b) => compareText(a.id, b.id));
  const entries = desired
    .toSorted((a, b) => compareText(a.uid, b.uid))
    .map((entry) => ({ entry, uid: endpointUid(knowledge.instance, entry.uid) }));
  const named = new Map(entries.map(({ uid }) => [uid, endpoints.filter((live) => isNamed(live, uid, rows))]));
  const meanings = (live: ObservedEndpoint) => [...named.values()].filter((found) => found.includes(live)).length;
  const unnamed = endpoints.filter((live) => meanings(live) === 0);
  const holders = (url: string) => unnamed.filter((live) => normalUrl(live.url) === normalUrl(url));

  return entries.map(({ entry, uid }): EndpointMatch => {
    const byName = named.get(uid) ?? [];
    const byUrl = holders(entry.url);
    const [observed] = byName.length > 0 ? byName : byUrl;
    if (!observed) return { desired: entry, uid, ...rowOf(rows, uid) };
    const match = { desired: entry, uid, observed, ...rowOf(rows, observed.uid, observed.id) };
    const problem =
      problemOf(match, byName.length > 0 ? byName : byUrl, byName.length > 0, knowledge) ??
      (meanings(observed) > 1 ? ambiguous(entry, [observed]) : undefined);
    return problem ? { ...match, problem } : match;
  });
}

type Rows = ReadonlyMap<string, OwnedThing>;
type Found = EndpointMatch & Required<Pick<EndpointMatch, 'observed'>>;

function isNamed(live: ObservedEndpoint, uid: string, rows: Rows): boolean {
  return live.uid === uid || rows.get(live.id)?.settings['uid'] === uid;
}

/** The row under its id, or of one that is gone; else the one from before its id was known. */
function rowOf(rows: Rows, uid: string | undefined, id?: string): { row?: OwnedThing } {
  const gone = ({ settings, pending }: OwnedThing) => settings['uid'] === uid && pending !== true;
  const known = id === undefined ? [...rows.values()].find(gone) : rows.get(id);
  const row = known ?? rows.get(`new:${uid}`);
  return row ? { row } : {};
}

function problemOf(
  { desired, observed, row }: Found,
  candidates: readonly ObservedEndpoint[],
  byName: boolean,
  { instance }: Knowledge,
): Problem | undefined {
  if (candidates.length > 1) return ambiguous(desired, candidates);
  if (desired.adopt) return undefined;
  const owner = ownerOf(observed, row);
  if (owner !== undefined && owner !== instance) return ownedElsewhere(desired, observed, owner);
  return byName || owner === instance ? undefined : urlTaken(desired, observed);
}

function ownerOf(observed: ObservedEndpoint, row: OwnedThing | undefined): string | undefined {
  return metadataOwner(observed) ?? row?.instance;
}
