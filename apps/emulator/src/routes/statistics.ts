import type { Usage } from '../state/usage.js';
import type { Handler } from './call.js';

/** Counts by month, newest first; both ends of the range count. */
export const getStatistics: Handler = ({ tenant, query, quirks, now }) => {
  const from = monthIn(query['fromYearMonth']);
  const to = monthIn(query['toYearMonth']);
  const current = tenant.usage.monthAt(now);
  const range =
    from === undefined && to === undefined && quirks.statisticsWithoutRange === 'current-month'
      ? { from: current, to: current }
      : { from, to };
  const months =
    quirks.monthsWithoutRow === 'absent'
      ? tenant.usage.months().filter((month) => tenant.usage.shown(month, now) !== undefined)
      : monthsBetween(range.from ?? oldest(tenant.usage, current), range.to ?? current).toReversed();
  const rows = months
    .filter(
      (month) => (range.from === undefined || month >= range.from) && (range.to === undefined || month <= range.to),
    )
    .map((month) => ({ statisticsMonth: month, succesfullySentWebhooks: tenant.usage.shown(month, now) ?? 0 }));
  return { answer: { status: 200, body: { monthStatistics: rows, webhooksLimit: tenant.usage.limit } } };
};

const MONTHS_AT_MOST = 1_200;

function monthIn(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function oldest(usage: Usage, current: string): string {
  return usage.months().at(-1) ?? current;
}

function monthsBetween(from: string, to: string): string[] {
  const months: string[] = [];
  for (let month = from; month <= to && months.length < MONTHS_AT_MOST; month = nextMonth(month)) months.push(month);
  return months;
}

function nextMonth(month: string): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number, 1)).toISOString().slice(0, 7);
}
