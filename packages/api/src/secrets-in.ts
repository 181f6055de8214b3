/** Values in a request body that a service might quote in its answer and that must not be printed then. */
export function secretsIn(body: unknown): string[] {
  if (Array.isArray(body)) return body.flatMap(secretsIn);
  if (typeof body !== 'object' || body === null) return [];
  return Object.entries(body).flatMap(([name, value]) => {
    if (typeof value !== 'string') return name === 'headers' ? texts(value) : secretsIn(value);
    return isSecretName(name) || (name === 'value' && isSecretPath(body)) ? [value] : [];
  });
}

function isSecretName(name: string): boolean {
  return /^(secretKey|apiKey|client_secret)$/.test(name);
}

/** Operations of `patchConfig` name the part in `path` and have its content in `value`. */
function isSecretPath(operation: object): boolean {
  const path: unknown = Reflect.get(operation, 'path');
  return typeof path === 'string' && /\/(secretKey|apiKey)$/.test(path);
}

function texts(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(texts) : [];
}
