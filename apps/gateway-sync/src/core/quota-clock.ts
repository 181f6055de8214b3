import { type GatewayError, UnavailableError } from './errors.js';
import { monthAfter, monthBounds } from './quota-month.js';
import type { QuotaPolicy } from './quota-policy.js';
import type { QuotaUsage } from './quota.js';
import type { UnknownUsage } from './quota-state.js';
import { restoreDelay } from './shedding.js';
import type { TenantName } from './state.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const SHORTEST_MS = 5 * MINUTE_MS;
export const LONGEST_MS = 6 * HOUR_MS;

/** Before it is looked whether a tenant that nobody is to read is to be read again; it costs no request. */
export const IDLE_MS = 15 * MINUTE_MS;

/** At least so many readings on the way to a threshold. */
const READINGS = 4;
/** What was doubted is soon looked at again. */
const DOUBT_MS = HOUR_MS;
/** After the moment at which a tenant gets back what it gave up: clocks differ, ours and the platform's. */
const MONTH_MARGIN_MS = MINUTE_MS;

/** What decides when a tenant's statistics are read next. Times are milliseconds since the epoch. */
export interface ClockFacts {
  readonly now: number;
  readonly tenant: TenantName;
  /** `YYYY-MM`: the month that runs. */
  readonly month: string;
  readonly policy: QuotaPolicy;
  /** Absent while it is unknown. */
  readonly usage?: QuotaUsage | undefined;
  readonly unknown?: UnknownUsage | undefined;
  /** Events a day. */
  readonly ratePerDay: number;
  /** Share by which a wait is shortened at most; 0.1 = 10 %. */
  readonly jitter: number;
  /** In [0, 1). */
  readonly random: number;
}

/** Milliseconds until the next reading: a quarter of the time to the next threshold, and soon after the month has changed. */
export function nextReadingMs(facts: ClockFacts): number {
  const { jitter, random } = facts;
  const wait = clamped(clamped(untilThreshold(facts) / READINGS) * (1 - jitter * random));
  return Math.round(Math.min(wait, untilFirst(facts)));
}

/**
 * The first reading of a month that matters: a little after the month has begun, for each tenant at a moment of its own,
 * so that ten thousand are not read at midnight.
 */
function untilFirst({ now, tenant, month, policy: { timeZone } }: ClockFacts): number {
  const moments = [month, monthAfter(month)].map(
    (begun) => monthBounds(begun, timeZone).from + restoreDelay(tenant, begun) + MONTH_MARGIN_MS,
  );
  return (moments.find((moment) => moment > now) ?? Infinity) - now;
}

/** Milliseconds until a reading that failed is tried again; `failures` in a row, this one included. */
export function retryReadingMs(
  error: GatewayError,
  failures: number,
  { jitter, random }: Pick<ClockFacts, 'jitter' | 'random'>,
): number {
  const longest = error.transient ? HOUR_MS : LONGEST_MS;
  const grown = Math.min(SHORTEST_MS * 2 ** Math.min(failures - 1, 30), longest);
  const told = error instanceof UnavailableError ? (error.retryAfterMs ?? 0) : 0;
  return Math.round(Math.max(grown * (1 - jitter * random), told));
}

/** Of this month's readings: events a day between the two newest, however the forecast smooths it. */
export function rateBetween(
  before: { readonly usage: QuotaUsage; readonly at: number } | undefined,
  now: { readonly usage: QuotaUsage; readonly at: number },
): number {
  if (!before || before.usage.month !== now.usage.month || now.at <= before.at) return 0;
  return (Math.max(0, now.usage.used - before.usage.used) * DAY_MS) / (now.at - before.at);
}

function untilThreshold({ policy, usage, unknown, ratePerDay }: ClockFacts): number {
  if (unknown) return unknown.reason === 'incomplete' ? DOUBT_MS * READINGS : Infinity;
  const { limit = 0, percent, used } = usage ?? { used: 0 };
  if (percent === undefined || ratePerDay <= 0) return Infinity;
  const next = Math.min(...thresholds(policy).filter((threshold) => threshold > percent));
  return (((next * limit) / 100 - used) * DAY_MS) / ratePerDay;
}

/** Percentages at which something happens. */
function thresholds({ warnAt, shed, ladder }: QuotaPolicy): readonly number[] {
  return [...warnAt, ...(shed === 'off' ? [] : ladder.map(({ at }) => at)), 100];
}

function clamped(ms: number): number {
  return Math.min(Math.max(ms, SHORTEST_MS), LONGEST_MS);
}
