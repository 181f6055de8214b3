/** Milliseconds since 1970; every time the emulator shows or compares comes from here. */
export interface Clock {
  now(): number;
}

/** A clock that can be set, moved on, and stopped. Runs with `base` until somebody touches it. */
export class EmulatorClock implements Clock {
  readonly #base: () => number;
  #offset = 0;
  #frozenAt: number | undefined;

  constructor(base: () => number = Date.now) {
    this.#base = base;
  }

  get frozen(): boolean {
    return this.#frozenAt !== undefined;
  }

  now(): number {
    return this.#frozenAt ?? this.#base() + this.#offset;
  }

  set(time: number): void {
    if (this.#frozenAt === undefined) this.#offset = time - this.#base();
    else this.#frozenAt = time;
  }

  freeze(): void {
    this.#frozenAt = this.now();
  }

  /** Runs on from the time shown now. */
  resume(): void {
    if (this.#frozenAt === undefined) return;
    this.#offset = this.#frozenAt - this.#base();
    this.#frozenAt = undefined;
  }

  /** Back to the time of `base`, running. */
  reset(): void {
    this.#offset = 0;
    this.#frozenAt = undefined;
  }
}

/** The month of `time` as `YYYY-MM`, by the clocks of the zone (an IANA name). */
export function monthOf(time: number, timeZone: string): string {
  // Swedish dates are those of ISO 8601.
  return new Intl.DateTimeFormat('sv-SE', { timeZone, year: 'numeric', month: '2-digit' }).format(time);
}
