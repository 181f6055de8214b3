import { refuse, type Refusal } from './verification.js';

/** One secret, or during a rotation several: each of them is good. */
export type Secrets = string | readonly string[];

/** The keys of the secrets by their order; says which of them is none, never what it is. */
export function readSecrets(
  secrets: Secrets,
  toKey: (secret: string) => Uint8Array | string,
): readonly Uint8Array[] | Refusal {
  // Callers without types hand over what the environment does not have.
  const given: unknown = secrets ?? [];
  const all: unknown = typeof given === 'string' ? [given] : given;
  if (!Array.isArray(all)) return refuse('malformed-secret', 'Secrets are a text or a list of texts.');
  if (all.length === 0) return refuse('malformed-secret', 'There is no secret to verify with.');
  const keys: Uint8Array[] = [];
  for (const [index, secret] of all.entries()) {
    const key = typeof secret === 'string' ? toKey(secret) : 'is not a text';
    if (typeof key === 'string') return refuse('malformed-secret', `Secret ${index + 1} of ${all.length} ${key}.`);
    keys.push(key);
  }
  return keys;
}

/** The `secretKey` of a delivery config or target. */
export function emporixKey(secret: string): Uint8Array | string {
  return secret === '' ? 'is empty' : Buffer.from(secret, 'utf8');
}

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?$/;

/** The `secret` of a Svix endpoint, with or without its `whsec_`. */
export function svixKey(secret: string): Uint8Array | string {
  if (/^wh(?:pk|sk)1?_/.test(secret)) return 'is of an asymmetric key; endpoints with a whsec_ secret are supported';
  const base64 = secret.startsWith('whsec_') ? secret.slice('whsec_'.length) : secret;
  if (base64 === '') return 'is empty';
  return BASE64.test(base64) ? Buffer.from(base64, 'base64') : 'is not whsec_ with Base64 behind it';
}
