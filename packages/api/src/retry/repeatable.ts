import type { PlainRequest } from '../exchange.js';
import type { RetryClass } from '../generated/operation.js';

/** Carries the key that makes an `idempotency-keyed` request repeatable. */
export const IDEMPOTENCY_HEADER = 'idempotency-key';

/**
 * Whether a request may be sent again although the one before may have been carried out (no answer, or 5xx):
 *
 * | class                        | again?                                           |
 * |------------------------------|--------------------------------------------------|
 * | `safe`, `idempotent`         | yes                                              |
 * | `version-guarded`            | when every item quotes a version                 |
 * | `idempotent-unless-creating` | when no operation of the body makes a new entry  |
 * | `idempotency-keyed`          | when it carries an idempotency key               |
 * | `unique`                     | no                                               |
 */
export function isRepeatable(retryClass: RetryClass, body: unknown, headers: PlainRequest['headers'] = {}): boolean {
  return rules[retryClass](body, headers);
}

const rules: Readonly<Record<RetryClass, (body: unknown, headers: PlainRequest['headers']) => boolean>> = {
  safe: () => true,
  idempotent: () => true,
  'version-guarded': (body) => Array.isArray(body) && body.every(quotesVersion),
  'idempotent-unless-creating': (body) => Array.isArray(body) && !body.some(mayCreate),
  'idempotency-keyed': (_body, headers) => Boolean(headers[IDEMPOTENCY_HEADER]),
  unique: () => false,
};

function quotesVersion(item: unknown): boolean {
  return typeof field(field(item, 'metadata'), 'version') === 'number';
}

/** Without an entry id in the path, each repetition may leave one more entry behind. */
function mayCreate(operation: unknown): boolean {
  const path = field(operation, 'path');
  return (
    field(operation, 'op') !== 'REMOVE' &&
    (typeof path !== 'string' || /\/eventsConfigurationEntry\/?$|\/eventsConfiguration\/[^/]+$/.test(path))
  );
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
