import type { EndpointAction } from './action.js';
import { shownFields } from './endpoint-diff.js';
import { hasBothMarks, metadataOwner, ownMetadata, ownName } from './endpoint-marks.js';
import { shownUrl } from './url.js';
import type { EndpointReading, ObservedEndpoint } from './endpoint.js';
import { knownOf } from './owned.js';
import type { Foreign, KeptReason, Knowledge } from './part.js';
import type { DesiredTenant } from './state.js';

/**
 * Why an endpoint that no entry means stays, or `undefined`. What may be removed bears both marks: the uid of a person can
 * look like ours, and copied metadata too. `prune: all` reaches no further, since others configure endpoints by hand.
 */
export function whyKept(
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

/** Removes an endpoint after the upserts that could be its successors. */
export function removal(
  endpoint: ObservedEndpoint,
  upserts: readonly EndpointAction[],
  knowledge: Knowledge,
): EndpointAction {
  const needs = upserts.filter(bringsUrl).map(({ id }) => id);
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

export function foreignEndpoint({ id, uid, url }: ObservedEndpoint, reason: KeptReason): Foreign {
  return { resource: 'endpoint', name: `${uid ?? id} (${shownUrl(url)})`, reason };
}

function bringsUrl({ write }: EndpointAction): boolean {
  return write.type === 'create' || (write.type === 'update' && write.fields?.url !== undefined);
}
