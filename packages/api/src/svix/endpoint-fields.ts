import type { Endpoint } from '../generated/svix/types.js';

/** The event types that an endpoint gets, by whichever name the server knows them; null is all of them. */
export function eventTypesOf({ eventTypes, filterTypes }: Endpoint): readonly string[] | null {
  return eventTypes ?? filterTypes ?? null;
}

/** Messages in a second, by whichever name the server knows it; null is no limit. */
export function throttleRateOf({ throttleRate, rateLimit }: Endpoint): number | null {
  return throttleRate ?? rateLimit ?? null;
}
