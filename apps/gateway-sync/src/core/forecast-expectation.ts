import { levelOf, type Level } from './forecast-level.js';
import { FLAT, shapeOf, type Shape } from './forecast-shape.js';
import { historyBefore, sum, type History } from './quota-history.js';
import type { Span } from './quota-readings.js';
import type { ForecastBasis } from './quota-state.js';

/** What is to come from a moment to the end of the month. */
export interface Expectation {
  readonly basis: ForecastBasis;
  /** Events a day, on average. */
  readonly perDay: number;
  /** Events from the moment to a time within the month. */
  at(time: number): number;
  /** When a share of all that is to come has come; 1 is the end of the month. */
  when(share: number): number;
  /** How many fewer, and how many more, events there may be in four months out of five. */
  readonly below: number;
  readonly above: number;
}

export interface Stretch {
  readonly moment: number;
  /** Of the month. */
  readonly from: number;
  readonly to: number;
}

export interface Moment extends Stretch {
  /** Whether there is a single reading: of the days before it nobody has seen any. */
  readonly isFirst: boolean;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Less of a month says nothing about the rest of it. */
const LEAST_ELAPSED = HOUR;
const WEEK = 7;
/** A day of the week with less than this share of an average day does not tell the level. */
const LEAST_SHARE = 0.25;

/** Undefined while the readings cover nothing. */
export function expectationOf(spans: readonly Span[], { isFirst, ...stretch }: Moment): Expectation | undefined {
  const history = historyBefore(stretch.moment, spans);
  const clear = history.days.filter((day) => day && !day.isVague).length;
  if (clear === 0 || isFirst) return elapsed(spans, stretch);
  const plain = levelOf(unshaped(history, FLAT));
  // In the one week that is known, more events from some day on look like the shape of a week.
  const shape = clear < WEEK || (clear < 2 * WEEK && plain.isNew) ? FLAT : shapeOf(history);
  const days = unshaped(history, shape);
  const level = shape === FLAT || days.length === 0 ? plain : levelOf(days);
  const basis = clear >= WEEK ? 'weekly' : 'rate';
  return expectation(basis, { ...stretch, level, shape, doubt: DRIFT + (basis === 'rate' ? UNKNOWN_WEEK / clear : 0) });
}

/** Of a tenant that is seen for the first time: as it went so far, so it goes on. */
function elapsed(spans: readonly Span[], stretch: Stretch): Expectation | undefined {
  const { moment, from } = stretch;
  const within = spans.filter((span) => span.from >= from && span.to <= moment);
  const time = moment - from;
  if (time < LEAST_ELAPSED) return undefined;
  const days = time / DAY;
  const perDay = sum(within.map(({ events }) => events)) / days;
  const noise = Math.sqrt(Math.max(perDay, 1));
  const level = { perDay, error: noise / Math.sqrt(days), noise, least: perDay, most: perDay, isNew: false };
  return expectation('elapsed', { ...stretch, level, shape: FLAT, doubt: DRIFT + UNKNOWN_DAY / Math.sqrt(days + 0.2) });
}

/** Days without their shape, newest first. */
function unshaped({ days }: History, shape: Shape): readonly number[] {
  return days.flatMap((day, index) => {
    const share = shape.days[index % WEEK] ?? 1;
    return day && share >= LEAST_SHARE ? [day.events / share] : [];
  });
}

/** Measured with `pnpm backtest`, so that the band holds four times out of five. */
const BAND = 1.28;
/** By how much of itself the level changes until the end of the month, in habits that no reading tells. */
const DRIFT = 0.035;
const UNKNOWN_WEEK = 0.4;
const UNKNOWN_DAY = 0.4;

interface Model extends Stretch {
  readonly level: Level;
  readonly shape: Shape;
  /** A share of the level. */
  readonly doubt: number;
}

function expectation(basis: ForecastBasis, { moment, to, level, shape, doubt }: Model): Expectation {
  const hours = shapedHours(shape, Math.max(0, to - moment) / HOUR);
  const total = hours.at(-1) ?? 0;
  const days = (to - moment) / DAY;
  const all = (level.perDay * total) / 24;
  const spread =
    BAND * Math.sqrt(level.noise ** 2 * Math.max(0, days) + ((level.error + level.perDay * doubt) * (total / 24)) ** 2);
  const share = (time: number) => {
    const hour = Math.min(Math.max(0, time - moment), Math.max(0, to - moment)) / HOUR;
    const before = hours[Math.floor(hour) - 1] ?? 0;
    return before + (hour % 1) * ((hours[Math.floor(hour)] ?? total) - before);
  };
  return {
    basis,
    perDay: days > 0 ? all / days : level.perDay,
    at: (time) => (level.perDay * share(time)) / 24,
    when: (wanted) => {
      const index = hours.findIndex((until) => until >= wanted * total);
      if (index < 0) return to;
      const before = hours[index - 1] ?? 0;
      const part = ((wanted * total - before) / ((hours[index] ?? 0) - before || 1)) * HOUR;
      return Math.round(Math.min(to, moment + index * HOUR + part));
    },
    below: Math.max(spread, ((level.perDay - level.least) * total) / 24),
    above: Math.max(spread, ((level.most - level.perDay) * total) / 24),
  };
}

/** Average hours that the hours so far are worth; the last one may be a part of an hour. */
function shapedHours({ days, hours }: Shape, count: number): readonly number[] {
  let total = 0;
  return Array.from({ length: Math.ceil(count) }, (_, hour) => {
    // The day that begins now is the one that began a week ago, which is the oldest of seven.
    const day = days[WEEK - 1 - (Math.floor(hour / 24) % WEEK)] ?? 1;
    return (total += day * (hours[hour % 24] ?? 1) * Math.min(1, count - hour));
  });
}
