/** A month of the platform: it has begun at `from`, and is over at `to`, milliseconds since the epoch. */
export interface MonthBounds {
  readonly from: number;
  readonly to: number;
}

/** The month that counts at a time, as `YYYY-MM`, where months begin at midnight of the zone (an IANA name). */
export function monthOf(at: number, timeZone: string): string {
  const shown = shownMonth(at, timeZone);
  // A clock that is set back over midnight of the first shows a month twice; it begins once all the same.
  const next = monthAfter(shown);
  if (isNear(at, next) && at >= beginning(next, timeZone)) return next;
  return isNear(at, shown) && at < beginning(shown, timeZone) ? monthAfter(shown, -1) : shown;
}

export function monthBounds(month: string, timeZone: string): MonthBounds {
  return { from: beginning(month, timeZone), to: beginning(monthAfter(month), timeZone) };
}

/** The month so many months later. */
export function monthAfter(month: string, months = 1): string {
  const { year, index } = parts(month);
  return format(year, index + months);
}

/** Days of the calendar. */
export function daysIn(month: string): number {
  const { year, index } = parts(month);
  return (dayOne(year, index + 1) - dayOne(year, index)) / DAY;
}

const DAY = 86_400_000;
/** No zone is farther from UTC, not even one that leaves out a day. */
const FARTHEST = 2 * DAY;

function isNear(at: number, month: string): boolean {
  const { year, index } = parts(month);
  return Math.abs(at - dayOne(year, index)) <= FARTHEST;
}

/** The moment from which on the clocks of the zone show the month. */
function beginning(month: string, timeZone: string): number {
  const { year, index } = parts(month);
  const utc = dayOne(year, index);
  if (timeZone === 'UTC') return utc;
  let before = utc - FARTHEST;
  let after = utc + FARTHEST;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (shownMonth(middle, timeZone) < month) before = middle;
    else after = middle;
  }
  return after;
}

function shownMonth(at: number, timeZone: string): string {
  if (timeZone === 'UTC') return new Date(at).toISOString().slice(0, 7);
  const { year, month } = Object.fromEntries(
    clock(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  );
  return format(year ?? Number.NaN, (month ?? Number.NaN) - 1);
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** Making one takes longer than everything else that is done here. */
function clock(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    year: 'numeric',
    month: 'numeric',
  });
  clocks.set(timeZone, made);
  return made;
}

function parts(month: string): { year: number; index: number } {
  return { year: Number(month.slice(0, 4)), index: Number(month.slice(5, 7)) - 1 };
}

function format(year: number, index: number): string {
  return new Date(dayOne(year, index)).toISOString().slice(0, 7);
}

function dayOne(year: number, index: number): number {
  return Date.UTC(year, index, 1);
}
