import { isObject } from './json.js';

const MASK = '[secret]';
const SECRET_MEMBERS = new Set([
  'secretKey',
  'apiKey',
  'clientSecret',
  'client_secret',
  'access_token',
  'refresh_token',
  'token',
  // Of Svix: the secret of an endpoint.
  'secret',
  'key',
  'password',
]);
const SECRET_PATHS = /\/(secretKey|apiKey)$/;

/** A copy that may be shown: secrets, header values and dashboard links are masked wherever they stand. */
export function maskSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(maskSecrets);
  if (!isObject(value)) return value;
  const isPatchOperation = typeof value['path'] === 'string' && 'value' in value;
  if (isPatchOperation) return { ...value, value: maskPatchValue(String(value['path']), value['value']) };
  const isDashboardAccess = 'url' in value && 'token' in value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      if (SECRET_MEMBERS.has(name) && member !== null && member !== undefined && member !== '') return [name, MASK];
      if (isDashboardAccess && name === 'url') return [name, MASK];
      return [name, name === 'headers' ? maskHeaders(member) : maskSecrets(member)];
    }),
  );
}

function maskPatchValue(path: string, value: unknown): unknown {
  if (SECRET_PATHS.test(path)) return MASK;
  return path.endsWith('/headers') ? maskHeaders(value) : maskSecrets(value);
}

/** Header values are shown by the API, but people put credentials there. Svix writes them without an object around. */
function maskHeaders(headers: unknown): unknown {
  if (!isObject(headers)) return headers;
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      isObject(value) ? { value: MASK } : value === null ? null : MASK,
    ]),
  );
}
