import type {
  ServiceForecastError,
  ServiceQuotaReading,
  ServiceQuotaState,
  ServiceTenantPause,
} from '@gateway-sync/api';
import { pauseText } from '../../core/pause.js';
import { DWELL_MS, type Hold, holdOf, RESTORE_WITHIN_MS } from '../../core/shedding.js';
import { printable, type Paint } from './paint.js';
import { count, time } from './words.js';

type Forecast = NonNullable<ServiceQuotaState['forecast']>;
type Shedding = NonNullable<ServiceQuotaState['shed']>;
type Failure = NonNullable<ServiceQuotaState['failure']>;

/** The quota of one tenant, whoever found it out. */
export interface QuotaView {
  readonly tenant: string;
  /** The newest reading of the month that was believed. */
  readonly quota?: ServiceQuotaReading;
  readonly quotaState?: ServiceQuotaState;
  readonly pause?: ServiceTenantPause['pause'];
  /** Absent: nobody asked for them. */
  readonly readings?: readonly ServiceQuotaReading[];
  readonly pastErrors?: readonly ServiceForecastError[];
}

/** Whether somebody should know: a threshold is reached, the month will not last, nobody knows, or something is given up. */
export function isNoteworthy({ quota, quotaState, pause }: QuotaView): boolean {
  const { unknown, forecast, shed, failure } = quotaState ?? {};
  const told = unknown ?? shed ?? failure ?? pause;
  return (quota?.crossed.length ?? 0) > 0 || forecast?.exhaustedAt !== undefined || told !== undefined;
}

/** Whether what is shown is old because nobody can read it, and not because nobody is to. */
export function isUnreadable({ quotaState, pause }: QuotaView): boolean {
  return quotaState?.failure !== undefined && pause === undefined;
}

export function quotaText(view: QuotaView, now: number, paint: Paint): string {
  const { tenant, quota, quotaState, pause, readings, pastErrors = [] } = view;
  const { failure, forecast, shed } = quotaState ?? {};
  return [
    `${paint.bold(printable(tenant))}${pause ? pauseRemark(pause, paint) : ''}  ${usedText(view, now, paint)}`,
    ...(failure ? [`  ${paint.bad(`not read   ${failureText(failure, now, pause !== undefined)}`)}`] : []),
    ...(forecast ? [`  forecast   ${forecastText(forecast)}`, ...exhaustionLines(forecast, quota, paint)] : []),
    ...(shed ? [`  ${paint.warning(sheddingText(shed, quota, now))}`] : []),
    ...(readings?.length === 0 ? [`  ${paint.dim('no readings of this month are kept')}`] : []),
    ...(readings ?? []).map((reading) => `  ${time(Date.parse(reading.at))}  ${amount(reading)}`),
    ...pastErrors.map((error) => `  ${pastErrorText(error)}`),
  ]
    .map((line) => `${line}\n`)
    .join('');
}

function usedText({ quota, quotaState }: QuotaView, now: number, paint: Paint): string {
  const unknown = quotaState?.unknown;
  const read = quota && `${quota.month}: ${amount(quota)}`;
  if (unknown) {
    const isNews = unknown.since === quotaState.at;
    const since = isNews ? '' : `, since ${time(Date.parse(unknown.since))}`;
    const told = `${paint.warning('unknown')}: ${printable(unknown.message)}${since}`;
    const last = quota && `; last known ${age(quota.at, now)}, ${read}`;
    const looked = quotaState.at === undefined ? '' : `, read ${age(quotaState.at, now)}`;
    return `${told}${looked}${last ?? ''}`;
  }
  if (!quota) return paint.warning('not read yet this month');
  const color = quota.crossed.length > 0 ? paint.warning : paint.good;
  return `${color(`${read}`)}, read ${age(quota.at, now)}`;
}

function amount({ used, limit, percent }: ServiceQuotaReading): string {
  if (limit === undefined) return `${count(used, 'event')}, without a limit`;
  return `${used} of ${limit} events${percent === undefined ? '' : ` (${percent.toFixed(1)} %)`}`;
}

