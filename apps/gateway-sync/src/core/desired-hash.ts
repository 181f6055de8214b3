import { createHmac } from 'node:crypto';
import { canonicalJson } from './json.js';
import { Secret } from './secret.js';

/** A tenant is hashed for the reload, for its connection and for its records; what a file says never changes. */
const known = new WeakMap<Secret, WeakMap<object, string>>();

/**
 * Keyed hash of what the file says, secrets included, places left out: equal exactly when the same is wanted. The key
 * keeps it from telling anything about a secret.
 */
export function desiredHash(wish: object, key: Secret): string {
  const hashes = known.get(key) ?? new WeakMap<object, string>();
  known.set(key, hashes);
  const hash = hashes.get(wish) ?? hashOf(wish, key);
  hashes.set(wish, hash);
  return hash;
}

/** {@link desiredHash} of a whole file, made of those of its tenants, which are known most of the time. */
export function fileHash(
  { tenants, ...rest }: { readonly tenants: readonly object[]; readonly [setting: string]: unknown },
  key: Secret,
): string {
  return desiredHash({ ...rest, tenants: tenants.map((tenant) => desiredHash(tenant, key)) }, key);
}

function hashOf(wish: object, key: Secret): string {
  return createHmac('sha256', key.reveal())
    .update(canonicalJson(bare(wish)))
    .digest('base64url');
}

function bare(value: unknown): unknown {
  if (value instanceof Secret) return ['secret', value.reveal()];
  if (Array.isArray(value)) return value.map(bare);
  if (value instanceof Map) return ['map', [...value].map(bare)];
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      // A header may be called so too; its value is no text.
      .filter(([name, inner]) => name !== 'place' || typeof inner !== 'string')
      .map(([name, inner]) => [name, bare(inner)]),
  );
}
