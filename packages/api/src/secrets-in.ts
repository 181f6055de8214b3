import { isRecord } from './is-record.js';

const SECRET_NAMES = new Set(['apiKey', 'client_secret', 'headers', 'key', 'secret', 'secretKey', 'token']);

/** No document of ours goes half as deep; one that would exhaust the stack is not looked into any further. */
const MAX_DEPTH = 64;

/** Values in a body that a service might quote later and that must not be printed then. */
export function secretsIn(body: unknown, depth = 0): string[] {
  if (depth > MAX_DEPTH) return [];
  if (Array.isArray(body)) return body.flatMap((item) => secretsIn(item, depth + 1));
  if (!isRecord(body)) return [];
  // An operation of `patchConfig` names the part in `path` and has its content in `value`.
  const patched = typeof body['path'] === 'string' ? body['path'].split('/').at(-1) : undefined;
  return Object.entries(body).flatMap(([name, value]) =>
    isSecret(name === 'value' ? patched : name) ? textsIn(value, depth) : secretsIn(value, depth + 1),
  );
}

function isSecret(name: string | undefined): boolean {
  return name !== undefined && SECRET_NAMES.has(name);
}

function textsIn(value: unknown, depth: number): string[] {
  if (typeof value === 'string') return [value];
  return isRecord(value) && depth <= MAX_DEPTH
    ? Object.values(value).flatMap((member) => textsIn(member, depth + 1))
    : [];
}
