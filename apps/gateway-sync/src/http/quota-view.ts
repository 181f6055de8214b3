import type {
  ServiceForecastError,
  ServiceQuotaFailure,
  ServiceQuotaForecast,
  ServiceQuotaReading,
  ServiceQuotaReport,
  ServiceQuotaState,
  ServiceTenantPause,
} from '@gateway-sync/api';
import type { PastError } from '../core/forecast-error.js';
import type { Pause } from '../core/pause.js';
import type { TimedUsage } from '../core/quota-look.js';
import type { QuotaOverview } from '../core/quota-overview.js';
import type { FailedReading, Forecast } from '../core/quota-state.js';
import { timeView } from './time-view.js';

/** What is known of a quota as the API shows it. */
export function quotaReportView(
  { month, timeZone, newest, state, pause }: QuotaOverview,
  readings: readonly TimedUsage[],
  errors: readonly PastError[],
): ServiceQuotaReport {
  return {
    month,
    timeZone,
    ...(newest && { newest: quotaView(newest) }),
    ...(state && { state: quotaStateView(state) }),
    ...(pause && { pause: pauseView(pause) }),
    readings: readings.filter(({ usage }) => usage.month === month).map(quotaView),
    pastErrors: errors.map(errorView),
  };
}

export function pauseView({ at, by, reason }: Pause): ServiceTenantPause['pause'] {
  return { at: timeView(at), by, ...(reason !== undefined && { reason }) };
}

export function quotaView({ usage, at }: TimedUsage): ServiceQuotaReading {
  const { month, used, limit, percent, crossed } = usage;
  return {
    month,
    used,
    ...(limit !== undefined && { limit }),
    ...(percent !== undefined && { percent }),
    crossed: [...crossed],
    at: timeView(at),
  };
}

export function quotaStateView({
  at,
  failure,
  unknown,
  forecast,
  shed,
}: NonNullable<QuotaOverview['state']>): ServiceQuotaState {
  return {
    ...(at !== undefined && { at: timeView(at) }),
    ...(failure && { failure: failureView(failure) }),
    ...(unknown && {
      unknown: {
        reason: unknown.reason,
        message: unknown.message,
        since: timeView(unknown.since),
        ...(unknown.shown !== undefined && { shown: unknown.shown }),
      },
    }),
    ...(forecast && { forecast: forecastView(forecast) }),
    ...(shed && {
      shed: {
        mode: shed.mode,
        month: shed.month,
        at: shed.at,
        priority: shed.priority,
        since: timeView(shed.since),
        until: timeView(shed.until),
      },
    }),
  };
}

function failureView({ at, since, attempts, transient, message, nextAt }: FailedReading): ServiceQuotaFailure {
  return {
    at: timeView(at),
    since: timeView(since),
    attempts,
    transient,
    message,
    nextAt: timeView(nextAt),
  };
}

function forecastView(forecast: Forecast): ServiceQuotaForecast {
  const { month, at, ratePerDay, projected, low, high, exhaustedAt, earliest, latest, basis } = forecast;
  return {
    month,
    at: timeView(at),
    ratePerDay,
    projected,
    low,
    high,
    ...(exhaustedAt !== undefined && { exhaustedAt: timeView(exhaustedAt) }),
    ...(earliest !== undefined && { earliest: timeView(earliest) }),
    ...(latest !== undefined && { latest: timeView(latest) }),
    basis,
  };
}

function errorView(error: PastError): ServiceForecastError {
  const { month, afterDays, projected, low, high, comparedAt, used, percent, isWithinBand } = error;
  return {
    month,
    afterDays,
    projected,
    low,
    high,
    comparedAt: timeView(comparedAt),
    used,
    ...(percent !== undefined && { percent }),
    isWithinBand,
  };
}
