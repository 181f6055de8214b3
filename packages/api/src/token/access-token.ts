/** A bearer token. Its value is in a private field: printing, logging or serialising the object does not show it. */
export class AccessToken {
  readonly #value: string;
  /** Scopes granted, as far as the answer told. */
  readonly scopes?: readonly string[];
  /** When it was obtained, on the client's monotonic clock, in milliseconds. */
  readonly mintedAt?: number;

  constructor(value: string, about: { scopes?: readonly string[] | undefined; mintedAt?: number | undefined } = {}) {
    this.#value = value;
    if (about.scopes !== undefined) this.scopes = about.scopes;
    if (about.mintedAt !== undefined) this.mintedAt = about.mintedAt;
  }

  /** The value, for an `Authorization` header and nothing else. */
  reveal(): string {
    return this.#value;
  }
}
