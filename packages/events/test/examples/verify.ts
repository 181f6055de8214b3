import { verifyEmporixSignature, verifySvixSignature, type HeadersLike } from '@gateway-sync/events';

export function isGenuine(rawBody: Uint8Array, headers: HeadersLike): boolean {
  const result = verifyEmporixSignature(rawBody, headers, ['the new secretKey', 'the old one']);
  if (!result.ok) console.warn(result.reason, result.message); // no-match emporix-event-signature does not fit the body.
  return result.ok;
}

export function idOfMessage(rawBody: Uint8Array, headers: HeadersLike): string | undefined {
  const result = verifySvixSignature(rawBody, headers, 'whsec_plJ3nmyCDGBKInavdOK15jsl');
  return result.ok ? result.id : undefined;
}
