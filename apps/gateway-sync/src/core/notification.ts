import type { JsonObject } from './json.js';
import type { Forecast, LookedState } from './quota-state.js';
import type { QuotaUsage } from './quota.js';
import type { TenantName } from './state.js';

/**
 * | type | told when |
 * |---|---|
 * | quota.threshold_reached | a share of `warnAt` below 100 % is used |
 * | quota.exhausted | everything is used |
 * | quota.exhaustion_forecast | the forecast says for the first time that the limit is reached before the month ends |
 */
export const NOTIFICATION_TYPES = ['quota.threshold_reached', 'quota.exhausted', 'quota.exhaustion_forecast'] as const;
export type NotificationType = (typeof NOTIFICATION_TYPES)[number];

/** Something that is to be told once, in the log and to a receiver. */
export interface Notice {
  readonly type: NotificationType;
  /** In percent; absent from a forecast. */
  readonly threshold?: number;
  /** What it is about; of the same subject a tenant is told once. */
  readonly subject: string;
}

/** Something that operators are to be told of. */
export interface Notification extends Pick<Notice, 'subject'> {
  readonly tenant: TenantName;
  /** When it was found out, milliseconds since the epoch. */
  readonly at: number;
  /** As Standard Webhooks has it: `type`, `timestamp` and `data`. Holds no secret. */
  readonly payload: JsonObject;
}

const EVERYTHING = 100;

/**
 * All that is to be told of a tenant as it stands, told or not: whoever keeps them knows which ones are new. So nothing is
 * lost when a process ends between a look and its messages. With another limit everything counts anew.
 */
export function notificationsOf(tenant: TenantName, { usage, state }: Looked): Notification[] {
  if (!isMeasured(usage)) return [];
  const { at, forecast } = state;
  return noticesOf(usage, forecast).map(({ type, threshold, subject }) => ({
    tenant,
    subject,
    at,
    payload: { type, timestamp: iso(at), data: dataOf(tenant, usage, { threshold, at, forecast }) },
  }));
}

/** The same, for a log. */
export function noticesOf(usage: QuotaUsage | undefined, forecast: Forecast | undefined): Notice[] {
  if (!isMeasured(usage)) return [];
  const { limit, percent, month, crossed } = usage;
  const reached = new Set(crossed.filter((threshold) => threshold < EVERYTHING));
  const of = (type: NotificationType, threshold?: number): Notice => ({
    type,
    ...(threshold !== undefined && { threshold }),
    subject: [type, month, ...(threshold === undefined ? [] : [threshold]), limit].join(' '),
  });
  return [
    ...[...reached].map((threshold) => of('quota.threshold_reached', threshold)),
    ...(percent >= EVERYTHING ? [of('quota.exhausted', EVERYTHING)] : []),
    ...(percent < EVERYTHING && isForecast(forecast, month) ? [of('quota.exhaustion_forecast')] : []),
  ];
}

interface Looked {
  readonly usage?: QuotaUsage;
  readonly state: LookedState;
}

function isForecast(forecast: Forecast | undefined, month: string): boolean {
  return forecast?.month === month && forecast.exhaustedAt !== undefined;
}

type Measured = Required<QuotaUsage>;

function isMeasured(usage: QuotaUsage | undefined): usage is Measured {
  return usage?.limit !== undefined && usage.percent !== undefined;
}

function dataOf(
  tenant: TenantName,
  { month, used, limit, percent }: Measured,
  { threshold, at, forecast }: { threshold: number | undefined; at: number; forecast: Forecast | undefined },
): JsonObject {
  return {
    tenant,
    month,
    ...(threshold !== undefined && { threshold }),
    used,
    limit,
    percent,
    at: iso(at),
    ...(forecast && {
      forecast: {
        projected: forecast.projected,
        exhaustedAt: forecast.exhaustedAt === undefined ? null : iso(forecast.exhaustedAt),
      },
    }),
  };
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
