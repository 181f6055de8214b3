import { pastErrors, type PastError } from './forecast-error.js';
import type { Pause } from './pause.js';
import { readingsOf, type TimedUsage } from './quota-look.js';
import { monthBounds, monthOf } from './quota-month.js';
import type { Shedding } from './quota-policy.js';
import type { QuotaState, ShedState } from './quota-state.js';
import { restoredBy, shedInForce } from './shedding.js';
import type { DesiredTenant } from './state.js';
import type { TenantMarks } from './tenant-record.js';

/** What of the marks of a tenant holds at a time: nothing of a month that is over, and nothing that the file switched off. */
export interface QuotaOverview {
  /** `YYYY-MM`. */
  readonly month: string;
  readonly timeZone: string;
  /** Absent before the first reading of the month that was believed. */
  readonly newest?: TimedUsage;
  /** Absent before the first attempt to look. */
  readonly state?: Pick<QuotaState, 'at' | 'failure' | 'unknown' | 'forecast' | 'standing'> & {
    readonly shed?: ShedInForce;
  };
  /** Nothing is read while it lasts. */
  readonly pause?: Pause;
}

export interface ShedInForce extends ShedState {
  readonly mode: Exclude<Shedding, 'off'>;
  /** By when it is given back at the latest, milliseconds since the epoch. */
  readonly until: number;
}

type QuotaTenant = Pick<DesiredTenant, 'tenant' | 'quota'>;

/** Whether somebody looked in this month: a tenant whose use is unknown is no news by asking again. */
export function isKnown({ newest, state }: QuotaOverview): boolean {
  return newest !== undefined || state?.unknown !== undefined;
}

export function quotaOverview(
  tenant: QuotaTenant,
  { quota, quotaState, pause }: TenantMarks,
  now: number,
): QuotaOverview {
  const { timeZone, shed: mode } = tenant.quota;
  const month = monthOf(now, timeZone);
  const shed = shedInForce(quotaState?.shed, tenant, now);
  const forecast = quotaState?.forecast?.month === month ? quotaState.forecast : undefined;
  const { at, failure } = quotaState ?? {};
  const { unknown, standing } = at !== undefined && monthOf(at, timeZone) === month ? (quotaState ?? {}) : {};
  return {
    month,
    timeZone,
    ...(quota?.usage.month === month && { newest: quota }),
    ...(pause && { pause }),
    ...(quotaState && {
      state: {
        ...(at !== undefined && { at }),
        ...(failure && { failure }),
        ...(unknown && { unknown }),
        ...(forecast && { forecast }),
        ...(standing && { standing }),
        ...(shed && mode !== 'off' && { shed: { ...shed, mode, until: restoredBy(shed.month, timeZone) } }),
      },
    }),
  };
}

/** See {@link pastErrors}. `history`: oldest first, of several months. */
export function pastErrorsOf(history: readonly TimedUsage[], now: number, timeZone: string): readonly PastError[] {
  const newest = history.at(-1);
  if (!newest) return [];
  return pastErrors(readingsOf(history, newest), now, (month) => monthBounds(month, timeZone));
}
