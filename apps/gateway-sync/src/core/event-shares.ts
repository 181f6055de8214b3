import type { EventRange } from './ports.js';
import type { QuotaState } from './quota-state.js';

const HOUR_MS = 3_600_000;

/** A week has all its days. */
const WINDOW_MS = 7 * 24 * HOUR_MS;

/** How often the Event Gateway of a tenant is asked at most, whatever came of it. */
const EVERY_MS = 6 * HOUR_MS;

/** What is known of a tenant's shares, and when they were asked for. */
export type KnownShares = Pick<QuotaState, 'shares' | 'sharesAskedAt'>;

/** Of which events to ask how they spread over the event types; undefined: not yet. */
export function sharesToRead({ sharesAskedAt }: KnownShares, now: number): EventRange | undefined {
  if (sharesAskedAt !== undefined && now >= sharesAskedAt && now - sharesAskedAt < EVERY_MS) return undefined;
  return { from: now - WINDOW_MS, to: now };
}

/** What was counted longer ago than a count goes back says nothing of today. */
export function isTooOld({ to }: EventRange, now: number): boolean {
  return now - to > WINDOW_MS;
}
