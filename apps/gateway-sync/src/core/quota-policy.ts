import { createHash } from 'node:crypto';
import { canonicalJson } from './json.js';

/** What the file says about a tenant's monthly quota. */
export interface QuotaPolicy {
  /** Percentages of the monthly limit at which to speak up, ascending. */
  readonly warnAt: readonly number[];
  readonly shed: Shedding;
  /** Ascending by share. A rung that gives up no more than one before it counts for nothing. */
  readonly ladder: readonly Rung[];
  /** IANA name of the zone in which the platform's month begins. */
  readonly timeZone: string;
}

/**
 * Whether subscriptions are given up while the quota runs out: `off`, never; `advise`, it is said which ones should be;
 * `enforce`, they are.
 */
export type Shedding = 'off' | 'advise' | 'enforce';

/** From a share of the monthly limit on, event types of this priority and less important ones are given up. */
export interface Rung {
  /** Percent of the limit. */
  readonly at: number;
  /** 1 … 9. */
  readonly priority: number;
}

/** Nothing of priority 0, and nothing without a priority, is ever given up. */
export const DEFAULT_LADDER: readonly Rung[] = [
  { at: 80, priority: 8 },
  { at: 90, priority: 5 },
  { at: 95, priority: 1 },
];

export const DEFAULT_WARN_AT: readonly number[] = [70, 85, 95];

/** Equal exactly when the file says the same. */
export function policyHash(policy: QuotaPolicy): string {
  return createHash('sha256').update(canonicalJson(policy)).digest('base64url');
}
