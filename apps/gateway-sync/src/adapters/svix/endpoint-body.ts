import { eventTypesOf, throttleRateOf, type SvixEndpoint, type SvixEndpointPatch } from '@gateway-sync/api';
import type { EndpointFields, ObservedEndpoint } from '../../core/endpoint.js';

/** By which names a server knows event types and rate; newer servers know both, older ones the older only. */
export type FilterField = 'eventTypes' | 'filterTypes';

/** The body that says `fields`, each by one name: a server may refuse two names, and ignores one that it does not know. */
export function endpointBody(fields: EndpointFields, filterField: FilterField): SvixEndpointPatch {
  const { eventTypes, channels, rateLimit, metadata, ...others } = fields;
  const filter = eventTypes && [...eventTypes];
  const older = filterField === 'filterTypes';
  return {
    ...others,
    ...(filter !== undefined && (older ? { filterTypes: filter } : { eventTypes: filter })),
    ...(channels !== undefined && { channels: channels && [...channels] }),
    ...(rateLimit !== undefined && (older ? { rateLimit } : { throttleRate: rateLimit })),
    ...(metadata && { metadata: { ...metadata } }),
  };
}

/** An endpoint as the core sees it. */
export function observedEndpoint(endpoint: SvixEndpoint): ObservedEndpoint {
  const { id, uid, url, description, channels, disabled, metadata } = endpoint;
  return {
    id,
    ...(typeof uid === 'string' && { uid }),
    url,
    description,
    eventTypes: eventTypesOf(endpoint),
    channels: channels ?? null,
    rateLimit: throttleRateOf(endpoint),
    disabled: disabled ?? false,
    metadata,
  };
}
