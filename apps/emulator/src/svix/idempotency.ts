const KEPT_MS = 12 * 3_600_000;
const KEPT_AT_MOST = 10_000;

/** First answers by idempotency key, token and URL; the body does not matter. */
export class IdempotencyBook<A> {
  readonly #answers = new Map<string, { readonly answer: A; readonly at: number }>();

  find(key: string, now: number): A | undefined {
    const found = this.#answers.get(key);
    return found !== undefined && now - found.at < KEPT_MS ? found.answer : undefined;
  }

  keep(key: string, answer: A, now: number): void {
    this.#answers.delete(key);
    this.#answers.set(key, { answer, at: now });
    const [oldest] = this.#answers.keys();
    if (this.#answers.size > KEPT_AT_MOST && oldest !== undefined) this.#answers.delete(oldest);
  }
}
