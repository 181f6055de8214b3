import { verifyEmporixSignature } from '../signature/emporix.js';
import type { Secrets } from '../signature/secrets.js';
import { isFromSvix, verifySvixSignature } from '../signature/svix.js';
import type { Refusal } from '../signature/verification.js';
import type { Sender } from './event.js';
import type { IncomingRequest } from './incoming-request.js';
import type { ReceiverOptions, SecretSource } from './options.js';
import { EarlyEnd, own, refused } from './outcome.js';

/** What the signature vouches for, and the time beside it. */
export interface VerifiedDelivery {
  readonly sender: Sender;
  readonly time: Date | undefined;
  /** Svix has one. */
  readonly deliveryId: string | undefined;
}

/** Ends the request unless its signature is good. */
export async function verifyRequest(
  { headers }: IncomingRequest,
  rawBody: Uint8Array,
  { emporix, svix, now = Date.now }: ReceiverOptions,
  signal: AbortSignal,
): Promise<VerifiedDelivery> {
  if (svix !== undefined && (emporix === undefined || isFromSvix(headers))) {
    const result = verifySvixSignature(rawBody, headers, await read(svix.secrets, signal), { ...svix, now });
    if (!result.ok) throw toEnd(result);
    return { sender: 'svix', time: result.sentAt, deliveryId: result.id };
  }
  const secrets = emporix === undefined ? [] : await read(emporix.secrets, signal);
  const result = verifyEmporixSignature(rawBody, headers, secrets, { ...emporix, now });
  if (!result.ok) throw toEnd(result);
  return { sender: 'emporix', time: result.publishedAt, deliveryId: undefined };
}

async function read(source: SecretSource, signal: AbortSignal): Promise<Secrets> {
  return await own('read-secrets', signal, () => (typeof source === 'function' ? source() : source));
}

/** A secret that is none is the receiver's fault; the rest is the sender's. */
function toEnd({ reason, message }: Refusal): EarlyEnd {
  return reason === 'malformed-secret'
    ? new EarlyEnd({ kind: 'broken', step: 'read-secrets', error: new TypeError(message) })
    : refused(401, reason, message);
}
