/** Events sent by month (`YYYY-MM`, UTC), and how many one month allows. */
export class Usage {
  limit: number;
  readonly #sent = new Map<string, number>();

  constructor(limit: number, sent: Iterable<readonly [string, number]> = []) {
    this.limit = limit;
    for (const [month, count] of sent) this.#sent.set(month, count);
  }

  /** Undefined when nothing was ever counted in that month. */
  in(month: string): number | undefined {
    return this.#sent.get(month);
  }

  set(month: string, count: number): void {
    this.#sent.set(month, count);
  }

  add(month: string, count: number): void {
    if (count !== 0) this.#sent.set(month, Math.max(0, (this.#sent.get(month) ?? 0) + count));
  }

  /** Months with a count, newest first. */
  months(): readonly string[] {
    return [...this.#sent.keys()].toSorted().toReversed();
  }
}
