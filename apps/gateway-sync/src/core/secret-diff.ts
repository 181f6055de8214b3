import type { DesiredHeaders } from './delivery.js';
import { headerField } from './endpoint-secrets.js';
import { secretHeaders } from './header-diff.js';
import type { Knowledge } from './part.js';
import type { Secret } from './secret.js';

/**
 * | verdict | because |
 * |---|---|
 * | same | the ledger has its fingerprint |
 * | write | there is none, or the ledger has another fingerprint or none |
 * | unknown | without a ledger nothing tells which one is there |
 */
export type SecretVerdict = 'same' | 'write' | 'unknown';

/** Fingerprints of the secrets of one thing, by field. */
export type Fingerprints = Readonly<Record<string, string>>;

/** Compares a secret that cannot be read back. */
export function compareSecret(wish: string | undefined, exists: boolean, known: string | undefined): SecretVerdict {
  if (!exists) return 'write';
  if (wish === undefined) return 'unknown';
  return wish === known ? 'same' : 'write';
}

/**
 * Fingerprints of all secrets that the file names for one thing; none without a ledger. `place` tells the thing, so that
 * the same secret in two places has two fingerprints.
 */
export function fingerprintsOf(
  place: string,
  secrets: Readonly<Record<string, Secret | undefined>>,
  headers: DesiredHeaders | undefined,
  { owned, fingerprint }: Knowledge,
): Fingerprints {
  if (!owned || !fingerprint) return {};
  const all = [
    ...Object.entries(secrets),
    ...secretHeaders(headers ?? {}).map(([name, value]) => [headerField(name), value] as const),
  ];
  return Object.fromEntries(
    all.flatMap(([field, secret]) => (secret ? [[field, fingerprint(`${place}/${field}`, secret)]] : [])),
  );
}

export function pick(fingerprints: Fingerprints, fields: readonly string[]): Fingerprints {
  return Object.fromEntries(Object.entries(fingerprints).filter(([field]) => fields.includes(field)));
}
