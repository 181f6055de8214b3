import type { Span } from './quota-readings.js';

/** Events by the hour, counted back from a moment, so that every day of 24 hours is a whole one whenever it is looked at. */
export interface History {
  /** The day that ends at the moment first; undefined where too little of the day is known. */
  readonly days: readonly (Day | undefined)[];
}

export interface Day {
  /** Of the whole day, also where a part of it is not known. */
  readonly events: number;
  /** Events of each hour, the earliest first. */
  readonly hours: readonly number[];
  /** The readings lie so far apart that they do not tell this day from its neighbours. */
  readonly isVague: boolean;
}

const HOUR = 3_600_000;
const WEEKS = 6;
const HOURS = WEEKS * 7 * 24;
/** Less of a day is not taken for the day. */
const LEAST_KNOWN = 12;
/** A span that is longer says nothing about a single day. */
const LONGEST = 18 * HOUR;

export function historyBefore(moment: number, spans: readonly Span[]): History {
  const events = new Float64Array(HOURS);
  const known = new Float64Array(HOURS);
  const vague = new Float64Array(HOURS);
  for (const span of spans) {
    const to = Math.min(span.to, moment);
    const from = Math.max(span.from, moment - HOURS * HOUR);
    const density = (span.events * HOUR) / (span.to - span.from);
    const isVague = span.events > 0 && span.to - span.from > LONGEST;
    for (let end = to; end > from;) {
      const hour = Math.floor((moment - end) / HOUR);
      const start = Math.max(from, moment - (hour + 1) * HOUR);
      const share = (end - start) / HOUR;
      events[hour] = (events[hour] ?? 0) + share * density;
      known[hour] = (known[hour] ?? 0) + share;
      if (isVague) vague[hour] = (vague[hour] ?? 0) + share;
      end = start;
    }
  }
  return { days: Array.from({ length: WEEKS * 7 }, (_, day) => dayOf(day, events, known, vague)) };
}

function dayOf(day: number, events: Float64Array, known: Float64Array, vague: Float64Array): Day | undefined {
  const [from, to] = [day * 24, (day + 1) * 24];
  const share = sum(known.subarray(from, to));
  if (share < LEAST_KNOWN) return undefined;
  const hours = [...events.subarray(from, to)].toReversed();
  return {
    events: (sum(hours) * 24) / share,
    hours,
    isVague: sum(vague.subarray(from, to)) > LEAST_KNOWN,
  };
}

export function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2;
}
