/** What Svix accepts of the headers of an endpoint; it would answer 422 to anything else. */

const FORBIDDEN: ReadonlySet<string> = new Set([
  'age',
  'cache-control',
  'clear-site-data',
  'content-encoding',
  'content-language',
  'content-length',
  'content-location',
  'content-type',
  'expires',
  'keep-alive',
  'pragma',
  'te',
  'trailers',
  'transfer-encoding',
  'upgrade',
  'user-agent',
  'warning',
]);

const FORBIDDEN_PREFIXES = [
  'proxy-',
  'svix-',
  'x-amz-',
  'x-amzn-',
  'x-azure-',
  'x-fd-',
  'x-gfe',
  'x-goog-',
  'x-google',
  'x-svix-',
];

const MAX_BYTES = 4096;

/** What is wrong with a name, or `undefined`. */
export function headerNameProblem(name: string): string | undefined {
  if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name)) return 'is no name of a header';
  const key = name.toLowerCase();
  if (FORBIDDEN.has(key)) return 'is a header that Svix sets itself';
  const prefix = FORBIDDEN_PREFIXES.find((one) => key.startsWith(one));
  return prefix && `is a header that Svix refuses: names that start with ${prefix} belong to others`;
}

/** What is wrong with a value, or `undefined`. It may be a secret, so it is not repeated. */
export function headerValueProblem(value: string): string | undefined {
  if (Buffer.byteLength(value) > MAX_BYTES) return `must not be longer than ${MAX_BYTES} bytes`;
  // Tab is the one control character that a header may hold.
  return /[^\t\x20-\x7e\x80-\uffff]/.test(value) ? 'must not hold line breaks or other control characters' : undefined;
}

/** `whsec_` and bytes in base64: 24 at least, and up to 75, as Svix takes and returns it. */
export function isSigningSecret(value: string, longest = 75): boolean {
  const encoded = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(value)?.[1];
  if (encoded === undefined) return false;
  const bytes = Buffer.from(encoded, 'base64');
  return bytes.length >= 24 && bytes.length <= longest && bytes.toString('base64') === encoded;
}
