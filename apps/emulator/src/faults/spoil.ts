import { gatewayFault, reasonOf, serviceError, type Answer } from '../http/answer.js';
import { toResponse } from '../http/to-response.js';
import { svixError } from '../svix/errors.js';
import { unreachable } from '../unreachable.js';
import type { Ending } from './fault.js';

/** The connection breaks before any answer. In process it looks like a failed `fetch`; a server resets the socket. */
export class ConnectionReset extends TypeError {
  override readonly name = 'TypeError' as const;
  override readonly cause = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });

  constructor() {
    super('fetch failed');
  }
}

/** The call that a fault ends. `answer` is what it would have been; absent before the work is done. */
export interface SpoiltCall {
  /** Whose kind of error a plain one is. */
  readonly document: string;
  readonly answer: Answer | undefined;
  readonly signal: AbortSignal;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** How a call ends that an ending fault works on. */
export async function spoil(ending: Ending, { document, answer, signal, now }: SpoiltCall): Promise<Response> {
  switch (ending.kind) {
    case 'status':
      return toResponse({
        status: ending.status,
        body: ending.body ?? plainError(document, ending.status),
        headers: { ...retryAfter(ending, now), ...ending.headers },
      });
    case 'hang':
      return await untilAborted(signal);
    case 'reset':
      throw new ConnectionReset();
    case 'cut-body':
      return new CutResponse(answer ?? { status: 200, body: {} });
    case 'html-body':
      return new Response(
        `<!doctype html><html><body><h1>${reasonOf(ending.status)}</h1><p>Please try again later.</p></body></html>`,
        {
          status: ending.status,
          headers: { 'content-type': 'text/html; charset=utf-8' },
        },
      );
    case 'empty-body':
      return new Response(null, { status: ending.status });
    default:
      return unreachable(ending);
  }
}

/** The token endpoint knows only the gateway's kind of error. */
function plainError(document: string, status: number): unknown {
  const message = 'A fault was asked for.';
  if (document === 'svix') return svixFault(status, message);
  const answer =
    document === 'emporix-oauth' ? gatewayFault(status, message, 'emulator.fault') : serviceError(status, message);
  return answer.body;
}

function svixFault(status: number, detail: string): unknown {
  if (status === 422) return { detail: [{ loc: ['body'], msg: detail, type: 'value_error' }] };
  return svixError(status, SVIX_CODES[status] ?? 'emulator_fault', detail).body;
}

const SVIX_CODES: Readonly<Record<number, string>> = {
  401: 'authentication_failed',
  403: 'insufficient access',
  404: 'not_found',
  409: 'conflict',
  413: 'payload_too_large',
  429: 'rate_limited',
};

function retryAfter(
  { retryAfterSeconds: seconds, retryAfterAs }: Extract<Ending, { kind: 'status' }>,
  now: number,
): Record<string, string> {
  if (seconds === undefined) return {};
  return {
    'retry-after': retryAfterAs === 'seconds' ? String(seconds) : new Date(now + seconds * 1_000).toUTCString(),
  };
}

function untilAborted(signal: AbortSignal): Promise<never> {
  const reason = (): Error =>
    signal.reason instanceof Error ? signal.reason : new DOMException('The call was aborted.', 'AbortError');
  return new Promise((_, reject) => {
    if (signal.aborted) reject(reason());
    else signal.addEventListener('abort', () => reject(reason()), { once: true });
  });
}

/** An answer that promises its whole body and breaks off after `half` of it. */
export class CutResponse extends Response {
  readonly half: Uint8Array<ArrayBuffer>;

  constructor(answer: Answer) {
    const whole = new TextEncoder().encode(answer.body === undefined ? '{"cut":true}' : JSON.stringify(answer.body));
    const half = whole.slice(0, Math.ceil(whole.length / 2));
    super(breakingOff(half), {
      status: answer.status === 204 ? 200 : answer.status,
      headers: { 'content-type': 'application/json', 'content-length': String(whole.length) },
    });
    this.half = half;
  }
}

function breakingOff(half: Uint8Array<ArrayBuffer>): ReadableStream<Uint8Array> {
  let sent = false;
  return new ReadableStream({
    pull: (controller) => {
      if (sent) controller.error(new ConnectionReset());
      else controller.enqueue(half);
      sent = true;
    },
  });
}
