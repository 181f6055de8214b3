import { daysIn, monthAfter } from './quota-month.js';

/** What the platform said at one time of the use of one month. */
export interface Reading {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Events of the month so far. */
  readonly used: number;
  /** Events a month; absent when the platform does not tell. */
  readonly limit?: number;
  /** `YYYY-MM`. */
  readonly month: string;
}

/** So many events within a stretch of time. */
export interface Span {
  readonly from: number;
  readonly to: number;
  readonly events: number;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** A count that stands still for longer did not come late: there were no events. */
export const LONGEST_DELAY = 12 * HOUR;

/**
 * The events between one reading and the next, oldest first. What two readings do not lie around, such as the end of a
 * month after its last reading, is in no span. `current` is the newest month, and the moment it began.
 */
export function spansOf(
  readings: readonly Reading[],
  current: { readonly month: string; readonly from: number },
): Span[] {
  const months = Map.groupBy(readings, ({ month }) => month);
  const spans: Span[] = [];
  for (const month of [...months.keys()].toSorted()) {
    const from = beginning(month, current);
    const to = month === current.month ? Infinity : beginning(monthAfter(month), current);
    let before = { at: from, used: 0 };
    for (const { at, used } of withoutDips(months.get(month) ?? [])) {
      const until = Math.min(Math.max(at, from), to);
      // A count that falls was corrected: what happened meanwhile nobody knows.
      if (until > before.at && used >= before.used)
        spans.push({ from: before.at, to: until, events: used - before.used });
      before = { at: until, used };
    }
  }
  return spread(spans);
}

/** Without the zone the clocks are taken to stand still, which is an hour off at most. */
function beginning(month: string, current: { readonly month: string; readonly from: number }): number {
  let from = current.from;
  for (let later = month; later < current.month; later = monthAfter(later)) from -= daysIn(later) * DAY;
  return from;
}

/** A count that is low once, and as high as before in the next reading, was not complete. */
function withoutDips(readings: readonly Reading[]): readonly Reading[] {
  return readings.filter(({ used }, index) => {
    const before = readings[index - 1]?.used ?? 0;
    const after = readings[index + 1]?.used ?? 0;
    return used >= before || after < before;
  });
}

/**
 * Events that came late belong to the whole stretch in which the count stood still. Late they are when they are rather as
 * many as that stretch has otherwise than as many as the time since.
 */
function spread(spans: readonly Span[]): Span[] {
  const result: Span[] = [];
  let events = 0;
  let time = 0;
  let still = 0;
  for (const span of spans) {
    const length = span.to - span.from;
    const stood = result.at(-1);
    const usual = time > 0 ? events / time : 0;
    if (span.events === 0) {
      const isContinued = stood?.events === 0 && stood.to === span.from;
      if (isContinued) result[result.length - 1] = { from: stood.from, to: span.to, events: 0 };
      else result.push(span);
      still = (isContinued ? still : 0) + length;
      continue;
    }
    const isLate = stood?.events === 0 && stood.to === span.from && still <= LONGEST_DELAY;
    if (isLate && span.events > usual * (length + still / 2)) result[result.length - 1] = { ...span, from: stood.from };
    else result.push(span);
    events += span.events;
    time += length + still;
    still = 0;
  }
  return result;
}
