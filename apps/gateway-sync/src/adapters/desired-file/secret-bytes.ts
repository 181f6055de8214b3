import { Secret } from '../../core/secret.js';

/**
 * A copy with bytes instead of secrets, which go from thread to thread where a `Secret` does not. Nothing else that a file
 * says is bytes, so {@link withSecrets} turns exactly those back.
 */
export function withBytes<Value>(value: Value): Value {
  return mapped(value, (leaf) => (leaf instanceof Secret ? new TextEncoder().encode(leaf.reveal()) : leaf));
}

export function withSecrets<Value>(value: Value): Value {
  return mapped(value, (leaf) => (leaf instanceof Uint8Array ? new Secret(new TextDecoder().decode(leaf)) : leaf));
}

function mapped<Value>(value: Value, change: (leaf: unknown) => unknown): Value {
  const walk = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(walk);
    if (part instanceof Map) return new Map([...part].map(([name, inner]) => [name, walk(inner)]));
    if (!isPlain(part)) return change(part);
    return Object.fromEntries(Object.entries(part).map(([name, inner]) => [name, walk(inner)]));
  };
  // oxlint-disable-next-line no-unsafe-type-assertion -- a changed leaf stands for the same
  return walk(value) as Value;
}

function isPlain(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
