import { createHash } from 'node:crypto';
import type { Wanted } from './desired.js';
import { globMatcher } from './glob.js';
import { monthAfter, monthBounds, monthOf } from './quota-month.js';
import type { QuotaPolicy, Rung } from './quota-policy.js';
import type { ShedState } from './quota-state.js';
import type { QuotaUsage } from './quota.js';
import type { DesiredTenant, TenantName } from './state.js';

/** A rung is left only when usage has fallen this many percent of the limit below where it begins. */
const HYSTERESIS_PERCENT = 5;
/** A rung is held at least this long, so that corrections to and fro do not switch subscriptions to and fro. */
export const DWELL_MS = 6 * 3_600_000;
/** Tenants get back what they gave up within this time after the month began, not all in one second. */
export const RESTORE_WITHIN_MS = 30 * 60_000;

export interface ShedFacts {
  readonly policy: QuotaPolicy;
  /** Absent, without a limit, or of another month: nobody knows how much of this month's quota is used. */
  readonly usage?: QuotaUsage;
  /** The month that it is now, `YYYY-MM`. */
  readonly month: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly tenant: TenantName;
}

/**
 * What is given up from now on; `undefined`: nothing. With `advise` it is what should be.
 *
 * | situation | what holds |
 * |---|---|
 * | off | nothing |
 * | the month has passed | nothing, from a moment in its first half hour on that is the tenant's own |
 * | usage unknown | what held; nothing is begun |
 * | a higher rung is reached | that one, at once |
 * | usage is below the rung by the hysteresis, and it has held for the dwell | what lower rungs say |
 * | the file no longer has the rung | what its other rungs say, at once |
 */
export function shedAfter(before: ShedState | undefined, facts: ShedFacts): ShedState | undefined {
  const { policy, usage, month, now } = facts;
  if (policy.shed === 'off') return undefined;
  if (before && isAwaitingRestore(before, facts)) return before;
  const held = before?.month === month ? before : undefined;
  const percent = usage?.month === month ? usage.percent : undefined;
  const ladder = effective(policy.ladder);
  const rung = percent === undefined ? unmeasured(ladder, held) : measured(ladder, held, percent);
  if (held && (isSame(rung, held) || isDwelling(held, rung, ladder, now))) return held;
  return rung && { month, ...rung, since: now };
}

/** What of a state that was reckoned earlier is still in force, for want of a newer reading. */
export function shedInForce(
  state: ShedState | undefined,
  { tenant, quota }: Pick<DesiredTenant, 'tenant' | 'quota'>,
  now: number,
): ShedState | undefined {
  return state && shedAfter(state, { policy: quota, month: monthOf(now, quota.timeZone), now, tenant });
}

/**
 * | type | usage is | the rung is left |
 * |---|---|---|
 * | reached | as high as the rung, or unknown | with the month |
 * | near | lower, by less than the hysteresis | at `percent`, or with the month |
 * | dwelling | lower than that, for instance by a higher limit | with the first reading after `until` |
 */
export type Hold =
  | { readonly type: 'reached' }
  | { readonly type: 'near'; readonly percent: number }
  | { readonly type: 'dwelling'; readonly until: number };

/** Why a rung still holds. `percent`: what is used now of the limit; absent: nobody knows. */
export function holdOf({ at, since }: Pick<ShedState, 'at' | 'since'>, percent: number | undefined): Hold {
  if (percent === undefined || percent >= at) return { type: 'reached' };
  const left = at - HYSTERESIS_PERCENT;
  return percent > left ? { type: 'near', percent: left } : { type: 'dwelling', until: since + DWELL_MS };
}

/** Whether an event type that the file wants is among what is given up, or should be. */
export function isShed(wanted: Wanted, shed: ShedState | undefined, { guards, quota }: DesiredTenant): boolean {
  const { priority = 0, observed } = wanted;
  if (!shed || quota.shed === 'off' || priority === 0 || priority < shed.priority) return false;
  return !guards.protect.some((pattern) => globMatcher(pattern)(observed.eventType));
}

/** When every tenant has got back what it gave up in a month, milliseconds since the epoch. */
export function restoredBy(month: string, timeZone: string): number {
  return monthBounds(monthAfter(month), timeZone).from + RESTORE_WITHIN_MS;
}

/** When the tenant gets back what it gave up in the month before `month`, counted from the beginning of `month`. */
export function restoreDelay(tenant: TenantName, month: string): number {
  const draw = createHash('sha256').update(`${tenant} ${month}`).digest().readUInt32BE();
  return Math.floor((draw / 2 ** 32) * RESTORE_WITHIN_MS);
}

/** The new month has begun, and it is not this tenant's turn yet. */
function isAwaitingRestore({ month: former }: ShedState, { policy, month, now, tenant }: ShedFacts): boolean {
  return former !== month && monthOf(now - restoreDelay(tenant, month), policy.timeZone) === former;
}

/** Ascending; a rung that gives up no more than an earlier one counts for nothing. */
function effective(ladder: readonly Rung[]): Rung[] {
  const ascending = ladder.toSorted((a, b) => a.at - b.at || a.priority - b.priority);
  return ascending.filter(({ priority }, index) => ascending.slice(0, index).every((one) => one.priority > priority));
}

function measured(ladder: readonly Rung[], held: ShedState | undefined, percent: number): Rung | undefined {
  return ladder.findLast(({ at, priority }) => {
    const entered = held !== undefined && priority >= held.priority;
    return percent >= at || (entered && percent > at - HYSTERESIS_PERCENT);
  });
}

/** Of the file's rungs the furthest that was reached, as far as `held` tells. */
function unmeasured(ladder: readonly Rung[], held: ShedState | undefined): Rung | undefined {
  return held && ladder.findLast(({ at, priority }) => at <= held.at && priority >= held.priority);
}

function isSame(rung: Rung | undefined, held: ShedState): boolean {
  return rung?.at === held.at && rung.priority === held.priority;
}

/** Less would be given up, it is early for that, and the file has the rung still. */
function isDwelling(held: ShedState, rung: Rung | undefined, ladder: readonly Rung[], now: number): boolean {
  const less = rung === undefined || rung.priority > held.priority;
  return less && now - held.since < DWELL_MS && ladder.some((one) => isSame(one, held));
}
