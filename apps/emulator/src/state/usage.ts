import { monthOf } from '../clock.js';

/** Events sent by month (`YYYY-MM`), and how many one month allows. */
export class Usage {
  limit: number;
  /** The statistics show what is added so many milliseconds later. The limit knows it at once. */
  delayMs = 0;
  /** Where a month begins at midnight: an IANA name. */
  timeZone = 'UTC';
  readonly #sent = new Map<string, number>();
  #late: readonly Late[] = [];

  constructor(limit: number, sent: Iterable<readonly [string, number]> = []) {
    this.limit = limit;
    for (const [month, count] of sent) this.#sent.set(month, count);
  }

  /** The month that counts at a time. */
  monthAt(time: number): string {
    return monthOf(time, this.timeZone);
  }

  /** Undefined when nothing was ever counted in that month. */
  in(month: string): number | undefined {
    return this.#sent.get(month);
  }

  /** At once, without delay. */
  set(month: string, count: number): void {
    this.remove(month);
    this.#sent.set(month, count);
  }

  /** As if nothing had been counted in that month. */
  remove(month: string): void {
    this.#sent.delete(month);
    this.#late = this.#late.filter((late) => late.month !== month);
  }

  add(month: string, count: number, now: number): void {
    if (count === 0) return;
    const before = this.#sent.get(month);
    const after = Math.max(0, (before ?? 0) + count);
    this.#sent.set(month, after);
    const pending = this.#late.filter(({ shownAt }) => shownAt > now);
    const late = { month, count: after - (before ?? 0), isFirst: before === undefined, shownAt: now + this.delayMs };
    this.#late = this.delayMs > 0 ? [...pending, late] : pending;
  }

  /** Months with a count, newest first. */
  months(): readonly string[] {
    return [...this.#sent.keys()].toSorted().toReversed();
  }

  /** What the statistics show at a time; undefined where all of the month is still to come. */
  shown(month: string, now: number): number | undefined {
    const sent = this.#sent.get(month);
    const late = this.#late.filter((one) => one.month === month && one.shownAt > now);
    if (sent === undefined || late.length === 0) return sent;
    const shown = sent - late.reduce((sum, { count }) => sum + count, 0);
    return shown === 0 && late.some(({ isFirst }) => isFirst) ? undefined : Math.max(0, shown);
  }
}

/** What the statistics do not show before a time, milliseconds since 1970. */
interface Late {
  readonly month: string;
  readonly count: number;
  /** Before it the month had no row. */
  readonly isFirst: boolean;
  readonly shownAt: number;
}
