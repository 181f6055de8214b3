import { headerOf, type HeadersLike } from './headers.js';
import { hmac, sameText } from './hmac.js';
import { readSecrets, svixKey, type Secrets } from './secrets.js';
import { refuse, toBytes, type Refusal } from './verification.js';

/** Svix's own names, and those of the Standard Webhooks that a white-labelled account sends. */
const PREFIXES = ['svix', 'webhook'] as const;
const PARTS = ['id', 'timestamp', 'signature'] as const;

export interface SvixOptions {
  /** How far the time of the attempt may be from ours, either way: 5 minutes. */
  readonly toleranceMs?: number;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

export interface VerifiedSvix {
  readonly ok: true;
  /** The same for every attempt to deliver the message. */
  readonly id: string;
  /** When this attempt was made. */
  readonly sentAt: Date;
  /** Which of the secrets it was, from 0. */
  readonly secretIndex: number;
}

export type SvixVerification = VerifiedSvix | Refusal;

/** Whether Svix signed this request: its id, its time and its body. */
export function verifySvixSignature(
  rawBody: Uint8Array | string,
  headers: HeadersLike,
  secrets: Secrets,
  { toleranceMs = 300_000, now = Date.now }: SvixOptions = {},
): SvixVerification {
  const body = toBytes(rawBody);
  const keys = readSecrets(secrets, svixKey);
  if ('ok' in keys) return keys;
  const found = readHeaders(headers);
  if ('ok' in found) return found;
  const { prefix, id, timestamp, signature } = found;
  if (!/^\d{1,12}$/.test(timestamp)) {
    return refuse('malformed-header', `${prefix}-timestamp is not a number of seconds.`);
  }
  const given = signature.split(' ').filter((entry) => entry.startsWith('v1,'));
  if (given.length === 0) return refuseUnsigned(prefix, signature);
  const secretIndex = keys.findIndex((key) => {
    const expected = `v1,${hmac(key, `${id}.${timestamp}.`, body)}`;
    return given.some((entry) => sameText(entry, expected));
  });
  if (secretIndex === -1) return refuse('no-match', `No entry of ${prefix}-signature fits the request.`);
  // In whole seconds, as Svix's own libraries count.
  const age = Math.floor(now() / 1_000) - Number(timestamp);
  if (age > toleranceMs / 1_000) return refuse('too-old', `The request was sent ${age} s ago.`);
  if (-age > toleranceMs / 1_000) return refuse('too-new', `The request is sent in ${-age} s; check the clock.`);
  return { ok: true, id, sentAt: new Date(Number(timestamp) * 1_000), secretIndex };
}

/** Whether Svix may have sent the request. */
export function isFromSvix(headers: HeadersLike): boolean {
  return PREFIXES.some((prefix) => headerOf(headers, `${prefix}-signature`) !== undefined);
}

type Part = (typeof PARTS)[number];
type Family = { readonly prefix: string } & { readonly [P in Part]: string | undefined };
type Signed = Family & { readonly [P in Part]: string };

/** Both families may be there at once; the one that is complete counts. */
function readHeaders(headers: HeadersLike): Signed | Refusal {
  const [svix, webhook] = [readFamily(headers, 'svix'), readFamily(headers, 'webhook')];
  if (isComplete(svix)) return svix;
  if (isComplete(webhook)) return webhook;
  const begun = PARTS.some((part) => has(webhook[part])) ? webhook : svix;
  const missing = PARTS.filter((part) => !has(begun[part])).map((part) => `${begun.prefix}-${part}`);
  return refuse('missing-header', `The request has no ${missing.join(' and no ')}.`);
}

function readFamily(headers: HeadersLike, prefix: string): Family {
  return {
    prefix,
    id: headerOf(headers, `${prefix}-id`),
    timestamp: headerOf(headers, `${prefix}-timestamp`),
    signature: headerOf(headers, `${prefix}-signature`),
  };
}

function isComplete(family: Family): family is Signed {
  return PARTS.every((part) => has(family[part]));
}

function has(value: string | undefined): boolean {
  return value !== undefined && value !== '';
}

function refuseUnsigned(prefix: string, signature: string): Refusal {
  const asymmetric = signature.split(' ').some((entry) => entry.startsWith('v1a,'));
  return asymmetric
    ? refuse(
        'unsupported-signature',
        `${prefix}-signature is of an asymmetric key (v1a) only; give the endpoint a whsec_ secret.`,
      )
    : refuse('malformed-header', `${prefix}-signature has no entry of version v1.`);
}
