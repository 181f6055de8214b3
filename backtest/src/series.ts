import { monthAfter, monthBounds } from 'gateway-sync/dist/core/quota-month.js';
import type { Reading } from 'gateway-sync/dist/core/quota-readings.js';
import { randomFrom, type Random } from './random.ts';

/** Readings of one tenant, and the month that they are to foretell. */
export interface Series {
  readonly readings: readonly Reading[];
  readonly month: string;
}

export const KINDS = ['steady', 'weekly', 'campaign spike', 'new event subscribed', 'outage'] as const;
export type Kind = (typeof KINDS)[number];

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const LIMIT = 10_000;

/**
 * A month with something of its kind in its first half, and the month before, read as the service reads: every one to six
 * hours, from a platform that counts some hours late, and not at all for one day.
 */
export function makeSeries(kind: Kind, seed: number): Series {
  const random = randomFrom(seed * 7919 + KINDS.indexOf(kind));
  const month = monthAfter('2026-01', seed % 12);
  const before = monthAfter(month, -1);
  const { from, to } = monthBounds(month, 'UTC');
  const start = monthBounds(before, 'UTC').from;
  const rate = rateOf(kind, random, from);
  const counted = countHours(start, to, rate, random);
  return { month, readings: read(counted, { start, from, to, before, month }, random) };
}

/** Expected events an hour at a time. */
function rateOf(kind: Kind, random: Random, from: number): (at: number) => number {
  const hourly = random.between(80, 500) / 24;
  const begins = from + random.between(0, 3) * DAY;
  const busiest = random.between(0, 24);
  const daily = (at: number) => 1 + 0.8 * Math.cos(((at / HOUR - busiest) / 24) * 2 * Math.PI);
  const base = (at: number) => hourly * daily(at);
  switch (kind) {
    case 'steady':
      return base;
    case 'weekly': {
      const weekend = random.between(0.15, 0.6);
      return (at) => base(at) * ([0, 6].includes(new Date(at).getUTCDay()) ? weekend : 1.2);
    }
    case 'campaign spike': {
      const ends = begins + random.between(1, 3) * DAY;
      const times = random.between(3, 7);
      return (at) => base(at) * (begins <= at && at < ends ? times : 1);
    }
    case 'new event subscribed': {
      const times = random.between(1.5, 3);
      return (at) => base(at) * (begins <= at ? times : 1);
    }
    case 'outage': {
      const ends = begins + random.between(1, 3) * DAY;
      return (at) => base(at) * (begins <= at && at < ends ? 0 : 1);
    }
    default:
      return kind satisfies never;
  }
}

/** Events of each hour; whole days are busier or calmer than others for no reason, on top of chance. */
function countHours(start: number, to: number, rate: (at: number) => number, random: Random): readonly number[] {
  let mood = 1;
  return Array.from({ length: (to - start) / HOUR }, (_, hour) => {
    if (hour % 24 === 0) mood = Math.exp(0.12 * random.normal());
    return random.poisson(rate(start + hour * HOUR) * mood);
  });
}

interface Times {
  readonly start: number;
  readonly from: number;
  readonly to: number;
  readonly before: string;
  readonly month: string;
}

function read(hours: readonly number[], { start, from, to, before, month }: Times, random: Random): readonly Reading[] {
  const totals = [0];
  for (const events of hours) totals.push((totals.at(-1) ?? 0) + events);
  const total = (at: number) => totals[Math.floor((at - start) / HOUR)] ?? 0;
  const batch = random.between(1, 5) * HOUR;
  const blind = from + random.between(-10, 10) * DAY;
  const readings: Reading[] = [];
  for (let at = start + HOUR; at < to; at += Math.round(random.between(60, 360)) * MINUTE) {
    if (at >= blind && at < blind + DAY) continue;
    const of = at < from ? { month: before, since: start } : { month, since: from };
    // What the platform has counted by now, which it does a few times a day.
    const until = Math.max(of.since, Math.floor(at / batch) * batch);
    readings.push({ at, month: of.month, used: total(until) - total(of.since), limit: LIMIT });
  }
  return [...readings, { at: to, month, used: total(to) - total(from), limit: LIMIT }];
}
