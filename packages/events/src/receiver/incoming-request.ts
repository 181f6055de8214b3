import type { HeadersLike } from '../signature/headers.js';

/** A request as an adapter hands it over. */
export interface IncomingRequest {
  readonly method: string;
  /** With or without an origin. */
  readonly url: string;
  readonly headers: HeadersLike;
  /**
   * The bytes as they arrived. Rejects with BodyTooLargeError beyond the limit, with RawBodyLostError when they are
   * gone.
   */
  readBody(limitBytes: number): Promise<Uint8Array>;
}

/** What an adapter sends back. */
export interface ReceiverAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Empty for none. */
  readonly body: string;
}

/** The body is longer than the receiver takes. */
export class BodyTooLargeError extends Error {
  override readonly name = 'BodyTooLargeError' as const;

  constructor(limitBytes: number) {
    super(`The body has more than ${limitBytes} bytes.`);
  }
}

/** Somebody parsed the body and kept nothing of its bytes, so nobody can tell any more what was signed. */
export class RawBodyLostError extends Error {
  override readonly name = 'RawBodyLostError' as const;

  constructor() {
    super(
      'The body was parsed before the receiver got it, so its signature cannot be verified. Mount the receiver in front of ' +
        'express.json() and its like, or keep the bytes: express.raw(), in Nest { rawBody: true }.',
    );
  }
}
