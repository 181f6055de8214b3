import type { EndpointAction } from './action.js';
import { judgeEntry, type EndpointEntry } from './endpoint-entry.js';
import { matchEndpoints } from './endpoint-match.js';
import { withoutDoubles } from './endpoint-moves.js';
import { foreignEndpoint, removal, whyKept } from './endpoint-removals.js';
import type { EndpointReading, ObservedEndpoint } from './endpoint.js';
import { compareText } from './order.js';
import { ownedOf } from './owned.js';
import type { Claims, Foreign, Knowledge, Part } from './part.js';
import { hasErrors } from './problem.js';
import type { DesiredTenant, ObservedSubscription } from './state.js';

/** What brings the endpoints of a tenant in line with `tenant.endpoints`; pass headers and secrets as `endpointDetails` asks. */
export function planEndpoints(
  tenant: DesiredTenant,
  reading: EndpointReading,
  catalogue: readonly ObservedSubscription[],
  knowledge: Knowledge,
): Part {
  const judged = matchEndpoints(tenant, reading, knowledge).map((match) =>
    judgeEntry(match, reading, catalogue, knowledge),
  );
  const meant = new Set(judged.map(({ match }) => match.observed));
  const unmeant = reading.endpoints
    .filter((endpoint) => !meant.has(endpoint))
    .toSorted((a, b) => compareText(a.id, b.id));
  const kept = (endpoint: ObservedEndpoint, unresolved: boolean) =>
    whyKept(endpoint, tenant, reading, unresolved, knowledge);
  const entries = withoutDoubles(judged, (unresolved) => unmeant.filter((one) => kept(one, unresolved) !== undefined));

  const problems = entries.flatMap((entry) => entry.problems);
  const upserts = entries.flatMap(({ action }) => (action ? [action] : []));
  const removals: EndpointAction[] = [];
  const foreign: Foreign[] = [];
  for (const endpoint of unmeant) {
    const reason = kept(endpoint, hasErrors(problems));
    if (reason) foreign.push(foreignEndpoint(endpoint, reason));
    else removals.push(removal(endpoint, upserts, knowledge));
  }
  const managed = entries.filter(({ claim, action }) => claim !== undefined || action !== undefined);
  return {
    actions: [...upserts, ...removals.toSorted((a, b) => compareText(a.id, b.id))],
    foreign: foreign.toSorted((a, b) => compareText(a.name, b.name)),
    problems,
    managed: managed.length,
    unchanged: managed.length - upserts.length,
    claims: {
      matched: entries.flatMap(({ claim }) => (claim ? [claim] : [])),
      kept: keptRows(entries, reading, knowledge),
    },
  };
}

/** Rows of endpoints that are still there, or may be, or are to come back. */
function keptRows(
  entries: readonly EndpointEntry[],
  { endpoints, complete }: EndpointReading,
  { owned }: Knowledge,
): Claims['kept'] {
  const open = new Set<unknown>(entries.filter(({ claim }) => !claim).map(({ match }) => match.uid));
  const there = new Set(endpoints.map(({ id }) => id));
  const rows = [...ownedOf(owned, 'endpoint').values()];
  return new Set(
    rows.filter(({ key, settings }) => !complete || there.has(key) || open.has(settings['uid'])).map(({ key }) => key),
  );
}
