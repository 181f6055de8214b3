import type { Action } from './action.js';
import { actionInput } from './checksum.js';
import type { Resolution } from './desired.js';
import type { Plan } from './plan.js';
import { eventKey, isSubscribed, type Observation, type Owned, type OwnedSubscription } from './state.js';

/** What one reconcile of a tenant leaves for the next. Entirely values: it can be kept in memory or in a database. */
export interface TenantMemory {
  /** Actions the API refused (4xx), by event key: not sent again while their input stays the same. */
  readonly rejected: ReadonlyMap<string, Rejection>;
  /** The plan whose writes were accepted and then not there, and in how many reconciles running. */
  readonly unconverged?: { readonly checksum: string; readonly times: number };
  /** Subscriptions that were as desired in the last reading. */
  readonly seen?: Owned;
}

export interface Rejection {
  /** See `actionInput`. */
  readonly input: string;
  readonly code?: number;
  readonly message?: string;
}

export const EMPTY_MEMORY: TenantMemory = { rejected: new Map() };

/** The refusal of exactly this action, if it was refused before. */
export function rejectionOf(action: Action, memory: TenantMemory): Rejection | undefined {
  const rejection = memory.rejected.get(eventKey(action.eventType));
  return rejection?.input === actionInput(action) ? rejection : undefined;
}

/** What is ours after a reading: what holds as desired, and what was ours and is still there to be looked after. */
export function stillOurs(
  previous: Owned | undefined,
  resolution: Resolution,
  plan: Plan,
  observation: Observation,
): Owned {
  const pending = new Set(plan.actions.map(({ eventType }) => eventKey(eventType)));
  const subscribed = new Set(
    observation.subscriptions.filter(isSubscribed).map(({ eventType }) => eventKey(eventType)),
  );
  const ours = new Map<string, OwnedSubscription>();
  for (const [key, settings] of previous ?? []) {
    if (resolution.wanted.has(key) || resolution.withheld.has(key) || subscribed.has(key)) ours.set(key, settings);
  }
  for (const [key, { excludedFields }] of resolution.wanted) {
    if (!pending.has(key)) ours.set(key, excludedFields ? { excludedFields } : {});
  }
  return ours;
}
