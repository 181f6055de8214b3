import { isRecord } from './is-record.js';

/** Values in a request body that a service might quote in its answer and that must not be printed then. */
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
  return name === 'secretKey' || name === 'apiKey' || name === 'client_secret' || name === 'headers';
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return isRecord(value) ? Object.values(value).flatMap(textsIn) : [];
}
