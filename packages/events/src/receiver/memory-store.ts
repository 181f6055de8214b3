import type { Claim, DeliveryStore } from './delivery-store.js';

export interface MemoryStoreOptions {
  /** The longest untouched ones are forgotten beyond this: 10,000. */
  readonly maxDeliveries?: number;
  /** And those untouched for this long: 72 hours. */
  readonly keepMs?: number;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

interface Entry {
  readonly done: readonly string[];
  readonly touchedAt: number;
  readonly holder?: { readonly token: string; readonly until: number };
}

/** Remembers deliveries in this process, and as long as it lives. */
export function createMemoryStore(options: MemoryStoreOptions = {}): DeliveryStore {
  return new MemoryStore(options);
}

class MemoryStore implements DeliveryStore {
  readonly #limits: Required<MemoryStoreOptions>;
  /** The longest untouched first. */
  readonly #entries = new Map<string, Entry>();
  #claims = 0;

  constructor({ maxDeliveries = 10_000, keepMs = 72 * 3_600_000, now = Date.now }: MemoryStoreOptions) {
    if (!(maxDeliveries >= 1 && keepMs > 0)) throw new RangeError('maxDeliveries and keepMs must be above zero.');
    this.#limits = { maxDeliveries, keepMs, now };
  }

  async claim(deliveryId: string, leaseMs: number): Promise<Claim> {
    const now = this.#limits.now();
    const { done = [], holder } = this.#entries.get(deliveryId) ?? {};
    if (holder !== undefined && holder.until > now) return { kind: 'busy' };
    const token = String(++this.#claims);
    this.#touch(deliveryId, { done, holder: { token, until: now + leaseMs } });
    return { kind: 'claimed', token, done };
  }

  async markDone(deliveryId: string, handler: string): Promise<void> {
    const { done = [], ...rest } = this.#entries.get(deliveryId) ?? {};
    this.#touch(deliveryId, { ...rest, done: [...new Set([...done, handler])] });
  }

  async release(deliveryId: string, token: string): Promise<void> {
    const entry = this.#entries.get(deliveryId);
    if (entry?.holder?.token === token) this.#touch(deliveryId, { done: entry.done });
  }

  #touch(deliveryId: string, entry: Omit<Entry, 'touchedAt'>): void {
    const { now, keepMs, maxDeliveries } = this.#limits;
    const touchedAt = now();
    this.#entries.delete(deliveryId);
    this.#entries.set(deliveryId, { done: entry.done, ...(entry.holder && { holder: entry.holder }), touchedAt });
    for (const [id, { touchedAt: then }] of this.#entries) {
      if (this.#entries.size <= maxDeliveries && touchedAt - then < keepMs) break;
      this.#entries.delete(id);
    }
  }
}
