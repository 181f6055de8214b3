import { createHmac } from 'node:crypto';
import {
  createReceiver,
  type IncomingRequest,
  type Outcome,
  type Receiver,
  type ReceiverAnswer,
  type ReceiverOptions,
} from '../src/index.js';

export const NOON = Date.UTC(2026, 10, 15, 12);
export const EMPORIX_SECRET = 'password123';
export const SVIX_SECRET = 'whsec_plJ3nmyCDGBKInavdOK15jsl';

/** The headers that Emporix sends with a body. */
export function emporixHeaders(
  body: string | Uint8Array,
  { secret = EMPORIX_SECRET, at = NOON }: { readonly secret?: string; readonly at?: number } = {},
): Record<string, string> {
  return {
    'content-type': 'application/json',
    'emporix-event-publish-time': new Date(at).toISOString(),
    'emporix-event-signature': createHmac('sha256', secret).update(body).digest('base64'),
  };
}

/** The headers that Svix sends with a body. */
export function svixHeaders(
  body: string,
  {
    id = 'msg_1',
    secret = SVIX_SECRET,
    at = NOON,
  }: { readonly id?: string; readonly secret?: string; readonly at?: number } = {},
): Record<string, string> {
  const seconds = Math.floor(at / 1_000);
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  return {
    'content-type': 'application/json',
    'svix-id': id,
    'svix-timestamp': String(seconds),
    'svix-signature': `v1,${createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64')}`,
  };
}

export interface Bench {
  readonly receiver: Receiver;
  readonly outcomes: readonly Outcome[];
  /** Events of the fallback. */
  readonly unhandled: readonly unknown[];
  readonly post: (body: string, headers: Record<string, string>, url?: string) => Promise<ReceiverAnswer>;
  /** Posts a message of Svix. */
  readonly message: (body?: string, id?: string) => Promise<ReceiverAnswer>;
}

/** A receiver of `order.created` from both senders, at noon of 2026-11-15. */
export function openBench(options: Partial<ReceiverOptions> = {}): Bench {
  const outcomes: Outcome[] = [];
  const unhandled: unknown[] = [];
  const receiver = createReceiver({
    emporix: { secrets: EMPORIX_SECRET },
    svix: { secrets: SVIX_SECRET },
    eventType: 'order.created',
    fallback: ({ type, payload }) => unhandled.push({ type, payload }),
    onOutcome: (outcome) => outcomes.push(outcome),
    now: () => NOON,
    ...options,
  });
  const post: Bench['post'] = (body, headers, url = '/hooks') => receiver.handle(request({ body, headers, url }));
  return {
    receiver,
    outcomes,
    unhandled,
    post,
    message: (body = '{"id":"o-1"}', id = 'msg_1') => post(body, svixHeaders(body, { id })),
  };
}

export function request({
  body = '',
  ...more
}: Partial<IncomingRequest> & { readonly body?: string } = {}): IncomingRequest {
  return { method: 'POST', url: '/hooks', headers: {}, readBody: async () => Buffer.from(body), ...more };
}
