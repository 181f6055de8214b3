import { runInNewContext } from 'node:vm';
import { setFlagsFromString } from 'node:v8';
import { describe, expect, it } from 'vitest';

import { systemClock } from '../src/clock.js';
import { TimeoutError, type CallOptions } from '../src/index.js';
import { clientOf, rejection } from './support/client.js';
import { silence, stalledBody } from './support/replies.js';
import { serve, type Reply } from './support/server.js';

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

const CALLS = 40;

/** Starts calls that nobody answers, collects garbage until all are over, and returns what they rejected with. */
async function timedOut(reply: Reply, options: CallOptions): Promise<unknown[]> {
  const server = await serve(reply);
  const api = clientOf(server, { clock: systemClock, concurrency: CALLS, retry: false });
  const collecting = setInterval(collectGarbage, 5);
  try {
    return await Promise.all(Array.from({ length: CALLS }, () => rejection(api.webhooks.listConfigs(options))));
  } finally {
    clearInterval(collecting);
  }
}

describe('a timeout fires while garbage is collected', () => {
  const replies = [
    { what: 'the head of the answer', reply: silence() },
    { what: 'the rest of the body', reply: stalledBody() },
  ];

  it.each(replies)('for an attempt that waits for $what', async ({ reply }) => {
    const errors = await timedOut(reply, { timeoutMs: 200, signal: new AbortController().signal });
    expect(errors.map((error) => error instanceof TimeoutError && error.scope)).toEqual(Array(CALLS).fill('attempt'));
  });

  it.each(replies)('for a whole call that waits for $what', async ({ reply }) => {
    const errors = await timedOut(reply, { totalTimeoutMs: 200, signal: new AbortController().signal });
    expect(errors.map((error) => error instanceof TimeoutError && error.scope)).toEqual(Array(CALLS).fill('total'));
  });
});

describe('the total timeout', () => {
  it('covers the wait for the limiter', async () => {
    const server = await serve(silence());
    const limiter = { acquire: () => new Promise<never>(() => {}) };
    const error = await rejection(clientOf(server, { limiter }).webhooks.listConfigs({ totalTimeoutMs: 30 }));
    expect(error).toMatchObject({ name: 'TimeoutError', scope: 'total', timeoutMs: 30, attempts: 0 });
    expect(server.requests).toEqual([]);
  });

  it('covers the wait for a token', async () => {
    const server = await serve(silence());
    const auth = { getToken: () => new Promise<never>(() => {}), invalidate: () => {} };
    const error = await rejection(clientOf(server, { auth }).webhooks.listConfigs({ totalTimeoutMs: 30 }));
    expect(error).toMatchObject({ name: 'TimeoutError', scope: 'total', attempts: 0 });
  });

  it('covers several attempts', async () => {
    const server = await serve(silence());
    const options = { timeoutMs: 400, totalTimeoutMs: 1000, retry: { maxAttempts: 100, baseMs: 0 } };
    const error = await rejection(clientOf(server, { clock: systemClock }).webhooks.listConfigs(options));
    expect(error).toMatchObject({ name: 'TimeoutError', scope: 'total', attempts: server.requests.length });
    expect(server.requests.length).toBeGreaterThanOrEqual(2);
  });

  it('is not waited for when the next attempt would come too late', async () => {
    const server = await serve((response) => response.writeHead(503, { 'retry-after': '20' }).end());
    const error = await rejection(clientOf(server).webhooks.listConfigs({ totalTimeoutMs: 10_000 }));
    expect(error).toMatchObject({ name: 'ServerError', status: 503, attempts: 1, retryAfterMs: 20_000 });
  });
});

describe('the timeout of an attempt', () => {
  it('does not run while the limiter is waited for', async () => {
    const server = await serve((response) => response.end('[]'));
    const limiter = {
      acquire: async (signal?: AbortSignal) => {
        await systemClock.sleep(600, signal ?? new AbortController().signal);
        return () => {};
      },
    };
    expect(await clientOf(server, { limiter, timeoutMs: 300 }).webhooks.listConfigs()).toEqual([]);
  });
});
