import type { EndpointAction } from './action.js';
import { shownFields } from './endpoint-diff.js';
import { hasBothMarks, metadataOwner, ownMetadata, ownName } from './endpoint-marks.js';
import { shownUrl } from './endpoint-url.js';
import type { EndpointReading, ObservedEndpoint } from './endpoint.js';
import type { EndpointEntry } from './endpoint-entry.js';
import { compareText } from './order.js';
import { knownOf } from './owned.js';
import type { Foreign, KeptReason, Knowledge } from './part.js';
import type { DesiredTenant } from './state.js';

/**
 * Endpoints that no entry means. What may be removed bears both marks: the uid of a person can look like ours, and copied
 * metadata too. `prune: all` reaches no further, since others configure endpoints in the portal by hand.
 */
export function planRemovals(
  tenant: DesiredTenant,
  reading: EndpointReading,
  entries: readonly EndpointEntry[],
  upserts: readonly EndpointAction[],
  unresolved: boolean,
  knowledge: Knowledge,
): { readonly removals: readonly EndpointAction[]; readonly foreign: readonly Foreign[] } {
  const meant = new Set(entries.map(({ match }) => match.observed));
  const needs = upserts.filter(bringsUrl).map(({ id }) => id);
  const removals: EndpointAction[] = [];
  const foreign: Foreign[] = [];
  for (const endpoint of reading.endpoints.filter((live) => !meant.has(live))) {
    const kept = whyKept(endpoint, tenant, reading, unresolved, knowledge);
    if (kept) foreign.push({ resource: 'endpoint', name: nameOf(endpoint), reason: kept });
    else removals.push(removal(endpoint, needs, knowledge));
  }
  return {
    removals: removals.toSorted((a, b) => compareText(a.id, b.id)),
    foreign: foreign.toSorted((a, b) => compareText(a.name, b.name)),
  };
}

function whyKept(
  endpoint: ObservedEndpoint,
  { prune }: DesiredTenant,
  { complete }: EndpointReading,
  unresolved: boolean,
  { instance, owned, unread }: Knowledge,
): KeptReason | undefined {
  const owner = metadataOwner(endpoint);
  if (owner !== undefined && owner !== instance) return 'owned-elsewhere';
  if (!hasBothMarks(endpoint, instance)) return 'not-marked';
  if (prune === 'none') return 'prune-none';
  if (!owned) return 'no-ledger';
  if (!complete || unread !== undefined) return 'unread';
  return unresolved ? 'unresolved' : undefined;
}

/** Its successor has to work before an endpoint goes. */
function bringsUrl({ write }: EndpointAction): boolean {
  return write.type === 'create' || (write.type === 'update' && write.fields?.url !== undefined);
}

function removal(endpoint: ObservedEndpoint, needs: readonly string[], knowledge: Knowledge): EndpointAction {
  const name = ownName(knowledge.instance, endpoint.uid) ?? endpoint.id;
  const known = knownOf(knowledge, 'endpoint');
  const row = known.get(endpoint.id) ?? known.get(`new:${endpoint.uid}`);
  return {
    resource: 'endpoint',
    type: 'delete',
    id: `endpoint:${name}`,
    name,
    reason: row ? 'removed' : 'drift',
    step: 'remove',
    ...(needs.length > 0 && { needs }),
    before: { ...shownFields(endpoint, endpoint), metadata: ownMetadata(endpoint.metadata) },
    after: null,
    write: { type: 'delete', endpointId: endpoint.id },
  };
}

function nameOf({ id, uid, url }: ObservedEndpoint): string {
  return `${uid ?? id} (${shownUrl(url)})`;
}
