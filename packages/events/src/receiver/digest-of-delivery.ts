import { createHash } from 'node:crypto';
import { PUBLISH_TIME_HEADER } from '../signature/emporix.js';
import type { VerifiedRequest } from './options.js';

/**
 * An id for deliveries of Emporix, which has none: made of the address, the publish time and the body.
 *
 * It holds as long as a retry carries the publish time of the first attempt; otherwise each attempt is a delivery of
 * its own, as if there were no id. It takes two events for one when address, body and publish time are the same, to the
 * last digit: right for events that show a state, a loss where each of them counts.
 */
export function digestOfDelivery({ url, header, rawBody }: VerifiedRequest): string {
  const digest = createHash('sha256');
  for (const part of [url.pathname + url.search, header(PUBLISH_TIME_HEADER) ?? '']) digest.update(`${part}\n`);
  return digest.update(rawBody).digest('base64url');
}
