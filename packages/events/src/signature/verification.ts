export type RefusalReason =
  /** A header that every delivery carries is not there. */
  | 'missing-header'
  /** A header is there that no sender writes like that. */
  | 'malformed-header'
  /** No signature fits the body: another secret, or somebody changed something. */
  | 'no-match'
  | 'too-old'
  | 'too-new'
  /** Signed in a way that needs a public key. */
  | 'unsupported-signature'
  /** The receiver is to blame: one of its secrets cannot be one. */
  | 'malformed-secret';

/** Why a request is not to be trusted. No message shows a secret or a signature. */
export interface Refusal {
  readonly ok: false;
  readonly reason: RefusalReason;
  readonly message: string;
}

export function refuse(reason: RefusalReason, message: string): Refusal {
  return { ok: false, reason, message };
}

/** Throws when the body is not what came over the wire: parsed bodies cannot be verified. */
export function toBytes(rawBody: Uint8Array | string): Uint8Array {
  // Callers without types hand over parsed bodies.
  const given: unknown = rawBody;
  if (given instanceof Uint8Array) return given;
  if (typeof given === 'string') return Buffer.from(given, 'utf8');
  throw new TypeError('Only the bytes of a body can be verified, as they arrived; this one was parsed already.');
}
