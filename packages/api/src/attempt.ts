import type { Clock } from './clock.js';
import { networkCode } from './errors/safe-cause.js';
import { BodyTooLarge, readBody } from './read-body.js';
import { abortable, linkedController } from './signals.js';

/** The `fetch` that the client is given. It is always called with a URL and an init, never with a `Request`. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** A request that can be sent any number of times: nothing in it is used up. */
export interface PlainRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Headers;
  readonly body: string | undefined;
}

/** How one request ended. */
export type AttemptResult =
  | { readonly type: 'answer'; readonly status: number; readonly headers: Headers; readonly text: string }
  | { readonly type: 'timeout' }
  /** The answer began, and is too long to be read. */
  | { readonly type: 'too-large'; readonly status: number }
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
 * The timer is our own and aborts our own controller, and the waiting does not depend on `fetch` noticing: a timeout
 * that is handed to `fetch` alone can get lost when the garbage collector runs (https://github.com/nodejs/undici/issues/3644).
 */
export async function attempt(fetch: Fetch, request: PlainRequest, limits: AttemptLimits): Promise<AttemptResult> {
  const linked = linkedController(limits.signal);
  const { controller } = linked;
  const cancelTimer = limits.clock.schedule(limits.timeoutMs, () => controller.abort());
  try {
    return await exchange(fetch, request, controller.signal, limits.maxBytes);
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

async function exchange(
  fetch: Fetch,
  request: PlainRequest,
  signal: AbortSignal,
  maxBytes: number,
): Promise<AttemptResult> {
  const init: RequestInit = {
    method: request.method,
    headers: request.headers,
    // A token must not follow a redirect to another place.
    redirect: 'manual',
    signal,
    ...(request.body !== undefined && { body: request.body }),
  };
  const pending = fetch(request.url, init);
  const response = await abortable(pending, signal).catch((error: unknown) => {
    pending.then(discard, () => {});
    throw error;
  });
  const { status, headers } = response;
  try {
    return { type: 'answer', status, headers, text: await readBody(response, signal, maxBytes) };
  } catch (error) {
    if (error instanceof BodyTooLarge) return { type: 'too-large', status };
    throw error;
  }
}

/** Frees the connection of an answer that came after nobody waited any more. */
async function discard(response: Response): Promise<void> {
  await response.body?.cancel();
}
