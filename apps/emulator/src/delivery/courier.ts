import type { EmulatorClock } from '../clock.js';
import type { Quirks } from '../quirks.js';
import type { Attempt, Delivery } from './event-record.js';

/** What one attempt sends besides the body. */
export interface Parcel {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Kept with the attempt. */
  readonly note?: Pick<Attempt, 'id' | 'trigger'>;
}

/** A delivery to carry out, with the rules of whoever sends it. */
export interface Errand {
  readonly delivery: Delivery;
  /** What the next attempt sends; undefined when nobody is to get it any more. */
  prepare(): Parcel | undefined;
  /** An attempt was made; called before it is decided what comes next. */
  attempted(attempt: Attempt): void;
  /** Seconds until the next attempt after a failed one; undefined to give up. */
  retryAfter(attempt: Attempt): number | undefined;
  /** The delivery shows how it stands after an attempt. */
  settled(): void;
}

/** Carries deliveries to their destinations, and again on their sender's schedule when one did not take it. */
export class Courier {
  readonly #clock: EmulatorClock;
  readonly quirks: () => Quirks;
  readonly #fetch: typeof globalThis.fetch;
  #waiting: readonly Errand[] = [];

  constructor(clock: EmulatorClock, quirks: () => Quirks, fetch: typeof globalThis.fetch) {
    this.#clock = clock;
    this.quirks = quirks;
    this.#fetch = fetch;
  }

  /** Makes the first attempt for each errand. */
  async send(errands: readonly Errand[]): Promise<void> {
    await this.#attemptAll(errands);
  }

  /** Makes the retries that are due; returns how many. */
  async runDue(): Promise<number> {
    const now = this.#clock.now();
    const due = this.#waiting.filter(({ delivery }) => (delivery.nextAttemptAt ?? 0) <= now);
    this.#waiting = this.#waiting.filter((errand) => !due.includes(errand));
    await this.#attemptAll(due);
    return due.length;
  }

  /** Moves the clock on by `ms` and makes each retry at the time it is due; returns how many there were. */
  async advance(ms: number): Promise<number> {
    const end = this.#clock.now() + ms;
    let retries = 0;
    for (;;) {
      const next = Math.min(...this.#waiting.map(({ delivery }) => delivery.nextAttemptAt ?? Infinity));
      if (next > end) break;
      this.#clock.set(Math.max(next, this.#clock.now()));
      retries += await this.runDue();
    }
    this.#clock.set(Math.max(end, this.#clock.now()));
    return retries;
  }

  clear(): void {
    this.#waiting = [];
  }

  async #attemptAll(errands: readonly Errand[]): Promise<void> {
    const attempts = await Promise.all(errands.map((errand) => this.#attempt(errand)));
    for (const [index, errand] of errands.entries()) this.#settle(errand, attempts[index]);
  }

  /** Undefined when the errand was called off. */
  async #attempt(errand: Errand): Promise<Attempt | undefined> {
    const { delivery } = errand;
    const parcel = errand.prepare();
    if (parcel === undefined) return undefined;
    delivery.url = parcel.url;
    delivery.headers = parcel.headers;
    const at = this.#clock.now();
    const attempt: Attempt = { at, ...parcel.note, ...(await this.#post(parcel, delivery.body)) };
    delivery.attempts = [...delivery.attempts, attempt];
    return attempt;
  }

  async #post({ url, headers }: Parcel, body: string): Promise<Pick<Attempt, 'status' | 'error' | 'control'>> {
    try {
      const response = await this.#fetch(url, {
        method: 'POST',
        headers,
        body,
        redirect: 'manual',
        signal: AbortSignal.timeout(this.quirks().deliveryTimeoutMs),
      });
      await response.body?.cancel();
      const control = response.headers.get('webhook-delivery');
      return { status: response.status, ...(control === null ? {} : { control }) };
    } catch (error) {
      // Everything a destination can do wrong ends in the record, never in an error of the emulator.
      return { error: reasonOf(error) };
    }
  }

  #settle(errand: Errand, attempt: Attempt | undefined): void {
    const { delivery } = errand;
    delivery.nextAttemptAt = null;
    if (attempt === undefined) {
      delivery.status = 'canceled';
    } else {
      errand.attempted(attempt);
      if (succeeded(attempt)) delivery.status = 'delivered';
      else this.#retryOrGiveUp(errand, attempt);
    }
    errand.settled();
  }

  #retryOrGiveUp(errand: Errand, attempt: Attempt): void {
    const delay = errand.retryAfter(attempt);
    if (delay === undefined) {
      errand.delivery.status = 'failed';
      return;
    }
    errand.delivery.nextAttemptAt = this.#clock.now() + delay * 1_000;
    this.#waiting = [...this.#waiting, errand];
  }
}

/** Redirects count as failures. */
export function succeeded({ status = 0 }: Attempt): boolean {
  return status >= 200 && status < 300;
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const cause = error.cause instanceof Error && 'code' in error.cause ? String(error.cause.code) : undefined;
  return cause ?? (error.name === 'TimeoutError' ? 'timeout' : error.message);
}
