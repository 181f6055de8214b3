import { createHmac, timingSafeEqual } from 'node:crypto';

/** Base64 of the HMAC-SHA256 of the parts, one behind the other. */
export function hmac(key: Uint8Array, ...parts: readonly (Uint8Array | string)[]): string {
  const mac = createHmac('sha256', key);
  for (const part of parts) mac.update(part);
  return mac.digest('base64');
}

/**
 * Takes the same time wherever two texts of equal length differ. Texts, so that no other spelling of the same bytes
 * passes.
 */
export function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
