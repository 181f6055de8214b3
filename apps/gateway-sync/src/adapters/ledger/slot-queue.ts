import { raceAbort } from '../race-abort.js';

export interface SlotQueueOptions {
  readonly perSecond: number;
  /**
   * Gets slots, `1 / perSecond` apart, that nobody else has; answers in how many milliseconds the first one is due. No more
   * than `maxSlots` are asked for at a time.
   */
  readonly lease: (slots: number, maxSlots: number) => Promise<number>;
  /** Told once when slots cannot be had any more, and once when they can again. */
  readonly onLost: (error: unknown) => void;
  readonly onFound: () => void;
}

interface Lease {
  readonly slots: number;
  left: number;
  /** When the next slot is due, on the clock that is never set. */
  dueAt: number;
  readonly receivedAt: number;
  readonly waited: boolean;
  expired: boolean;
}

/** The most that one lease is worth, so that no process holds the others up for longer. */
const LEASE_MS = 100;
/** How long a slot that nobody used is good for. */
const KEPT_MS = 100;
/** How often a lost source of slots is tried again. */
const RETRY_MS = 1_000;

/**
 * Hands out leased slots, first come first served. One lease at a time, and none before the last is used up: what a killed
 * process takes with it is a tenth of a second, or one slot. Without a source of slots nobody waits.
 *
 * A single request leases a single slot and waits for nobody. While they come faster than that, leases double, so that a
 * thousand requests a second cost some tens of statements; where others wait for slots too, only what is asked for is leased.
 */
export class SlotQueue {
  readonly #options: SlotQueueOptions;
  readonly #gapMs: number;
  readonly #maxSlots: number;
  /** In the order of asking. */
  readonly #waiting = new Set<() => void>();
  #lease: Lease | undefined;
  #leasing = false;
  #timer: NodeJS.Timeout | undefined;
  /** Since when there are no slots to be had, or when that was last tried. */
  #lostAt: number | undefined;

  constructor(options: SlotQueueOptions) {
    this.#options = options;
    this.#gapMs = 1000 / options.perSecond;
    this.#maxSlots = Math.max(1, Math.floor(LEASE_MS / this.#gapMs));
  }

  /** Resolves when a slot is due. */
  async take(signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    const turn = Promise.withResolvers<void>();
    this.#waiting.add(turn.resolve);
    this.#serve();
    try {
      await raceAbort(turn.promise, signal);
    } finally {
      // The slot that it would have had is the next one's.
      this.#waiting.delete(turn.resolve);
    }
  }

  #serve(): void {
    for (const grant of this.#waiting) {
      if (this.#lostAt === undefined) {
        const lease = this.#usableLease();
        if (!lease) return this.#ask(this.#worthLeasing());
        if (lease.dueAt > performance.now()) return this.#wake(lease.dueAt);
        lease.left -= 1;
        lease.dueAt += this.#gapMs;
      } else if (performance.now() >= this.#lostAt + RETRY_MS) this.#ask(1);
      this.#waiting.delete(grant);
      grant();
    }
  }

  /** The lease with its unused slots, apart from those that are too old: used late, they would add to those of others. */
  #usableLease(): Lease | undefined {
    const lease = this.#lease;
    if (!lease) return undefined;
    const now = performance.now();
    while (lease.left > 0 && now > Math.max(lease.dueAt, lease.receivedAt) + KEPT_MS) {
      lease.left -= 1;
      lease.dueAt += this.#gapMs;
      lease.expired = true;
    }
    return lease.left > 0 ? lease : undefined;
  }

  #worthLeasing(): number {
    const last = this.#lease;
    const isBusy = last && !last.waited && !last.expired && performance.now() < last.receivedAt + KEPT_MS;
    return Math.min(this.#maxSlots, Math.max(this.#waiting.size, isBusy ? 2 * last.slots : 1));
  }

  #wake(at: number): void {
    if (this.#timer) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#serve();
    }, at - performance.now());
  }

  #ask(slots: number): void {
    if (this.#leasing) return;
    this.#leasing = true;
    void this.#fetch(slots).finally(() => {
      this.#leasing = false;
      this.#serve();
    });
  }

  async #fetch(slots: number): Promise<void> {
    try {
      const inMs = await this.#options.lease(slots, this.#maxSlots);
      const now = performance.now();
      this.#lease = { slots, left: slots, dueAt: now + inMs, receivedAt: now, waited: inMs > 0, expired: false };
      if (this.#lostAt !== undefined) this.#options.onFound();
      this.#lostAt = undefined;
    } catch (error) {
      if (this.#lostAt === undefined) this.#options.onLost(error);
      this.#lostAt = performance.now();
    }
  }
}
