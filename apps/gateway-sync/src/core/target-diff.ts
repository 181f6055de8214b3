import type { ConcealedObject, ConfigOperation, DesiredTarget, ObservedTarget } from './delivery.js';
import type { Difference } from './difference.js';
import { shownUrl } from './url.js';
import { shownHeaders, shownObserved } from './endpoint-headers.js';
import { headerField, SHOWN_SECRET } from './endpoint-secrets.js';
import { changedSecrets, readable, sameHeaders, writtenFound, writtenWish } from './header-diff.js';
import type { Json, JsonObject } from './json.js';
import type { OwnedThing } from './ledger.js';
import { sameSet, sortedSet } from './order.js';
import { compareSecret, type Fingerprints } from './secret-diff.js';
import { keyOfFound, keyOfSettings, keyOfWish } from './target-key.js';

export const ENTRY = '/configuration/http/eventsConfigurationEntry';

/** The settings of a target that the file manages, its natural key among them, without secrets. */
export function targetSettings(wish: DesiredTarget): JsonObject {
  const { filter, name, ...key } = keyOfWish(wish);
  const { excludedFields, headers, secretKey, active } = wish;
  return {
    ...key,
    ...(filter !== null && { filter }),
    ...(name !== null && { name }),
    active,
    ...(excludedFields !== undefined && { excludedFields: excludedFields && sortedSet(excludedFields) }),
    ...(headers && { headers: shownHeaders(headers) }),
    ...(secretKey && { secretKey: SHOWN_SECRET }),
  };
}

/** An entry as it was read, for people. */
export function foundSettings(found: ObservedTarget): JsonObject {
  const { filter, name, event } = keyOfFound(found);
  return {
    event,
    destinationUrl: shownUrl(found.destinationUrl ?? ''),
    ...(filter !== null && { filter }),
    ...(name !== null && { name }),
    active: found.active,
    excludedFields: found.excludedFields && sortedSet(found.excludedFields),
    ...(Object.keys(found.headers).length > 0 && { headers: shownObserved(readable(found.headers), {}) }),
    ...(found.secretKeyExists && { secretKey: SHOWN_SECRET }),
  };
}

/** An entry as requests write it; what the file does not manage is taken from the one that it replaces. */
export function writtenTarget(wish: DesiredTarget, found?: ObservedTarget, knownName?: string): ConcealedObject {
  const { event, filter } = keyOfWish(wish);
  const { destinationUrl, secretKey, active } = wish;
  const name = wish.name ?? knownName;
  const headers = wish.headers ? writtenWish(wish.headers) : writtenFound(found?.headers ?? {});
  const excludedFields = wish.excludedFields === undefined ? found?.excludedFields : wish.excludedFields;
  return {
    ...(name !== undefined && { name }),
    eventType: event,
    destinationUrl,
    ...(secretKey && { secretKey }),
    ...(Object.keys(headers).length > 0 && { headers }),
    ...(filter !== null && { filter }),
    ...(excludedFields !== undefined && { excludedFields: excludedFields && sortedSet(excludedFields) }),
    active,
  };
}

export interface TargetDifference extends Difference {
  /** The whole entry is written, and its secret, which the file does not name, may be lost with that. */
  readonly secretAtRisk: boolean;
}

/** What one entry lacks of what the file says; `row` is what the ledger says of it, `known` the fingerprint of its secret. */
export function diffTarget(
  wish: DesiredTarget,
  found: ObservedTarget,
  row: OwnedThing | undefined,
  known: string | undefined,
  fingerprints: Fingerprints,
): TargetDifference {
  const path = `${ENTRY}/${found.id}`;
  const operations: ConfigOperation[] = [];
  const secrets: string[] = [];
  const before: Record<string, Json> = {};
  const after: Record<string, Json> = {};
  let whole = false;

  /** `null`: there is no field path for it. */
  function change(field: string, from: Json, to: Json, value: ConfigOperation['value'] | null): void {
    before[field] = from;
    after[field] = to;
    if (value === null || value === undefined) whole = true;
    else operations.push({ op: 'UPSERT', path: `${path}/${field}`, value });
  }

  const goal = keyOfWish(wish);
  const there = keyOfFound(found);
  const knownName = found.name ?? (row && keyOfSettings(row.settings).name);
  if (goal.event !== there.event) change('event', there.event, goal.event, null);
  if (goal.destinationUrl !== there.destinationUrl) {
    change('destinationUrl', shownUrl(found.destinationUrl ?? ''), goal.destinationUrl, wish.destinationUrl);
  }
  if (goal.filter !== there.filter) change('filter', there.filter, goal.filter, goal.filter);
  if (goal.name !== null && knownName !== undefined && goal.name !== knownName) {
    change('name', knownName, goal.name, goal.name);
  }
  const { excludedFields, headers, secretKey, active } = wish;
  if (excludedFields !== undefined && !sameFields(excludedFields, found.excludedFields)) {
    const fields = excludedFields && sortedSet(excludedFields);
    change('excludedFields', found.excludedFields && sortedSet(found.excludedFields), fields, fields);
  }
  if (headers && !sameHeaders(headers, found.headers)) {
    const value = Object.keys(headers).length > 0 ? writtenWish(headers) : null;
    change('headers', shownObserved(readable(found.headers), headers), shownHeaders(headers), value);
    secrets.push(...changedSecrets(headers, found.headers).map((name) => headerField(name)));
  }
  if (active !== found.active) change('active', found.active, active, active);
  const verdict = secretKey && compareSecret(fingerprints['secretKey'], found.secretKeyExists, known);
  if (verdict === 'write' || (verdict === 'unknown' && whole)) secrets.push('secretKey');
  if (secretKey && verdict === 'write') {
    operations.push({ op: 'UPSERT', path: `${path}/secretKey`, value: secretKey });
  }

  const entry: ConfigOperation = { op: 'UPSERT', path, value: writtenTarget(wish, found, knownName ?? undefined) };
  return {
    operations: whole ? [entry] : operations,
    before,
    after,
    secrets,
    secretUnknown: verdict === 'unknown' && !whole,
    secretAtRisk: whole && !secretKey && found.secretKeyExists,
  };
}

/** `null` and empty are two things: as the subscription has it, and none. */
function sameFields(a: readonly string[] | null, b: readonly string[] | null): boolean {
  return a === null || b === null ? a === b : sameSet(a, b);
}
