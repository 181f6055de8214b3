import { median, sum } from './quota-history.js';

/** How many events an average day has now. */
export interface Level {
  readonly perDay: number;
  /** Standard error of `perDay`. */
  readonly error: number;
  /** By how much single days differ from it; a standard deviation. */
  readonly noise: number;
  /** Where it may be as well, when the newest days are unlike those before. */
  readonly least: number;
  readonly most: number;
  /** Whether there are days of another level before. */
  readonly isNew: boolean;
}

/** Of the newest days, how much they count when they are unlike those before: one such day is an exception, two are news. */
const BELIEF = [0, 0.5, 0.85, 0.95, 1];
/** Days with next to no events are an outage, and the end of one is expected, for as long as they may be an exception. */
const OUTAGE = 0.15;
const LONGEST_COMPARED = 28;
/** So many days, when most of them are unlike those before, are no exception any more. */
const SETTLED = 9;
const LEAST_TO_KNOW_WEEKS = 14;
const WEEKEND = 2;
/** In standard deviations. */
const UNLIKE = 3;
/** How much less each day counts than the one after it. */
const MEMORY = 0.96;
const LEAST_NOISE = 0.04;
const NOISE_OF_FEW_DAYS = 0.2;

/**
 * Of days without their shape, newest first. Before there are two weeks of them, days with few events may as well be the
 * calm days of every week: they count like all others.
 */
export function levelOf(known: readonly number[]): Level {
  const noise = noiseOf(known);
  const days = sinceChange(known, noise);
  const isCalmUsual = known.length < LEAST_TO_KNOW_WEEKS;
  const all = runOf(days, noise, isCalmUsual);
  const usual = usualOf(days.slice(all), noise, isCalmUsual);
  const run = isEnding(days.slice(0, all), usual.mean, noise) ? 1 : all;
  const recent = weighted(days.slice(0, run));
  const chance = UNLIKE * noise * Math.sqrt(1 / run + 1 / usual.count);
  if (run === 0 || isLike(recent.mean, usual.mean, chance)) {
    const isNew = days.length < Math.min(known.length, LONGEST_COMPARED);
    return { ...settled(usualOf(days, noise, isCalmUsual), noise), isNew };
  }
  const belief = BELIEF[run];
  const isStart = usual.mean < OUTAGE * recent.mean;
  if (belief === undefined || isStart) return { ...settled(recent, noise), isNew: true };
  const isOutage = (days[0] ?? 0) < OUTAGE * usual.mean;
  return {
    ...settled({ count: run, mean: isOutage ? usual.mean : between(usual.mean, recent.mean, belief) }, noise),
    least: Math.min(recent.mean, usual.mean),
    most: Math.max(recent.mean, usual.mean),
    isNew: true,
  };
}

/** The newest days only, once most of them agree on something new. */
function sinceChange(days: readonly number[], noise: number): readonly number[] {
  if (days.length < LEAST_TO_KNOW_WEEKS) return sinceRise(days, noise);
  const newest = days.slice(0, SETTLED);
  const older = days.slice(SETTLED, LONGEST_COMPARED);
  const chance = UNLIKE * noise * Math.sqrt(1.5 * (1 / newest.length + 1 / older.length));
  return isLike(median(newest), median(older), chance) ? days.slice(0, LONGEST_COMPARED) : newest;
}

/** Calm days that are all the oldest ones, and more than a weekend, are of a time before. */
function sinceRise(days: readonly number[], noise: number): readonly number[] {
  const typical = median(days);
  const end = days.findIndex((day) => !isLike(day, typical, 1.5 * noise));
  const older = days.slice(end);
  const isRise = end > older.length && older.length > WEEKEND && older.every((day) => day < typical * (1 - noise));
  return isRise ? days.slice(0, end) : days;
}

/** Whether the newest day is on its way back to what is usual. */
function isEnding([newest = 0, ...rest]: readonly number[], usual: number, noise: number): boolean {
  if (rest.length === 0) return false;
  const { mean } = weighted(rest);
  return !isLike(newest, mean, 2 * noise) && Math.abs(newest - usual) < Math.abs(mean - usual);
}

/** By ratio, so that a day that is many times as busy is believed less than one that is somewhat busier. */
function between(usual: number, recent: number, belief: number): number {
  if (usual <= 0 || recent <= 0) return (1 - belief) * usual + belief * recent;
  return usual ** (1 - belief) * recent ** belief;
}

/** The mean of the days that are like most of them. */
function usualOf(days: readonly number[], noise: number, isCalmUsual: boolean): Average {
  const typical = median(days);
  const counts = (day: number) => (isCalmUsual && day < typical) || isLike(day, typical, UNLIKE * noise);
  const usual = weighted(days, counts);
  return usual.count > 0 ? usual : { mean: typical, count: Math.min(1, days.length) };
}

interface Average {
  readonly mean: number;
  /** As many equal weights would be as sure. */
  readonly count: number;
}

function settled({ mean, count }: Average, share: number): Level {
  const noise = spreadAround(mean, share);
  return { perDay: mean, error: noise / Math.sqrt(Math.max(1, count)), noise, least: mean, most: mean, isNew: false };
}

/** How many of the newest days are all above, or all below, what is typical. */
function runOf(days: readonly number[], noise: number, isCalmUsual: boolean): number {
  const typical = median(days);
  const sides = days.map((day) => (isLike(day, typical, noise) ? 0 : Math.sign(day - typical)));
  const end = sides.findIndex((side) => side === 0 || side !== sides[0] || (isCalmUsual && side < 0));
  return end < 0 ? days.length : end;
}

function isLike(day: number, mean: number, share: number): boolean {
  return Math.abs(day - mean) <= spreadAround(mean, share);
}

/** Habits scatter in proportion to the level, and counts of few by their root at least. */
function spreadAround(mean: number, share: number): number {
  return Math.max(share * mean, Math.sqrt(mean), 1);
}

/** A share of the level, from neighbours, because a level that changes is no noise. */
function noiseOf(days: readonly number[]): number {
  const steps = days.slice(1).flatMap((day, index) => {
    const after = days[index] ?? day;
    return day + after > 0 ? [Math.abs(day - after) / ((day + after) / 2)] : [];
  });
  const seen = (1.4826 * median(steps)) / Math.SQRT2;
  // The shape was taken from the same days, which hides a part of how they scatter.
  const hidden = days.length < LEAST_TO_KNOW_WEEKS ? 1 : Math.sqrt(days.length / (days.length - 7));
  return Math.max(seen * hidden, days.length < LEAST_TO_KNOW_WEEKS ? NOISE_OF_FEW_DAYS : LEAST_NOISE);
}

function weighted(days: readonly number[], counts: (day: number) => boolean = () => true): Average {
  const weights = days.map((day, index) => (counts(day) ? MEMORY ** index : 0));
  const total = sum(weights);
  return {
    mean: total > 0 ? sum(days.map((day, index) => day * (weights[index] ?? 0))) / total : 0,
    count: total > 0 ? total ** 2 / sum(weights.map((weight) => weight ** 2)) : 0,
  };
}
