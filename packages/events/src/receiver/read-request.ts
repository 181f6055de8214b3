import { headerOf } from '../signature/headers.js';
import type { UnknownPayload } from '../payload.js';
import { BodyTooLargeError, RawBodyLostError, type IncomingRequest } from './incoming-request.js';
import { EarlyEnd, refused } from './outcome.js';
import { whenAborted } from './when-aborted.js';

// It is not known which content type Emporix sends, so only those are refused that hold no JSON.
const ACCEPTED = /^(?:application\/(?:[\w.+-]+\+)?json|text\/plain|application\/octet-stream)$/i;

/** Only stands in where a request names no host. */
export const BASE_URL = 'http://receiver.invalid';

/** Ends the request unless it may carry a delivery. */
export function checkRequest({ method, url, headers }: IncomingRequest): void {
  if (method !== 'POST') throw refused(405, 'method', 'Events come as POST.');
  if (!URL.canParse(url, BASE_URL)) throw refused(400, 'url', 'The address is none.');
  const type = headerOf(headers, 'content-type')?.split(';')[0]?.trim() ?? '';
  if (type !== '' && !ACCEPTED.test(type)) throw refused(415, 'content-type', 'Events come as JSON.');
  const encoding = headerOf(headers, 'content-encoding') ?? 'identity';
  if (encoding.toLowerCase() !== 'identity') throw refused(415, 'content-encoding', 'Bodies come as they were signed.');
}

/** The bytes of the body; ends the request when they do not come, or not in time. */
export async function readBody(request: IncomingRequest, limit: number, signal: AbortSignal): Promise<Uint8Array> {
  const announced = Number(headerOf(request.headers, 'content-length') ?? 0);
  try {
    if (announced > limit) throw new BodyTooLargeError(limit);
    return await Promise.race([request.readBody(limit), whenAborted(signal)]);
  } catch (error) {
    if (error instanceof BodyTooLargeError) throw refused(413, 'body-too-large', error.message);
    if (error instanceof RawBodyLostError) throw new EarlyEnd({ kind: 'broken', step: 'read-body', error });
    if (signal.aborted) throw refused(408, 'body-timeout', 'The body did not arrive in time.');
    throw refused(400, 'body-unreadable', 'The body did not arrive.');
  }
}

/** The body as an object; ends the request when it is none. */
export function parsePayload(rawBody: Uint8Array): UnknownPayload {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(rawBody));
  } catch {
    // Its message would show parts of the body.
    throw refused(400, 'not-json', 'The body is not JSON in UTF-8.');
  }
  if (!isPayload(value)) throw refused(400, 'not-json', 'The body is not an object of JSON.');
  return value;
}

function isPayload(value: unknown): value is UnknownPayload {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
