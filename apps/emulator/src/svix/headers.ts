import type { Complaint } from './errors.js';

const FORBIDDEN_NAMES = new Set([
  'user-agent',
  'keep-alive',
  'te',
  'trailers',
  'transfer-encoding',
  'upgrade',
  'age',
  'cache-control',
  'clear-site-data',
  'expires',
  'pragma',
  'warning',
  'content-length',
  'content-type',
  'content-encoding',
  'content-language',
  'content-location',
]);
// `proxy-authorization` is in the list of sensitive ones of the vendor and yet cannot be set.
const FORBIDDEN_PREFIXES = [
  'proxy-',
  'x-amz-',
  'x-amzn-',
  'x-google',
  'x-goog-',
  'x-gfe',
  'x-azure-',
  'x-fd-',
  'x-svix-',
  'svix-',
];
const SENSITIVE_NAMES = new Set([
  'authorization',
  'x-api-key',
  'x-auth-token',
  'www-authenticate',
  'proxy-authenticate',
  'proxy-authorization',
]);
const VALUE_BYTES_AT_MOST = 4_096;

/** What is wrong with a header's name; undefined when nothing is. */
function complainOfName(name: string): string | undefined {
  if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name)) return `${name} is not a valid header name`;
  const lower = name.toLowerCase();
  const isForbidden = FORBIDDEN_NAMES.has(lower) || FORBIDDEN_PREFIXES.some((prefix) => lower.startsWith(prefix));
  return isForbidden ? `header ${name} cannot be set` : undefined;
}

/** What is wrong with a header's value; undefined when nothing is. */
function complainOfValue(value: string): string | undefined {
  if (!/^[\t\x20-\x7e]*$/.test(value)) return 'the value has characters that no header can carry';
  return Buffer.byteLength(value) > VALUE_BYTES_AT_MOST
    ? `the value is longer than ${VALUE_BYTES_AT_MOST} bytes`
    : undefined;
}

/** What readers see: values, except those of sensitive headers, which are only named. */
export function showHeaders(headers: Readonly<Record<string, string>>): {
  readonly headers: Readonly<Record<string, string>>;
  readonly sensitive: readonly string[];
} {
  return {
    headers: Object.fromEntries(Object.entries(headers).filter(([name]) => !isSensitive(name))),
    sensitive: Object.keys(headers).filter(isSensitive),
  };
}

function isSensitive(name: string): boolean {
  return SENSITIVE_NAMES.has(name.toLowerCase());
}

/** What is wrong with headers that are to be set. */
export function complainOfHeaders(headers: Readonly<Record<string, string>>): readonly Complaint[] {
  return Object.entries(headers).flatMap(([name, value]) => {
    const msg = complainOfName(name) ?? complainOfValue(value);
    return msg === undefined ? [] : [{ loc: ['body', 'headers', name], msg }];
  });
}
