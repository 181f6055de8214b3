/** What waits for a slot. */
export interface Waiting {
  /** The smallest goes first; asked when a slot is free, so it may change meanwhile. */
  readonly servedAs: number;
  readonly failing: boolean;
}

/** Share of the slots that tenants whose last run failed may use. */
const FAILING_SHARE = 0.25;

/** Limits how many run at a time; who is served first gets the next free slot. */
export class Slots {
  readonly #waiting = new Map<Waiting, () => void>();
  readonly #taken = new Set<{ readonly failing: boolean }>();
  #concurrency = 1;
  #held = false;

  set concurrency(concurrency: number) {
    this.#concurrency = concurrency;
    this.#fill();
  }

  /** While held none is given. */
  set held(held: boolean) {
    this.#held = held;
    this.#fill();
  }

  /** Undefined when `signal` aborted before a slot was free. */
  async run<Result>(who: Waiting, signal: AbortSignal, work: () => Promise<Result>): Promise<Result | undefined> {
    const slot = await this.#take(who, signal);
    if (!slot) return undefined;
    try {
      return await work();
    } finally {
      this.#taken.delete(slot);
      this.#fill();
    }
  }

  #take(who: Waiting, signal: AbortSignal): Promise<{ readonly failing: boolean } | undefined> {
    const { promise, resolve } = Promise.withResolvers<{ readonly failing: boolean } | undefined>();
    const leave = () => {
      this.#waiting.delete(who);
      resolve(undefined);
    };
    if (signal.aborted) leave();
    else {
      signal.addEventListener('abort', leave, { once: true });
      this.#waiting.set(who, () => {
        signal.removeEventListener('abort', leave);
        const slot = { failing: who.failing };
        this.#taken.add(slot);
        resolve(slot);
      });
      this.#fill();
    }
    return promise;
  }

  #fill(): void {
    for (let next = this.#next(); next; next = this.#next()) {
      const [who, go] = next;
      this.#waiting.delete(who);
      go();
    }
  }

  #next(): readonly [Waiting, () => void] | undefined {
    if (this.#held || this.#taken.size >= this.#concurrency) return undefined;
    const failing = [...this.#taken].filter((slot) => slot.failing).length;
    const mayFail = failing < Math.max(1, Math.floor(this.#concurrency * FAILING_SHARE));
    let first: readonly [Waiting, () => void] | undefined;
    for (const entry of this.#waiting) {
      if (entry[0].failing && !mayFail) continue;
      if (!first || entry[0].servedAs < first[0].servedAs) first = entry;
    }
    return first;
  }
}
