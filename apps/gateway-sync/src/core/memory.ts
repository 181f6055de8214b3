import type { Action } from './action.js';
import { actionInput } from './checksum.js';
import type { Fights } from './fights.js';
import type { OwnedThings } from './ledger.js';

/** What one reconcile of a tenant leaves for the next. Entirely values: it can be kept in memory or in a database. */
export interface TenantMemory {
  /** Actions that did not take and are not sent again for now, by id. */
  readonly rejected: ReadonlyMap<Action['id'], Rejection>;
  /** The plan whose writes were accepted and then not there, and in how many reconciles running. */
  readonly unconverged?: { readonly checksum: string; readonly times: number };
  /** What was ours after the last reading; stands in for the ledger where there is none, but never to remove. */
  readonly seen?: OwnedThings;
  /** Things that somebody else keeps changing back. */
  readonly fights: Fights;
  /** Event types of the catalogue as it was read last, sorted: see `catalogueKeys`. */
  readonly catalogue?: readonly string[];
}

/** A refusal (4xx): final while the input stays the same, unless the destination may answer later. */
export interface Rejection {
  /** See `actionInput`. */
  readonly input: string;
  readonly code?: number;
  readonly message?: string;
  /** Only of an unreachable destination: how often it was tried, and when it is tried again (milliseconds since the epoch). */
  readonly retry?: { readonly times: number; readonly at: number };
}

export const EMPTY_MEMORY: TenantMemory = { rejected: new Map(), fights: new Map() };

/** The refusal of exactly this action, if it was refused before and its time has not come again. */
export function rejectionOf(action: Action, { rejected }: TenantMemory, now: number): Rejection | undefined {
  const rejection = rejected.get(action.id);
  if (rejection?.input !== actionInput(action)) return undefined;
  return rejection.retry && now >= rejection.retry.at ? undefined : rejection;
}

const FIRST_RETRY_MS = 10 * 60_000;
const LONGEST_RETRY_MS = 6 * 60 * 60_000;

/** When a destination that did not answer is tried again: after ten minutes, doubling up to six hours. */
export function unreachableRetry(before: Rejection | undefined, now: number): NonNullable<Rejection['retry']> {
  const times = (before?.retry?.times ?? 0) + 1;
  return { times, at: now + Math.min(FIRST_RETRY_MS * 2 ** (times - 1), LONGEST_RETRY_MS) };
}
