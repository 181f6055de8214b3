import type { IncomingMessage, ServerResponse } from 'node:http';

/** Answers are for programs: nothing in them is a page, a script or a thing to keep. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

export function setSecurityHeaders(_request: unknown, response: ServerResponse, next: () => void): void {
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
  next();
}

/** Answers have no version that a client could have already; Express would find that it has. */
export function ignoreConditions({ headers }: IncomingMessage, _response: unknown, next: () => void): void {
  delete headers['if-none-match'];
  delete headers['if-modified-since'];
  next();
}
