import { canonicalJson } from './canonical-json.js';
import { headerOf, type HeadersLike } from './headers.js';
import { hmac, sameText } from './hmac.js';
import { emporixKey, readSecrets, type Secrets } from './secrets.js';
import { parseTimestamp } from './timestamp.js';
import { refuse, toBytes, type Refusal } from './verification.js';

export const SIGNATURE_HEADER = 'emporix-event-signature';
export const PUBLISH_TIME_HEADER = 'emporix-event-publish-time';

const HOUR = 3_600_000;

/**
 * How `emporix-event-publish-time` is looked at. The signature does not cover that header: whoever has one delivery can
 * send it again with another time. What the check finds is an old request that somebody sends as it was, a queue that
 * holds deliveries back, and a clock that is wrong. It is generous, because it is not known how long the platform keeps
 * trying, and a retry may carry the time of the first attempt: too narrow, and what was sent late is lost.
 */
export interface EmporixOptions {
  /** `required`, the default: every delivery has it. `if-present` lets requests without it pass, `ignored` all. */
  readonly publishTime?: 'required' | 'if-present' | 'ignored';
  /** 72 hours. */
  readonly maxAgeMs?: number;
  /** How far ahead of ours the clock of the sender may be: 5 minutes. */
  readonly maxAheadMs?: number;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

export interface VerifiedEmporix {
  readonly ok: true;
  /** What was signed: the bytes as they are, or another way to write the same data. */
  readonly form: 'raw' | 'canonical';
  /** Which of the secrets it was, from 0; tells when an old one is no longer used. */
  readonly secretIndex: number;
  /** Not covered by the signature; undefined when it was not looked at. */
  readonly publishedAt: Date | undefined;
}

export type EmporixVerification = VerifiedEmporix | Refusal;

/**
 * Whether Emporix signed this body. The second argument is the headers of the request, or the signature alone: then
 * nothing is known of the publish time. Only bodies pass that say exactly what was signed, to the last digit.
 */
export function verifyEmporixSignature(
  rawBody: Uint8Array | string,
  headers: HeadersLike | string,
  secrets: Secrets,
  options: EmporixOptions = {},
): EmporixVerification {
  const body = toBytes(rawBody);
  const keys = readSecrets(secrets, emporixKey);
  if ('ok' in keys) return keys;
  const signature = typeof headers === 'string' ? headers : headerOf(headers, SIGNATURE_HEADER);
  if (signature === undefined) return refuse('missing-header', `The request has no ${SIGNATURE_HEADER}.`);
  if (!/^[A-Za-z0-9+/]{43}=$/.test(signature)) {
    return refuse('malformed-header', `${SIGNATURE_HEADER} is not one SHA-256 in Base64.`);
  }
  const match = findMatch(body, signature, keys);
  if (match === undefined) return refuse('no-match', `${SIGNATURE_HEADER} does not fit the body.`);
  const published = typeof headers === 'string' ? undefined : checkPublishTime(headers, options);
  return published !== undefined && 'ok' in published ? published : { ok: true, ...match, publishedAt: published };
}

function findMatch(
  body: Uint8Array,
  signature: string,
  keys: readonly Uint8Array[],
): Pick<VerifiedEmporix, 'form' | 'secretIndex'> | undefined {
  const fitting = (bytes: Uint8Array | string): number =>
    keys.findIndex((key) => sameText(hmac(key, bytes), signature));
  const raw = fitting(body);
  if (raw !== -1) return { form: 'raw', secretIndex: raw };
  for (const text of canonicalForms(body)) {
    const canonical = fitting(text);
    if (canonical !== -1) return { form: 'canonical', secretIndex: canonical };
  }
  return undefined;
}

/** It is only said how whole numbers are written; the two readings differ in fractions and powers of ten. */
function* canonicalForms(body: Uint8Array): Generator<string> {
  const text = decode(body);
  const asWritten = text === undefined ? undefined : canonicalJson(text, 'as-written');
  if (text === undefined || asWritten === undefined) return;
  yield asWritten;
  // Without a fraction or an exponent anywhere there is nothing to write in another way.
  if (!/\d[.eE]\d|\d[eE][+-]/.test(asWritten)) return;
  const shortest = canonicalJson(text, 'shortest');
  if (shortest !== undefined && shortest !== asWritten) yield shortest;
}

function decode(body: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    // Not UTF-8, so not JSON either.
    return undefined;
  }
}

function checkPublishTime(
  headers: HeadersLike,
  { publishTime = 'required', maxAgeMs = 72 * HOUR, maxAheadMs = HOUR / 12, now = Date.now }: EmporixOptions,
): Date | Refusal | undefined {
  if (publishTime === 'ignored') return undefined;
  const header = headerOf(headers, PUBLISH_TIME_HEADER);
  if (header === undefined) {
    return publishTime === 'if-present'
      ? undefined
      : refuse('missing-header', `The request has no ${PUBLISH_TIME_HEADER}.`);
  }
  const time = parseTimestamp(header);
  if (time === undefined) return refuse('malformed-header', `${PUBLISH_TIME_HEADER} is not a time of RFC 3339.`);
  const age = now() - time;
  if (age > maxAgeMs) return refuse('too-old', `The event was published ${seconds(age)} ago.`);
  if (-age > maxAheadMs) return refuse('too-new', `The event is published in ${seconds(-age)}; check the clock.`);
  return new Date(time);
}

function seconds(ms: number): string {
  return `${Math.ceil(ms / 1_000)} s`;
}
