import { describe, expect, it } from 'vitest';

import {
  ResponseFormatError,
  ServerError,
  TimeoutError,
  ConnectionError,
  type SubscriptionUpdate,
} from '../src/index.js';
import { skippingClock } from './support/clocks.js';
import { clientOf, rejection } from './support/client.js';
import { empty, html, json, resetMidBody, silence, stalledBody } from './support/replies.js';
import { serve, type Reply } from './support/server.js';

const guarded: SubscriptionUpdate[] = [
  { eventType: 'product.created', action: 'SUBSCRIBE', metadata: { version: 3 }, fieldsToUnsubscribe: ['größe'] },
  { eventType: 'order.created', action: 'UNSUBSCRIBE', metadata: { version: 7 } },
];
const unguarded: SubscriptionUpdate[] = [{ eventType: 'product.created', action: 'SUBSCRIBE' }];

const applied = (items: readonly SubscriptionUpdate[]): Reply =>
  json(
    207,
    items.map(({ eventType }) => ({ eventType, code: 200, status: 'OK' })),
  );

const backoff = 0.5 * 250;
const now = new Date('2026-11-23T10:00:00Z');
const inSevenSeconds = { 'retry-after': 'Mon, 23 Nov 2026 10:00:07 GMT', date: now.toUTCString() };

interface Case {
  readonly failure: string;
  readonly reply: Reply;
  readonly waits: readonly number[];
  readonly tokens?: readonly string[];
  /** Long enough for the attempt that is answered, on a busy machine too. */
  readonly timeoutMs?: number;
}

/** Failures after which the request has certainly not been carried out. */
const harmless: Case[] = [
  { failure: '429 with seconds', reply: json(429, {}, { 'retry-after': '7' }), waits: [7000] },
  { failure: '429 with a date', reply: json(429, {}, inSevenSeconds), waits: [7000] },
  { failure: '429 without a wish', reply: empty(429), waits: [backoff] },
  {
    failure: '401',
    reply: json(401, { fault: { faultstring: 'expired' } }),
    waits: [],
    tokens: ['token-1', 'token-2'],
  },
];

/** Failures after which nobody knows. */
const ambiguous: Array<Case & { readonly error: new (...args: never[]) => Error }> = [
  { failure: '503', reply: json(503, {}), waits: [backoff], error: ServerError },
  { failure: '503 with seconds', reply: json(503, {}, { 'retry-after': '2' }), waits: [2000], error: ServerError },
  { failure: 'an empty 500', reply: empty(500), waits: [backoff], error: ServerError },
  { failure: 'a 502 with HTML', reply: html(502, '<h1>Bad gateway</h1>'), waits: [backoff], error: ServerError },
  { failure: 'a reset in the body', reply: resetMidBody(), waits: [backoff], error: ConnectionError },
  { failure: 'a body that stalls', reply: stalledBody(), waits: [backoff], error: TimeoutError, timeoutMs: 500 },
  { failure: 'no answer at all', reply: silence(), waits: [backoff], error: TimeoutError, timeoutMs: 500 },
];

describe('a PATCH with a body that may be repeated', () => {
  it.each([...harmless, ...ambiguous])(
    'is sent again, byte for byte, after $failure',
    async ({ reply, waits, tokens, timeoutMs }) => {
      const server = await serve(reply, applied(guarded));
      const clock = skippingClock();
      const result = await clientOf(server, { clock, ...(timeoutMs && { timeoutMs }) }).webhooks.updateSubscriptions(
        guarded,
      );

      const body = JSON.stringify(guarded);
      expect(server.requests.map((request) => [request.method, request.path, request.body])).toEqual([
        ['PATCH', '/webhook/acme/event-subscriptions', body],
        ['PATCH', '/webhook/acme/event-subscriptions', body],
      ]);
      expect(server.requests.map(({ headers }) => headers['content-length'])).toEqual(
        Array.from({ length: 2 }, () => String(Buffer.byteLength(body))),
      );
      expect(server.requests.map(({ headers }) => headers.authorization)).toEqual(
        (tokens ?? ['token-1', 'token-1']).map((token) => `Bearer ${token}`),
      );
      expect(clock.slept).toEqual(waits);
      expect([result.ok, result.meta.attempts]).toEqual([true, 2]);
    },
  );
});

describe('a PATCH with a body that may not be repeated', () => {
  it.each(harmless)('is still sent again after $failure', async ({ reply }) => {
    const server = await serve(reply, applied(unguarded));
    await clientOf(server).webhooks.updateSubscriptions(unguarded);
    const body = JSON.stringify(unguarded);
    expect(server.requests.map((request) => request.body)).toEqual([body, body]);
  });

  it.each(ambiguous)('is sent once and fails after $failure', async ({ reply, error, timeoutMs }) => {
    const server = await serve(reply, applied(unguarded));
    const failure = await rejection(
      clientOf(server, { ...(timeoutMs && { timeoutMs }) }).webhooks.updateSubscriptions(unguarded),
    );
    expect(failure).toBeInstanceOf(error);
    expect(server.requests.map((request) => request.body)).toEqual([JSON.stringify(unguarded)]);
  });

  it('is sent again when the caller vouches for it', async () => {
    const server = await serve(empty(503), applied(unguarded));
    await clientOf(server).webhooks.updateSubscriptions(unguarded, { idempotent: true });
    expect(server.requests).toHaveLength(2);
  });
});

describe('an answer that is no answer', () => {
  it('is a ResponseFormatError when a 200 is an HTML page, and is not asked for again', async () => {
    const server = await serve(html(200, '<html><title>Log in</title></html>'));
    const failure = await rejection(clientOf(server).webhooks.updateSubscriptions(guarded));
    expect(failure).toBeInstanceOf(ResponseFormatError);
    expect(failure).toMatchObject({ status: 200, attempts: 1, preview: 'Log in' });
    expect(server.requests).toHaveLength(1);
  });
});
