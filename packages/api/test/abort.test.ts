import { describe, expect, it, vi } from 'vitest';

import { systemClock, type Clock } from '../src/clock.js';
import { AbortedError, createConcurrencyLimiter, type Limiter, type TokenProvider } from '../src/index.js';
import { skippingClock } from './support/clocks.js';
import { clientOf, rejection, tokenSequence } from './support/client.js';
import { empty, json, silence, stalledBody } from './support/replies.js';
import { serve } from './support/server.js';

const reason = new Error('the caller changed its mind');

describe('a call ends at once when its signal aborts', () => {
  it('before it begins', async () => {
    const server = await serve(json(200, []));
    const error = await rejection(clientOf(server).webhooks.listConfigs({ signal: AbortSignal.abort(reason) }));
    expect(error).toBeInstanceOf(AbortedError);
    expect(error).toMatchObject({ attempts: 0, cause: { message: reason.message } });
    expect(server.requests).toEqual([]);
  });

  it('also when the reason is an error of another call', async () => {
    const other = await rejection(clientOf(await serve(json(404, {}))).webhooks.getConfig('erp'));
    const api = clientOf(await serve(json(200, [])));
    const error = await rejection(api.webhooks.listConfigs({ signal: AbortSignal.abort(other) }));
    expect(error).toMatchObject({ name: 'AbortedError', cause: other });
  });

  it.each([
    { what: 'an answer is waited for', reply: silence() },
    { what: 'a body is read', reply: stalledBody() },
  ])('while $what', async ({ reply }) => {
    const server = await serve(reply);
    const caller = new AbortController();
    const pending = rejection(clientOf(server).webhooks.listConfigs({ signal: caller.signal }));
    await vi.waitFor(() => expect(server.requests).toHaveLength(1));
    caller.abort(reason);
    expect(await pending).toMatchObject({ name: 'AbortedError', attempts: 1 });
  });

  it('while it waits to try again', async () => {
    const server = await serve(empty(503, { 'retry-after': '25' }));
    const caller = new AbortController();
    const attempts: number[] = [];
    const hooks = { onAttempt: ({ attempt }: { attempt: number }) => void attempts.push(attempt) };
    const pending = rejection(
      clientOf(server, { clock: systemClock, hooks }).webhooks.listConfigs({ signal: caller.signal }),
    );
    await vi.waitFor(() => expect(attempts).toEqual([1]));
    caller.abort(reason);
    expect(await pending).toMatchObject({ name: 'AbortedError', attempts: 1 });
    expect(server.requests).toHaveLength(1);
  });

  it('while it waits for the limiter, and leaves its place to the next one', async () => {
    const server = await serve(json(200, []));
    const limiter = createConcurrencyLimiter(1);
    const release = await limiter.acquire();
    const caller = new AbortController();
    const api = clientOf(server, { limiter });
    const impatient = rejection(api.webhooks.listConfigs({ signal: caller.signal }));
    const patient = api.webhooks.listConfigs();
    caller.abort(reason);
    expect(await impatient).toMatchObject({ name: 'AbortedError', attempts: 0 });
    release();
    expect(await patient).toEqual([]);
  });

  it('while it waits for a token', async () => {
    const server = await serve(json(200, []));
    const caller = new AbortController();
    const auth: TokenProvider = { getToken: () => new Promise(() => {}), invalidate: () => {} };
    const pending = rejection(clientOf(server, { auth }).webhooks.listConfigs({ signal: caller.signal }));
    caller.abort(reason);
    expect(await pending).toMatchObject({ name: 'AbortedError', attempts: 0 });
  });
});

describe('what a call leaves behind', () => {
  it('is no listener on the caller’s signal', async () => {
    const server = await serve(empty(503), json(200, []));
    const { signal } = new AbortController();
    const added = vi.spyOn(signal, 'addEventListener');
    const removed = vi.spyOn(signal, 'removeEventListener');
    await clientOf(server).webhooks.listConfigs({ signal });
    expect(added.mock.calls.length).toBeGreaterThan(0);
    expect(removed.mock.calls.map(([, listener]) => listener)).toEqual(
      added.mock.calls.map(([, listener]) => listener),
    );
  });

  it('is no timer, so that a process may end', async () => {
    const server = await serve(empty(503), json(200, []), stalledBody());
    const running = new Set<symbol>();
    const clock: Clock = {
      ...skippingClock(),
      schedule(ms, callback) {
        const timer = Symbol('timer');
        running.add(timer);
        const cancel = systemClock.schedule(ms, callback);
        return () => {
          running.delete(timer);
          cancel();
        };
      },
    };
    const api = clientOf(server, { clock });
    await api.webhooks.listConfigs();
    await rejection(api.webhooks.listConfigs({ timeoutMs: 300, retry: false }));
    expect([server.requests.length, running.size]).toEqual([3, 0]);
  });

  it('is no slot that a deaf limiter granted too late', async () => {
    const server = await serve(json(200, []));
    const caller = new AbortController();
    const granted = Promise.withResolvers<() => void>();
    const limiter: Limiter = { acquire: () => granted.promise };
    const release = vi.fn<() => void>();
    const pending = rejection(clientOf(server, { limiter }).webhooks.listConfigs({ signal: caller.signal }));
    await Promise.resolve();
    caller.abort(reason);
    expect(await pending).toBeInstanceOf(AbortedError);
    granted.resolve(release);
    await vi.waitFor(() => expect(release).toHaveBeenCalledOnce());
  });

  it('is no body that a deaf fetch delivered too late', async () => {
    const cancelled = vi.fn<(reason: unknown) => void>();
    const caller = new AbortController();
    const answer = Promise.withResolvers<Response>();
    const called = vi.fn<() => Promise<Response>>(() => answer.promise);
    const api = clientOf({ url: 'http://nowhere.invalid' }, { fetch: called, auth: tokenSequence() });
    const pending = rejection(api.webhooks.listConfigs({ signal: caller.signal }));
    await vi.waitFor(() => expect(called).toHaveBeenCalledOnce());
    caller.abort(reason);
    expect(await pending).toBeInstanceOf(AbortedError);
    answer.resolve(new Response(new ReadableStream({ cancel: cancelled })));
    await vi.waitFor(() => expect(cancelled).toHaveBeenCalledOnce());
  });

  it('is no body that a deaf fetch never finishes', async () => {
    const cancelled = vi.fn<(reason: unknown) => void>();
    const fetch = (): Promise<Response> => Promise.resolve(new Response(new ReadableStream({ cancel: cancelled })));
    const api = clientOf({ url: 'http://nowhere.invalid' }, { fetch, retry: false });
    const error = await rejection(api.webhooks.listConfigs({ timeoutMs: 20 }));
    expect(error).toMatchObject({ name: 'TimeoutError', scope: 'attempt' });
    expect(cancelled).toHaveBeenCalledOnce();
  });
});
