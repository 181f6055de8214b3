import type { EndpointSecret } from './generated/svix/types.js';
import { isRecord } from './is-record.js';

/**
 * The secret that signs an endpoint's messages. It is in a private field: `reveal()` gives it out, printing, logging or
 * serialising the object does not.
 */
export class ConcealedEndpointSecret implements EndpointSecret {
  readonly #key: string;

  constructor(key: string) {
    this.#key = key;
  }

  /** The secret, by the name that the API document gives it. */
  get key(): string {
    return this.#key;
  }

  /** The secret. */
  reveal(): string {
    return this.#key;
  }
}

/** Conceals a body that has a key; any other body comes back as it is. */
export function concealEndpointSecret(body: unknown): unknown {
  return isRecord(body) && typeof body['key'] === 'string' ? new ConcealedEndpointSecret(body['key']) : body;
}
