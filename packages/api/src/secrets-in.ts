import { isRecord } from './is-record.js';

const SECRET_NAMES = new Set(['apiKey', 'client_secret', 'headers', 'key', 'secret', 'secretKey', 'token']);

/** Values in a body that a service might quote later and that must not be printed then. */
export function secretsIn(body: unknown): string[] {
  if (Array.isArray(body)) return body.flatMap(secretsIn);
  if (!isRecord(body)) return [];
  // An operation of `patchConfig` names the part in `path` and has its content in `value`.
  const patched = typeof body['path'] === 'string' ? body['path'].split('/').at(-1) : undefined;
  return Object.entries(body).flatMap(([name, value]) =>
    isSecret(name === 'value' ? patched : name) ? textsIn(value) : secretsIn(value),
  );
}

function isSecret(name: string | undefined): boolean {
  return name !== undefined && SECRET_NAMES.has(name);
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return isRecord(value) ? Object.values(value).flatMap(textsIn) : [];
}