/** `890 events by the end of 2026-11 (850 to 1010, from used / elapsed), exhausted 2026-11-30T01:20:00Z`. */
export function forecastText({ month, projected, low, high, basis, exhaustedAt }: Forecast): string {
  const band = `${low} to ${high}, ${BASIS[basis]}`;
  const end = exhaustedAt === undefined ? '' : `, exhausted ${time(Date.parse(exhaustedAt))}`;
  return `${count(projected, 'event')} by the end of ${month} (${band})${end}`;
}

const BASIS: Readonly<Record<Forecast['basis'], string>> = {
  elapsed: 'from used / elapsed',
  rate: 'from recent readings',
  weekly: 'with the shape of days and weeks',
};

/** The ends of the band, where they say more than the forecast does. */
function exhaustionLines(
  { exhaustedAt, earliest, latest }: Forecast,
  quota: ServiceQuotaReading | undefined,
  paint: Paint,
): readonly string[] {
  if (earliest === undefined || earliest === exhaustedAt) return [];
  const from = time(Date.parse(earliest));
  if (exhaustedAt === undefined) return [`  exhausted  probably not this month; ${from} at the earliest`];
  const to = latest === undefined ? 'if at all' : `${time(Date.parse(latest))} at the latest`;
  const isClose = (quota?.percent ?? 0) < 100;
  return [`  exhausted  ${(isClose ? paint.bad : paint.dim)(`${from} at the earliest, ${to}`)}`];
}

/** `last attempt 4 min ago: getStatistics answered 403, and waiting does not help; next at 2026-11-25T07:20:00Z`. */
export function failureText({ at, transient, message, nextAt }: Failure, now: number, isPaused: boolean): string {
  const hopeless = transient ? '' : ', and waiting does not help';
  const next = isPaused ? '' : `; next at ${time(Date.parse(nextAt))}`;
  return `last attempt ${age(at, now)}: ${printable(message)}${hopeless}${next}`;
}

function pauseRemark({ at, by, reason }: NonNullable<QuotaView['pause']>, paint: Paint): string {
  const told = pauseText({ at: Date.parse(at), by, ...(reason !== undefined && { reason }) });
  return paint.dim(` (${printable(told)}; nothing is read)`);
}

function sheddingText(
  { mode, month, at, priority, since, until }: Shedding,
  quota: ServiceQuotaReading | undefined,
  now: number,
): string {
  const verb = mode === 'enforce' ? 'given up' : 'to give up';
  const which = `event types of priority ${priority} and higher numbers`;
  const back = Date.parse(until);
  if (now >= back - RESTORE_WITHIN_MS) return `${verb.padEnd(10)} ${which}, back by ${time(back)}: ${month} is over`;
  const percent = quota?.month === month ? quota.percent : undefined;
  const why = holdText(`${at} % of ${month}`, holdOf({ at, since: Date.parse(since) }, percent));
  return `${verb.padEnd(10)} ${which}, since ${time(Date.parse(since))}: ${why}`;
}

function holdText(rung: string, hold: Hold): string {
  switch (hold.type) {
    case 'reached':
      return `${rung} were reached`;
    case 'near':
      return `${rung} were used; held until ${hold.percent} % are used at most, or the month is over`;
    case 'dwelling':
      return `${rung} were used, and a rung holds for ${DWELL_MS / 3_600_000} hours, until ${time(hold.until)} or the month is over`;
    default:
      return hold satisfies never;
  }
}

function pastErrorText({ month, afterDays, projected, low, high, used, percent, isWithinBand }: ServiceForecastError) {
  const off = percent === undefined ? '' : `, ${percent > 0 ? '+' : ''}${percent.toFixed(1)} %`;
  const band = `${isWithinBand ? 'within' : 'outside'} ${low} to ${high}`;
  return `forecast of ${month} after ${count(afterDays, 'day')}: ${projected}, it was ${used}${off}, ${band}`;
}

function age(at: string, now: number): string {
  const minutes = Math.max(0, Math.floor((now - Date.parse(at)) / 60_000));
  if (minutes < 1) return 'just now';
  if (minutes < 120) return `${minutes} min ago`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ago` : `${count(Math.floor(hours / 24), 'day')} ago`;
}
