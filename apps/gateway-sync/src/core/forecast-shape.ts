import { median, sum, type Day, type History } from './quota-history.js';

/** How events spread over the week and the day, counted back from the same moment as the history. */
export interface Shape {
  /** Of the day so many days back, and of the same day of any week: 1 is a day like the average. */
  readonly days: readonly number[];
  /** Of each hour of a day that begins at that time of the day: 1 is an hour like the average. */
  readonly hours: readonly number[];
}

const WEEK = 7;
export const FLAT: Shape = { days: Array.from({ length: WEEK }, () => 1), hours: Array.from({ length: 24 }, () => 1) };

/** A week is compared with its days only when nearly all of them are known. */
const LEAST_DAYS = 5;
/** A day that is so many times as busy as its week is an exception and no habit, as long as only one week is known. */
const EXCEPTION = 2.5;

export function shapeOf({ days }: History): Shape {
  const clear = days.map((day) => (day && !day.isVague ? day : undefined));
  return { days: weekOf(clear), hours: dayShape(clear.filter((day) => day !== undefined)) };
}

/** Each day beside the median of its own week, so that neither growth nor a single loud day looks like a habit. */
function weekOf(days: readonly (Day | undefined)[]): readonly number[] {
  const ratios: number[][] = FLAT.days.map(() => []);
  let weeks = 0;
  for (let week = 0; week * WEEK < days.length; week++) {
    const events = days.slice(week * WEEK, (week + 1) * WEEK).map((day) => day?.events);
    const known = events.filter((count) => count !== undefined);
    const typical = median(known);
    if (known.length < LEAST_DAYS || typical <= 0) continue;
    weeks++;
    events.forEach((count, index) => {
      if (count !== undefined) ratios[index]?.push(count / typical);
    });
  }
  if (weeks === 0) return FLAT.days;
  const factors = ratios.map((of) => (of.length > 0 ? median(of) : 1));
  return scaled(
    weeks === 1 ? factors.map((factor) => (factor > EXCEPTION ? 1 : factor)) : shrunk(factors, ratios, weeks),
  );
}

/** Towards no shape at all, by as much as the weeks disagree with each other. */
function shrunk(factors: readonly number[], ratios: readonly (readonly number[])[], weeks: number): readonly number[] {
  const mean = sum(factors) / WEEK;
  const between = sum(factors.map((factor) => (factor - mean) ** 2)) / (WEEK - 1);
  const deviations = ratios.flatMap((of, index) => of.map((ratio) => Math.abs(ratio - (factors[index] ?? 1))));
  const within = (1.5 * median(deviations)) ** 2 * (weeks / (weeks - 1));
  const signal = Math.max(0, between - within / weeks);
  const trust = signal / (signal + within / weeks || 1);
  return factors.map((factor) => mean + trust * (factor - mean));
}

function dayShape(days: readonly Day[]): readonly number[] {
  const hours = FLAT.hours.map((_, hour) => sum(days.map((day) => Math.min(day.hours[hour] ?? 0, day.events / 4))));
  // As if there had been half a day without a shape as well.
  const even = sum(hours) / 24 / (2 * Math.max(1, days.length));
  return scaled(hours.map((events) => events + even));
}

/** With a mean of 1. */
function scaled(values: readonly number[]): readonly number[] {
  const mean = sum(values) / values.length;
  return mean > 0 ? values.map((value) => value / mean) : values.map(() => 1);
}
