import type { EndpointAction } from './action.js';
import { wantedFields, type WantedFields } from './endpoint-diff.js';
import { shownHeaders } from './endpoint-headers.js';
import type { EndpointMatch } from './endpoint-match.js';
import { fingerprintsOf, secretHeaders, SHOWN_SECRET, type SecretField } from './endpoint-secrets.js';
import type { DesiredEndpoint } from './endpoint.js';
import type { JsonObject } from './json.js';
import type { Knowledge } from './part.js';

/** An entry of the file, its events read against the catalogue. */
export interface EndpointWish {
  readonly desired: DesiredEndpoint;
  /** Of the endpoint in Svix. */
  readonly uid: string;
  readonly fields: WantedFields;
  /** What the ledger keeps when it is in line. */
  readonly settings: JsonObject;
}

export function wishOf({ desired, uid }: EndpointMatch, eventTypes: readonly string[] | null): EndpointWish {
  const { headers, secret, secretVersion } = desired;
  const fields = wantedFields(desired, uid, eventTypes);
  const settings = {
    ...fields,
    ...(headers && { headers: shownHeaders(headers) }),
    ...(secret && { secret: SHOWN_SECRET }),
    ...(secretVersion !== undefined && { secretVersion }),
  };
  return { desired, uid, fields, settings };
}

/** The secret of an entry, if it has one of its own. */
export function ownSecret({ secret }: DesiredEndpoint): SecretField[] {
  return secret ? [{ field: 'secret', value: secret }] : [];
}

/** Every secret that an entry names. */
export function secretsOf(desired: DesiredEndpoint): SecretField[] {
  return [...ownSecret(desired), ...secretHeaders(desired)];
}

/** What creating and updating have in common; `secrets` are written. */
export function upsertBase(
  { desired, uid }: EndpointWish,
  secrets: readonly SecretField[],
  knowledge: Knowledge,
): Pick<EndpointAction, 'resource' | 'id' | 'name' | 'step' | 'secrets' | 'fingerprints'> {
  return {
    resource: 'endpoint',
    id: `endpoint:${desired.uid}`,
    name: desired.uid,
    step: 'prepare',
    ...(secrets.length > 0 && { secrets: secrets.map(({ field }) => field) }),
    ...(secrets.length > 0 && knowledge.fingerprint && { fingerprints: fingerprintsOf(uid, secrets, knowledge) }),
  };
}
