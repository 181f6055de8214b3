import type { DesiredEndpoint } from './endpoint.js';
import type { OwnedThing } from './ledger.js';
import type { Knowledge } from './part.js';
import type { Secret } from './secret.js';

/** Headers whose values Svix never returns. */
const HIDDEN_HEADERS: ReadonlySet<string> = new Set([
  'authorization',
  'proxy-authenticate',
  'proxy-authorization',
  'www-authenticate',
  'x-api-key',
  'x-auth-token',
]);

/** What stands in place of a secret. */
export const SHOWN_SECRET = '[secret]';

/** One secret of an entry: the field it is written to, and its value. */
export interface SecretField {
  /** `secret`, or `headers.` and the name in lower case. */
  readonly field: string;
  readonly value: Secret;
}

export function isSecretHeader(name: string, secret: boolean): boolean {
  return secret || HIDDEN_HEADERS.has(name.toLowerCase());
}

export function headerField(name: string): string {
  return `headers.${name.toLowerCase()}`;
}

/** The secret headers of an entry. */
export function secretHeaders({ headers = {} }: Pick<DesiredEndpoint, 'headers'>): readonly SecretField[] {
  return Object.entries(headers)
    .filter(([name, { secret }]) => isSecretHeader(name, secret))
    .map(([name, { value }]) => ({ field: headerField(name), value }));
}

/** Keyed fingerprints of secrets of the endpoint that has this uid, by field; none without a key. */
export function fingerprintsOf(
  uid: string,
  secrets: readonly SecretField[],
  { fingerprint }: Knowledge,
): Readonly<Record<string, string>> {
  if (!fingerprint) return {};
  return Object.fromEntries(secrets.map(({ field, value }) => [field, fingerprint(`endpoint:${uid}/${field}`, value)]));
}

/** Whether the ledger says that we wrote exactly this; `undefined` when there is no telling. */
export function isRecorded(
  uid: string,
  secret: SecretField,
  row: OwnedThing | undefined,
  knowledge: Knowledge,
): boolean | undefined {
  const wanted = fingerprintsOf(uid, [secret], knowledge)[secret.field];
  return wanted === undefined ? undefined : row?.fingerprints[secret.field] === wanted;
}
