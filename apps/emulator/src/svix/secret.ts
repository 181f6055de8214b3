import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import type { Random } from '../random.js';

/** The key that signs deliveries, and those that still do after a rotation. Keys carry their prefix. */
export interface Signing {
  readonly key: string;
  readonly old: readonly OldKey[];
}

export interface OldKey {
  readonly key: string;
  /** Milliseconds since 1970, emulator clock. */
  readonly expiresAt: number;
}

export const OLD_KEYS_AT_MOST = 10;

const SYMMETRIC = 'whsec_';
const ASYMMETRIC = 'whsk_';
// Node takes Ed25519 keys wrapped in PKCS #8 only; this is the wrapping around the 32 bytes of the seed.
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

export function newSecret(random: Random): string {
  return SYMMETRIC + random.token(32);
}

/** The secret as stored; undefined when it cannot sign anything. */
export function readSecret(text: string): string | undefined {
  // 24 to 75 bytes in Base64.
  const [, prefix = SYMMETRIC, base64] = /^(whsec_|whsk_|whsk1_)?([a-zA-Z0-9+/]{32,100}={0,2})$/.exec(text) ?? [];
  if (base64 === undefined) return undefined;
  if (prefix === SYMMETRIC) return SYMMETRIC + base64;
  return [32, 64].includes(Buffer.from(base64, 'base64').length) ? ASYMMETRIC + base64 : undefined;
}

/** What readers of the secret see: of an asymmetric one only the public half. */
export function showSecret(key: string): string {
  if (!isAsymmetric(key)) return key;
  const { x = '' } = createPublicKey(privateKeyOf(key)).export({ format: 'jwk' });
  return `whpk_${Buffer.from(x, 'base64url').toString('base64')}`;
}

export function isAsymmetric(key: string): boolean {
  return key.startsWith(ASYMMETRIC);
}

/** The bytes of a symmetric secret. */
export function secretBytes(key: string): Buffer {
  return Buffer.from(key.slice(SYMMETRIC.length), 'base64');
}

export function privateKeyOf(key: string): KeyObject {
  const seed = Buffer.from(key.slice(ASYMMETRIC.length), 'base64').subarray(0, 32);
  return createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' });
}

/** The old keys that still sign. */
export function oldKeysAt({ old }: Signing, now: number): readonly OldKey[] {
  return old.filter(({ expiresAt }) => expiresAt > now);
}

/** All keys that sign, the newest first. */
export function activeKeys(signing: Signing, now: number): readonly string[] {
  return [signing.key, ...oldKeysAt(signing, now).map(({ key }) => key)];
}

/** Puts `key` in the place of the present one, which goes on signing for the grace period. */
export function rotate(signing: Signing, key: string, now: number, graceSeconds: number): Signing {
  return { key, old: [{ key: signing.key, expiresAt: now + graceSeconds * 1_000 }, ...oldKeysAt(signing, now)] };
}
