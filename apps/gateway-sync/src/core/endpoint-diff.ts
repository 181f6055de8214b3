import { normalUrl, shownUrl } from './url.js';
import type { DesiredEndpoint, EndpointFields, ObservedEndpoint } from './endpoint.js';
import type { JsonObject } from './json.js';
import { sameSet, sortedSet } from './order.js';
import { eventKey } from './state.js';

/** The settings of an entry that POST and PATCH take, as Svix would answer them; without metadata. */
export type WantedFields = Omit<EndpointFields, 'metadata'> &
  Required<Pick<EndpointFields, 'url' | 'uid' | 'eventTypes'>>;

export function wantedFields(
  desired: DesiredEndpoint,
  uid: string,
  eventTypes: readonly string[] | null,
): WantedFields {
  const { url, description, channels, rateLimit, disabled } = desired;
  return {
    uid,
    url: normalUrl(url),
    eventTypes,
    ...(description !== undefined && { description }),
    ...(channels !== undefined && { channels: channels && sortedSet(channels) }),
    ...(rateLimit !== undefined && { rateLimit }),
    ...(disabled !== undefined && { disabled }),
  };
}

/** Those of `wanted` that the endpoint does not have. */
export function differing(wanted: WantedFields, observed: ObservedEndpoint): EndpointFields {
  const { uid, url, eventTypes, description, channels, rateLimit, disabled } = wanted;
  return {
    ...(uid !== observed.uid && { uid }),
    ...(url !== normalUrl(observed.url) && { url }),
    ...(!sameFilter(eventTypes, observed.eventTypes && observed.eventTypes.map(eventKey)) && { eventTypes }),
    ...(description !== undefined && description !== observed.description && { description }),
    ...(channels !== undefined && !sameFilter(channels, observed.channels) && { channels }),
    ...(rateLimit !== undefined && rateLimit !== observed.rateLimit && { rateLimit }),
    ...(disabled !== undefined && disabled !== observed.disabled && { disabled }),
  };
}

/** The same settings of what is there, for showing. */
export function shownFields(observed: ObservedEndpoint, wanted: Partial<WantedFields>): JsonObject {
  const { uid = null, url, eventTypes, description, channels, rateLimit, disabled } = observed;
  return {
    uid,
    url: shownUrl(url),
    eventTypes: eventTypes && sortedSet(eventTypes.map(eventKey)),
    ...(wanted.description !== undefined && { description }),
    ...(wanted.channels !== undefined && { channels: channels && sortedSet(channels) }),
    ...(wanted.rateLimit !== undefined && { rateLimit }),
    ...(wanted.disabled !== undefined && { disabled }),
  };
}

/** `null` is no filter; an empty list does not mean that. */
function sameFilter(a: readonly string[] | null, b: readonly string[] | null): boolean {
  return a === null || b === null ? a === b : sameSet(a, b);
}
