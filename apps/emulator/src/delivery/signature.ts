import { createHmac } from 'node:crypto';

/** The `emporix-event-signature` of a body: Base64 of HMAC-SHA256, nothing around it. */
export function signBody(body: string, secretKey: string): string {
  return createHmac('sha256', secretKey).update(body, 'utf8').digest('base64');
}
