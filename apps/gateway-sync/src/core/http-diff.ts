import type { ConfigOperation, DesiredDelivery, ObservedConfig } from './delivery.js';
import type { Difference } from './difference.js';
import { normalUrl, shownUrl } from './url.js';
import { shownHeaders, shownObserved } from './endpoint-headers.js';
import { headerField, SHOWN_SECRET } from './endpoint-secrets.js';
import { changedSecrets, readable, sameHeaders, writtenWish } from './header-diff.js';
import type { JsonObject } from './json.js';
import type { OwnedThing } from './ledger.js';
import { compareSecret, type Fingerprints } from './secret-diff.js';

/** The settings of a config that the file manages, without its targets and without secrets. */
export function configSettings({
  provider,
  active,
  destinationUrl,
  headers,
  secretKey,
  apiKey,
}: DesiredDelivery): JsonObject {
  return {
    provider,
    active,
    ...(destinationUrl !== undefined && { destinationUrl: normalUrl(destinationUrl) }),
    ...(headers && { headers: shownHeaders(headers) }),
    ...(secretKey && { secretKey: SHOWN_SECRET }),
    ...(apiKey && { apiKey: SHOWN_SECRET }),
  };
}

/** What the settings of a config, other than its targets and whether it is active, lack of what the file says. */
export function diffConfig(
  wish: DesiredDelivery,
  found: ObservedConfig,
  row: OwnedThing | undefined,
  fingerprints: Fingerprints,
): Difference {
  const operations: ConfigOperation[] = [];
  const secrets: string[] = [];
  let before: JsonObject = {};
  let after: JsonObject = {};
  let secretUnknown = false;

  function compare(field: 'secretKey' | 'apiKey', exists: boolean, path: string): void {
    const secret = wish[field];
    if (!secret) return;
    const known = row?.settings[field] === undefined ? undefined : row.fingerprints[field];
    const verdict = compareSecret(fingerprints[field], exists, known);
    if (verdict === 'unknown') secretUnknown = true;
    if (verdict !== 'write') return;
    operations.push({ op: 'UPSERT', path, value: secret });
    secrets.push(field);
  }

  const { http } = found;
  if (http) {
    const { destinationUrl, headers } = wish;
    if (destinationUrl !== undefined && normalUrl(destinationUrl) !== normalUrl(http.destinationUrl ?? '')) {
      operations.push({ op: 'UPSERT', path: `${HTTP}/destinationUrl`, value: destinationUrl });
      before = { ...before, destinationUrl: http.destinationUrl === undefined ? null : shownUrl(http.destinationUrl) };
      after = { ...after, destinationUrl: normalUrl(destinationUrl) };
    }
    if (headers && !sameHeaders(headers, http.headers)) {
      const none = Object.keys(headers).length === 0;
      operations.push({
        op: none ? 'REMOVE' : 'UPSERT',
        path: `${HTTP}/headers`,
        ...(!none && { value: writtenWish(headers) }),
      });
      secrets.push(...changedSecrets(headers, http.headers).map((name) => headerField(name)));
      before = { ...before, headers: shownObserved(readable(http.headers), headers) };
      after = { ...after, headers: shownHeaders(headers) };
    }
    compare('secretKey', http.secretKeyExists, `${HTTP}/secretKey`);
  }
  compare('apiKey', true, '/configuration/svix/apiKey');
  return { operations, before, after, secrets, secretUnknown };
}

const HTTP = '/configuration/http';
