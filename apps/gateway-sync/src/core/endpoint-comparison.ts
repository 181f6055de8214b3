import type { EndpointAction, Reason } from './action.js';
import { differing, shownFields } from './endpoint-diff.js';
import { compareHeaders, headerValues, shownObserved, type HeaderComparison } from './endpoint-headers.js';
import { isBeingCreated, marked, ownMetadata } from './endpoint-marks.js';
import { fingerprintsOf, isRecorded, secretHeaders, SHOWN_SECRET } from './endpoint-secrets.js';
import { ownSecret, secretsOf, upsertBase, type EndpointWish } from './endpoint-wish.js';
import type { EndpointFields, EndpointWrite, ObservedEndpoint } from './endpoint.js';
import { canonicalJson } from './json.js';
import type { OwnedThing } from './ledger.js';
import type { Knowledge } from './part.js';
import type { Secret } from './secret.js';

/** How an endpoint stands to its entry. */
export interface Comparison {
  /** What brings it in line; absent when it is. */
  readonly action?: EndpointAction;
  /** Secrets that the reading showed to be as desired. */
  readonly fingerprints: Readonly<Record<string, string>>;
  /** Names of headers whose values nothing can tell. */
  readonly unknown: readonly string[];
}

/** Compares what the file manages; headers and secret only where they were read. */
export function comparison(
  wish: EndpointWish,
  observed: ObservedEndpoint,
  row: OwnedThing | undefined,
  knowledge: Knowledge,
): Comparison {
  const { desired, uid } = wish;
  const headers = compared(wish, observed, row, knowledge);
  const secret = secretToWrite(wish, observed, row, knowledge);
  const proven = [...headers.proven, ...(observed.secret && secret === undefined ? ownSecret(desired) : [])];
  const write = update(wish, observed, headers.differ, secret, knowledge);
  return {
    unknown: headers.unknown,
    fingerprints: fingerprintsOf(uid, proven, knowledge),
    ...(write && { action: updateAction(wish, observed, row, write, knowledge) }),
  };
}

type Update = Extract<EndpointWrite, { type: 'update' }>;

/** The requests that are needed; `undefined`: none. An endpoint whose creation was not finished is enabled last. */
function update(
  { desired, fields }: EndpointWish,
  observed: ObservedEndpoint,
  headersDiffer: boolean,
  secret: Secret | 'generate' | undefined,
  { instance }: Knowledge,
): Update | undefined {
  const unfinished = isBeingCreated(observed, instance);
  const metadata = marked(observed.metadata, instance, 'finished');
  const remarked: EndpointFields = canonicalJson(metadata) === canonicalJson(observed.metadata) ? {} : { metadata };
  const { disabled, ...others } = differing(
    unfinished ? { ...fields, disabled: desired.disabled ?? false } : fields,
    observed,
  );
  const switched: EndpointFields = { ...remarked, ...(disabled !== undefined && { disabled }) };
  const first = unfinished ? others : { ...others, ...switched };
  const requests = {
    ...(Object.keys(first).length > 0 && { fields: first }),
    ...(headersDiffer && desired.headers && { headers: headerValues(desired.headers) }),
    ...(secret !== undefined && { secret }),
    ...(unfinished && { finish: switched }),
  };
  return Object.keys(requests).length === 0 ? undefined : { type: 'update', endpointId: observed.id, ...requests };
}

function updateAction(
  wish: EndpointWish,
  observed: ObservedEndpoint,
  row: OwnedThing | undefined,
  write: Update,
  knowledge: Knowledge,
): EndpointAction {
  const { desired, settings } = wish;
  const disabled = write.finish?.disabled;
  const shown = disabled === undefined ? wish.fields : { ...wish.fields, disabled };
  const version = row?.settings['secretVersion'];
  const secrets = [
    ...(write.secret === undefined ? [] : ownSecret(desired)),
    ...(write.headers ? secretHeaders(desired) : []),
  ];
  return {
    ...upsertBase(wish, secrets, knowledge),
    ...(write.secret === 'generate' && { secrets: ['secret', ...secrets.map(({ field }) => field)] }),
    type: 'update',
    reason: reasonOf(wish, observed, row, knowledge),
    row: { key: observed.id, settings },
    before: {
      ...shownFields(observed, shown),
      ...(desired.headers && observed.headers && { headers: shownObserved(observed.headers, desired.headers) }),
      ...(desired.secret && { secret: SHOWN_SECRET }),
      ...(desired.secretVersion !== undefined && { secretVersion: version ?? desired.secretVersion }),
      metadata: ownMetadata(observed.metadata),
    },
    after: {
      ...settings,
      ...(disabled !== undefined && { disabled }),
      metadata: ownMetadata(marked(observed.metadata, knowledge.instance, 'finished')),
    },
    write,
  };
}

/** Drift is what differs although the file still says what was applied last. */
function reasonOf(
  { desired, uid, settings }: EndpointWish,
  observed: ObservedEndpoint,
  row: OwnedThing | undefined,
  knowledge: Knowledge,
): Reason {
  if (isBeingCreated(observed, knowledge.instance)) return 'missing';
  const sameWish =
    row !== undefined &&
    canonicalJson(row.settings) === canonicalJson(settings) &&
    secretsOf(desired).every((secret) => isRecorded(uid, secret, row, knowledge) !== false);
  return sameWish ? 'drift' : 'changed';
}

function compared(
  { desired, uid }: EndpointWish,
  { headers }: ObservedEndpoint,
  row: OwnedThing | undefined,
  knowledge: Knowledge,
): HeaderComparison {
  if (!desired.headers || !headers) return { differ: false, proven: [], unknown: [] };
  return compareHeaders(uid, desired.headers, headers, row, knowledge);
}

/** A version that is seen for the first time is recorded and rotates nothing. */
function secretToWrite(
  { desired, uid }: EndpointWish,
  observed: ObservedEndpoint,
  row: OwnedThing | undefined,
  knowledge: Knowledge,
): Secret | 'generate' | undefined {
  const { secret, secretVersion } = desired;
  if (secret) {
    const same = observed.secret
      ? observed.secret.equals(secret)
      : isRecorded(uid, { field: 'secret', value: secret }, row, knowledge);
    return same === false ? secret : undefined;
  }
  const version = row?.settings['secretVersion'];
  return typeof version === 'number' && secretVersion !== undefined && secretVersion > version ? 'generate' : undefined;
}
