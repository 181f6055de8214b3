import type { Clock } from '../core/ports.js';
import { SUBJECT_DAYS, type HeldMessage, type Message, type Outbox } from '../core/outbox.js';

interface Kept {
  readonly message: HeldMessage;
  readonly dueAt: number | undefined;
}

const DAY_MS = 86_400_000;

/** Where there is no database: what was told and what waits is lost with the process. */
export class MemoryOutbox implements Outbox {
  readonly #kept = new Map<string, Kept>();

  constructor(private readonly clock: Clock) {}

  async add(messages: readonly Message[]): Promise<number> {
    const now = this.clock.now();
    this.#forget(now - SUBJECT_DAYS * DAY_MS);
    const fresh = messages.filter((message) => !this.#kept.has(keyOf(message)));
    for (const message of fresh) this.#kept.set(keyOf(message), { message: { ...message, attempts: 0 }, dueAt: now });
    return fresh.length;
  }

  async take({ limit, holdMs }: { readonly limit: number; readonly holdMs: number }): Promise<readonly HeldMessage[]> {
    const now = this.clock.now();
    const due = [...this.#kept.values()].filter(({ dueAt }) => dueAt !== undefined && dueAt <= now).slice(0, limit);
    return due.map(({ message }) => {
      const held = { ...message, attempts: message.attempts + 1 };
      this.#kept.set(keyOf(held), { message: held, dueAt: now + holdMs });
      return held;
    });
  }

  async settle(message: HeldMessage, { againMs }: { readonly againMs?: number }): Promise<void> {
    if (this.#kept.get(keyOf(message))?.message.attempts !== message.attempts) return;
    this.#kept.set(keyOf(message), {
      message,
      dueAt: againMs === undefined ? undefined : this.clock.now() + againMs,
    });
  }

  async untilDue(): Promise<number | undefined> {
    const times = [...this.#kept.values()].flatMap(({ dueAt }) => (dueAt === undefined ? [] : [dueAt]));
    const first = times.reduce((earliest, time) => Math.min(earliest, time), Infinity);
    return first === Infinity ? undefined : Math.max(0, first - this.clock.now());
  }

  #forget(before: number): void {
    for (const [key, { message }] of this.#kept) if (message.at < before) this.#kept.delete(key);
  }
}

function keyOf({ tenant, subject }: Message): string {
  return `${tenant} ${subject}`;
}
