import { monthOf, type EmulatorClock } from '../clock.js';
import type { Quirks } from '../quirks.js';
import type { Tenant } from '../state/tenant.js';
import type { Attempt, Delivery, EventRecord } from './event-record.js';

interface Errand {
  readonly event: EventRecord;
  readonly delivery: Delivery;
  readonly tenant: Tenant;
}

/** Carries events to HTTP destinations, and again on the schedule of the quirks when one did not take it. */
export class Courier {
  readonly #clock: EmulatorClock;
  readonly #quirks: () => Quirks;
  readonly #fetch: typeof globalThis.fetch;
  #waiting: readonly Errand[] = [];

  constructor(clock: EmulatorClock, quirks: () => Quirks, fetch: typeof globalThis.fetch) {
    this.#clock = clock;
    this.#quirks = quirks;
    this.#fetch = fetch;
  }

  /** Makes the first attempt for each delivery of the event. */
  async send(event: EventRecord, tenant: Tenant): Promise<void> {
    await this.#attemptAll(event.deliveries.map((delivery) => ({ event, delivery, tenant })));
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
    await Promise.all(errands.map((errand) => this.#attempt(errand)));
    for (const errand of errands) this.#settle(errand);
  }

  async #attempt({ delivery }: Errand): Promise<void> {
    const at = this.#clock.now();
    const attempt: Attempt = { at, ...(await this.#post(delivery)) };
    delivery.attempts = [...delivery.attempts, attempt];
  }

  async #post(delivery: Delivery): Promise<Omit<Attempt, 'at'>> {
    try {
      const response = await this.#fetch(delivery.url, {
        method: 'POST',
        headers: delivery.headers,
        body: delivery.body,
        redirect: 'manual',
        signal: AbortSignal.timeout(this.#quirks().deliveryTimeoutMs),
      });
      await response.body?.cancel();
      return { status: response.status };
    } catch (error) {
      // Everything a destination can do wrong ends in the record, never in an error of the emulator.
      return { error: reasonOf(error) };
    }
  }

  #settle(errand: Errand): void {
    const { delivery, event, tenant } = errand;
    const { retryDelaysSeconds, countedUnit, httpDeliveriesCount } = this.#quirks();
    const status = delivery.attempts.at(-1)?.status ?? 0;
    const delay = retryDelaysSeconds[delivery.attempts.length - 1];
    if (status >= 200 && status < 300) {
      delivery.status = 'delivered';
      delivery.nextAttemptAt = null;
      if (httpDeliveriesCount && (countedUnit === 'delivery' || event.counted === 0)) {
        event.counted++;
        tenant.usage.add(monthOf(this.#clock.now()), 1);
      }
    } else if (delay === undefined) {
      delivery.status = 'failed';
      delivery.nextAttemptAt = null;
    } else {
      delivery.nextAttemptAt = this.#clock.now() + delay * 1_000;
      this.#waiting = [...this.#waiting, errand];
    }
    event.outcome = outcomeOf(event);
  }
}

function outcomeOf({ deliveries }: EventRecord): EventRecord['outcome'] {
  const having = (status: Delivery['status']): number =>
    deliveries.filter((delivery) => delivery.status === status).length;
  if (having('delivered') === deliveries.length) return 'delivered';
  if (having('delivered') > 0) return 'partly-delivered';
  return having('retrying') > 0 ? 'retrying' : 'failed';
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const cause = error.cause instanceof Error && 'code' in error.cause ? String(error.cause.code) : undefined;
  return cause ?? (error.name === 'TimeoutError' ? 'timeout' : error.message);
}
