const KEPT = 40_000;

/**
 * Tells callers apart: whoever got a token is one, and stays it with the dashboard tokens got by means of that token.
 * A number says nothing about the token.
 */
export class Sessions {
  readonly #numbers = new Map<string, number>();
  #last = 0;

  begin(token: string): void {
    this.#put(token, ++this.#last);
  }

  /** `token` was given to whoever holds the one in `authorization`. */
  goOn(token: string, authorization: string | undefined): void {
    const number = this.of(authorization);
    if (number !== undefined) this.#put(token, number);
  }

  /** Undefined for keys that were never handed out here, and for calls without any token. */
  of(authorization: string | undefined): number | undefined {
    const token = /^Bearer\s+(\S+)$/i.exec(authorization ?? '')?.[1];
    return token === undefined ? undefined : this.#numbers.get(token);
  }

  #put(token: string, number: number): void {
    this.#numbers.set(token, number);
    if (this.#numbers.size <= KEPT) return;
    const [oldest] = this.#numbers.keys();
    if (oldest !== undefined) this.#numbers.delete(oldest);
  }
}
