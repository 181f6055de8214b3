import { quotaStatus } from './conditions.js';
import { forecastMonth } from './forecast.js';
import type { QuotaStatistics } from './ports.js';
import { monthAfter, monthBounds, monthOf } from './quota-month.js';
import { policyHash, type QuotaPolicy } from './quota-policy.js';
import { countOf, judgeReading } from './judge-reading.js';
import { type Notice, noticesOf } from './notification.js';
import type { Reading } from './quota-readings.js';
import type { Counting, LookedState, QuotaStanding, QuotaState, ShedState, Told } from './quota-state.js';
import { quotaUsage, type QuotaUsage } from './quota.js';
import { shedAfter } from './shedding.js';
import type { TenantName } from './state.js';
import type { TenantMarks } from './tenant-record.js';

const DAY_MS = 86_400_000;

/** How far back the forecast looks: the month that runs and the two before. */
export const HISTORY_MS = 93 * DAY_MS;

/** How long the month before may still be counted. */
const LATE_MS = 2 * DAY_MS;

/** A usage and when it was read, milliseconds since the epoch. */
export interface TimedUsage {
  readonly usage: QuotaUsage;
  readonly at: number;
}

/** What is at hand when a tenant's statistics were read. */
export interface LookFacts {
  readonly tenant: TenantName;
  readonly policy: QuotaPolicy;
  readonly now: number;
  /** `YYYY-MM`. */
  readonly month: string;
  readonly statistics: QuotaStatistics;
  /** As they stood before. */
  readonly marks: TenantMarks;
  readonly counting: Counting | undefined;
  /** Earlier readings, oldest first. */
  readonly history: readonly TimedUsage[];
}

/** What a look at the statistics came to. */
export interface QuotaLook {
  /** Absent while it is unknown. */
  readonly usage?: QuotaUsage;
  readonly state: LookedState;
  /** What the log does not have yet: thresholds, ascending, and a forecast. */
  readonly news: readonly Notice[];
  /** Whether other subscriptions are given up than before. */
  readonly isShedOther: boolean;
  /** Of the month before, with what was counted late; absent when that is known already. */
  readonly late?: TimedUsage;
}

/** What a look leaves to be known, one that failed as well; `usage` is what was read and believed. */
export type LookOutcome = Pick<QuotaLook, 'usage'> & { readonly state: QuotaState };

export function lookAtQuota(facts: LookFacts): QuotaLook {
  const { tenant, policy, now, month, statistics, marks, counting, history } = facts;
  const bounds = monthBounds(month, policy.timeZone);
  const before = marks.quotaState;
  const known = marks.quota?.usage.month === month ? marks.quota.usage : undefined;
  const { from } = bounds;
  const { warnAt } = policy;
  const { usage, unknown } = judgeReading(statistics, {
    now,
    month,
    from,
    warnAt,
    known,
    knownAt: marks.quota?.at,
    unknown: before?.unknown,
    counting,
  });
  const forecast = usage && forecastMonth(readingsOf(history, { usage, at: now }), now, { month, ...bounds });
  const shed = shedAfter(before?.shed, { policy, month, now, tenant, ...(usage && { usage }) });
  const told = toldBefore(before, known, month);
  const news = noticesOf(usage, forecast).filter(({ subject }) => !told.subjects.includes(subject));
  const late = lateCount(facts, from);
  return {
    ...(usage && { usage }),
    state: {
      at: now,
      judgedBy: policyHash(policy),
      ...(unknown && { unknown }),
      ...(forecast && { forecast }),
      standing: standingAfter(before, quotaStatus(usage), facts),
      told: { month, subjects: [...told.subjects, ...news.map(({ subject }) => subject)] },
      ...(shed && { shed }),
      ...(before?.shares && { shares: before.shares }),
      ...(before?.sharesAskedAt !== undefined && { sharesAskedAt: before.sharesAskedAt }),
      ...(counting && { counting }),
    },
    news,
    isShedOther: !isSame(before?.shed, shed),
    ...(late && { late }),
  };
}

/** For the forecast: at most one reading an hour, and none that the platform took back. */
export function readingsOf(history: readonly TimedUsage[], newest: TimedUsage): readonly Reading[] {
  const { month, used } = newest.usage;
  const held = history.filter(({ usage, at }) => at < newest.at && (usage.month !== month || usage.used <= used));
  const hourly = held.filter(({ usage, at }, index) => {
    const next = held[index + 1];
    return !next || next.usage.month !== usage.month || hourOf(next.at) !== hourOf(at);
  });
  return [...hourly, newest].map(({ usage, at }) => ({
    at,
    used: usage.used,
    month: usage.month,
    ...(usage.limit !== undefined && { limit: usage.limit }),
  }));
}

function hourOf(at: number): number {
  return Math.floor(at / 3_600_000);
}

function standingAfter(
  before: QuotaState | undefined,
  status: QuotaStanding['status'],
  { now, month, policy }: LookFacts,
): QuotaStanding {
  const { at, standing } = before ?? {};
  const goesOn = standing?.status === status && at !== undefined && monthOf(at, policy.timeZone) === month;
  return { status, since: goesOn ? standing.since : now };
}

/** Of this month, in which `known` is the last reading that was believed. */
function toldBefore(before: QuotaState | undefined, known: QuotaUsage | undefined, month: string): Told {
  if (before?.told) return before.told.month === month ? before.told : { month, subjects: [] };
  return { month, subjects: noticesOf(known, before?.forecast).map(({ subject }) => subject) };
}

/** What the statistics say of the month before once it is over: its last moment stands for it. */
function lateCount({ statistics, history, month, now, policy }: LookFacts, from: number): TimedUsage | undefined {
  const before = monthAfter(month, -1);
  const known = history.findLast(({ usage }) => usage.month === before)?.usage.used ?? 0;
  if (now - from > LATE_MS || countOf(statistics, before) <= known) return undefined;
  return { usage: quotaUsage(statistics, before, policy.warnAt), at: from - 1 };
}

function isSame(before: ShedState | undefined, after: ShedState | undefined): boolean {
  return before?.month === after?.month && before?.priority === after?.priority;
}
