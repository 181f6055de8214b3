import { InvalidArgumentError } from '../errors/invalid-argument-error.js';

/** Whether a value fits in a header. `fetch` quotes a header that it refuses, so others must not get that far. */
export function isBearerValue(value: unknown): value is string {
  return typeof value === 'string' && /^[\x21-\x7e]+$/.test(value);
}

/** A bearer token. Its value is in a private field: printing, logging or serialising the object does not show it. */
export class AccessToken {
  readonly #value: string;
  /** Scopes granted, as far as the answer told. */
  readonly scopes?: readonly string[];

  constructor(value: string, about: { scopes?: readonly string[] | undefined } = {}) {
    if (!isBearerValue(value)) throw new InvalidArgumentError('An access token must be printable ASCII without blanks');
    this.#value = value;
    if (about.scopes !== undefined) this.scopes = about.scopes;
  }

  /** The value, for an `Authorization` header and nothing else. */
  reveal(): string {
    return this.#value;
  }
}
