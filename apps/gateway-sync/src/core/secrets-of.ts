import { Secret } from './secret.js';

/** Every secret that a value holds, however deep. */
export function secretsOf(value: unknown): readonly Secret[] {
  if (value instanceof Secret) return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(secretsOf) : [];
}
