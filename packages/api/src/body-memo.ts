import { hash } from 'node:crypto';

import type { AnswerBody } from './exchange.js';

/**
 * Keeps what was made of the last body, so that one that is the same byte for byte need not be parsed again. Bodies are told
 * apart by their SHA-256, and none is kept. To be used for the answers to one question.
 */
export class BodyMemo<T> {
  #last: { readonly digest: string; readonly value: T } | undefined;

  /** What `make` makes of this body, or made of the last one if that was the same. */
  get(body: AnswerBody, make: () => T): T {
    const digest = hash('sha256', body.bytes, 'base64');
    if (this.#last?.digest !== digest) this.#last = { digest, value: make() };
    return this.#last.value;
  }
}
