import { judgeEntry, type EndpointEntry } from './endpoint-entry.js';
import { matchEndpoints } from './endpoint-match.js';
import { withoutDoubles } from './endpoint-moves.js';
import { planRemovals } from './endpoint-removals.js';
import type { EndpointReading } from './endpoint.js';
import { ownedOf } from './owned.js';
import type { Claims, Knowledge, Part } from './part.js';
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
  const entries = withoutDoubles(judged);
  const problems = entries.flatMap((entry) => entry.problems);
  const upserts = entries.flatMap(({ action }) => (action ? [action] : []));
  const unresolved = problems.some(({ severity }) => severity === 'error');
  const { removals, foreign } = planRemovals(tenant, reading, entries, upserts, unresolved, knowledge);
  const managed = entries.filter(({ claim, action }) => claim !== undefined || action !== undefined);
  return {
    actions: [...upserts, ...removals],
    foreign,
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
