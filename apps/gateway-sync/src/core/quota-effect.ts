import type { Action, SubscriptionAction } from './action.js';
import type { Resolution } from './desired.js';
import { isTooOld } from './event-shares.js';
import type { Plan } from './plan.js';
import { monthBounds, monthOf } from './quota-month.js';
import type { QuotaPolicy } from './quota-policy.js';
import type { EventShares, Forecast } from './quota-state.js';
import type { QuotaUsage } from './quota.js';
import { eventKey, isSubscribed, type ObservedSubscription } from './state.js';
import type { TenantMarks } from './tenant-record.js';

const DAY_MS = 86_400_000;

/** Of one event type in a month: what comes out above is a weight written by mistake, and sums would be no whole numbers. */
const MOST_EVENTS = 1e12;

/** What is known of the rest of a month, for which a plan changes something. */
export interface RestOfMonth {
  /** Events until its end if nothing changes. */
  readonly events: number;
  readonly usage: QuotaUsage;
  readonly forecast: Forecast;
  readonly shares?: EventShares;
}

/**
 * | source | the events are reckoned from |
 * |---|---|
 * | observed | how the newest events spread over the event types |
 * | weight | `weight` of the event type beside that of others |
 * | unknown | nothing: nobody knows |
 */
export type EffectSource = 'observed' | 'weight' | 'unknown';

/** What becomes of the month when one action is applied now. */
export interface ActionEffect {
  /** Of the action. */
  readonly id: string;
  /** Until the end of the month, more or (below 0) fewer; absent when unknown. */
  readonly events?: number;
  readonly source: EffectSource;
}

/** What a plan does to the month that runs. */
export interface QuotaEffect {
  /** `YYYY-MM`. */
  readonly month: string;
  /** One for each subscription that comes or goes, in the order of the plan. */
  readonly actions: readonly ActionEffect[];
  /** Sum of those that are known. */
  readonly events: number;
  /** How many of them are unknown. */
  readonly unknown: number;
  readonly used: number;
  readonly limit?: number;
  /** Events at the end of the month, without the plan and with it. */
  readonly projectedBefore: number;
  readonly projected: number;
}

/** Undefined while the month is not known well enough to say anything. */
export function restOfMonth(
  { quota, quotaState }: Pick<TenantMarks, 'quota' | 'quotaState'>,
  { timeZone }: QuotaPolicy,
  now: number,
): RestOfMonth | undefined {
  const { forecast, shares, unknown } = quotaState ?? {};
  const month = monthOf(now, timeZone);
  if (!quota || !forecast || unknown || quota.usage.month !== month || forecast.month !== month) return undefined;
  const days = (monthBounds(month, timeZone).to - now) / DAY_MS;
  const events = Math.max(0, forecast.ratePerDay) * days;
  if (!Number.isFinite(events) || !Number.isFinite(forecast.projected)) return undefined;
  const isGood = shares !== undefined && !isTooOld(shares, now);
  return { events, usage: quota.usage, forecast, ...(isGood && { shares }) };
}

/**
 * What the actions do to the month; undefined where no subscription comes or goes.
 *
 * | an event type | its events until the end of the month |
 * |---|---|
 * | of which events were counted, or that is subscribed while others were counted | its share of those of all subscribed types |
 * | without, that the file names, while it names a weight anywhere | in proportion to its weight: beside the counted types that have one, else beside all subscribed ones. No weight is 1 |
 * | else, above 10^12, or what was given up for the quota and comes back | unknown |
 *
 * The rate was measured, for a part at least, while what is given up was there: it stands for that as well, and has it
 * already.
 */
export function quotaEffect(
  { actions, givenUp }: Pick<Plan, 'actions' | 'givenUp'>,
  wanted: Resolution['wanted'],
  observed: readonly ObservedSubscription[],
  rest: RestOfMonth,
): QuotaEffect | undefined {
  const changes = actions.filter((action) => action.resource === 'subscription' && action.type !== 'update');
  if (changes.length === 0) return undefined;
  const measured = [
    ...observed.filter(isSubscribed).map(({ eventType }) => eventType),
    ...(givenUp?.enforced === true ? givenUp.eventTypes : []),
    ...changes.filter(isRestored).map(({ name }) => name),
  ];
  const estimate = estimator([...new Set(measured.map(eventKey))], wanted, rest);
  const effects = changes.map((action) =>
    effectOf(action, isRestored(action) ? undefined : estimate(eventKey(action.name))),
  );
  const events = sum(effects.map((effect) => effect.events ?? 0));
  const { usage, forecast } = rest;
  const before = Math.max(usage.used, Math.round(forecast.projected));
  return {
    month: usage.month,
    actions: effects,
    events,
    unknown: effects.filter(({ source }) => source === 'unknown').length,
    used: usage.used,
    ...(usage.limit !== undefined && { limit: usage.limit }),
    projectedBefore: before,
    projected: Math.max(usage.used, before + events),
  };
}

function isRestored({ reason }: Pick<Action, 'reason'>): boolean {
  return reason === 'restore';
}

interface Estimate {
  readonly events: number;
  readonly source: Exclude<EffectSource, 'unknown'>;
}

function effectOf({ id, type }: Pick<SubscriptionAction, 'id' | 'type'>, estimate: Estimate | undefined): ActionEffect {
  if (!estimate || estimate.events > MOST_EVENTS) return { id, source: 'unknown' };
  const events = Math.round(estimate.events);
  return { id, events: type === 'delete' && events > 0 ? -events : events, source: estimate.source };
}

/** Tells the events of an event type until the end of the month. `measured`: what the rate stands for. */
function estimator(
  measured: readonly string[],
  wanted: Resolution['wanted'],
  { events, shares }: RestOfMonth,
): (key: string) => Estimate | undefined {
  const counts = new Map(Object.entries(shares?.counts ?? {}));
  const counted = sum(measured.map((key) => counts.get(key) ?? 0));
  const perCounted = counted > 0 ? events / counted : undefined;
  const declared = (key: string) => wanted.get(key)?.weight;
  const weighed = measured.filter((key) => declared(key) !== undefined);
  const beside = perCounted !== undefined && weighed.length > 0 ? weighed : measured;
  const weight = sum(beside.map((key) => declared(key) ?? 1));
  const base = perCounted === undefined ? events : sum(beside.map((key) => counts.get(key) ?? 0)) * perCounted;
  const isWeighed = [...wanted.values()].some((wish) => wish.weight !== undefined);

  return (key) => {
    const own = counts.get(key) ?? 0;
    if (perCounted !== undefined && (own > 0 || measured.includes(key))) {
      return { events: own * perCounted, source: 'observed' };
    }
    if (!isWeighed || !wanted.has(key) || weight <= 0 || base <= 0) return undefined;
    return { events: ((declared(key) ?? 1) / weight) * base, source: 'weight' };
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
