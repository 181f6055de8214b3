import type { Clock } from './clock.js';
import { networkCode } from './errors/safe-cause.js';
import type { Exchange, PlainRequest, Received, TooLarge } from './exchange.js';
import { abortable, linkedController } from './signals.js';

/** How one request ended. */
export type AttemptResult =
  | Received
  | TooLarge
  | { readonly type: 'timeout' }
  | {
      readonly type: 'connection';
      readonly phase: 'connect' | 'inflight';
      readonly networkCode: string | undefined;
      readonly cause: unknown;
    };

/** Failures of `connect` and name resolution: not a byte of the request left. */
const CONNECT_CODES =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|UND_ERR_CONNECT_TIMEOUT)$/;

/** What one attempt may cost. */
export interface AttemptLimits {
  readonly timeoutMs: number;
  readonly maxBytes: number;
  readonly signal: AbortSignal;
  readonly clock: Clock;
}

/**
 * Sends the request once and reads the whole answer, both within `timeoutMs`. Rejects only with the reason of `signal`.
 *
 * The timer is our own and aborts our own controller, and the waiting does not depend on `exchange` noticing: a timeout
 * that is handed to `fetch` alone can get lost when the garbage collector runs (https://github.com/nodejs/undici/issues/3644).
 */
export async function attempt(
  exchange: Exchange,
  request: PlainRequest,
  limits: AttemptLimits,
): Promise<AttemptResult> {
  const linked = linkedController(limits.signal);
  const { controller } = linked;
  const cancelTimer = limits.clock.schedule(limits.timeoutMs, () => controller.abort());
  try {
    const { signal } = controller;
    return await abortable(exchange(request, { signal, maxBytes: limits.maxBytes }), signal);
  } catch (cause) {
    limits.signal.throwIfAborted();
    if (controller.signal.aborted) return { type: 'timeout' };
    const code = networkCode(cause);
    const phase = code !== undefined && CONNECT_CODES.test(code) ? 'connect' : 'inflight';
    return { type: 'connection', phase, networkCode: code, cause };
  } finally {
    cancelTimer();
    linked.unlink();
  }
}
