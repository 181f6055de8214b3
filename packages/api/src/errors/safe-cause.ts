import { ApiError } from './api-error.js';

const MAX_DEPTH = 4;

/**
 * A copy of a foreign error that may be shown: same name, `code` and chain, secrets hidden. Without it a bad header
 * value, for one, would reach the log: `fetch` quotes it in its message.
 */
export function safeCause(cause: unknown, redact: (text: string) => string, depth = 1): Error | undefined {
  if (cause instanceof ApiError) return cause;
  if (!(cause instanceof Error)) return typeof cause === 'string' ? new Error(redact(cause)) : undefined;
  const inner = depth < MAX_DEPTH ? safeCause(cause.cause, redact, depth + 1) : undefined;
  const copy = new Error(redact(cause.message), inner === undefined ? undefined : { cause: inner });
  const code = errorCode(cause);
  Object.defineProperty(copy, 'name', { value: cause.name, configurable: true });
  Object.defineProperty(copy, 'stack', { value: redact(cause.stack ?? ''), configurable: true });
  if (code !== undefined) Object.defineProperty(copy, 'code', { value: code, enumerable: true });
  return copy;
}

/** The system's or undici's code of a failed request, such as `ECONNREFUSED`, wherever it is in the chain. */
export function networkCode(error: unknown): string | undefined {
  for (let current = error, depth = 0; current instanceof Error && depth < MAX_DEPTH; depth += 1) {
    const code = errorCode(current);
    if (code !== undefined) return code;
    current = current.cause;
  }
  return undefined;
}

function errorCode(error: Error): string | undefined {
  return 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
