import { describe, expect, it, onTestFinished } from 'vitest';

import type { ApiHooks, AttemptEvent, CallEvent, TokenEvent } from '../src/index.js';
import { clientOf, rejection } from './support/client.js';
import { empty, html, json, silence, tokens } from './support/replies.js';
import { closedUrl, serve } from './support/server.js';

interface Recorder extends Required<ApiHooks> {
  readonly attempts: AttemptEvent[];
  readonly calls: CallEvent[];
  readonly tokens: TokenEvent[];
}

function recorder(): Recorder {
  const events = { attempts: [] as AttemptEvent[], calls: [] as CallEvent[], tokens: [] as TokenEvent[] };
  return {
    ...events,
    onAttempt: (event) => void events.attempts.push(event),
    onCall: (event) => void events.calls.push(event),
    onToken: (event) => void events.tokens.push(event),
  };
}

const fail = (): never => {
  throw new Error('metrics are broken');
};

const durationMs = expect.any(Number) as number;
const listConfigs = {
  upstream: 'emporix',
  operationId: 'listConfigs',
  method: 'GET',
  pathTemplate: '/webhook/{tenant}/config',
  durationMs,
};
const requestToken = {
  upstream: 'oauth',
  operationId: 'requestToken',
  method: 'POST',
  pathTemplate: '/oauth/token',
  durationMs,
};

describe('hooks', () => {
  it('hear of every attempt and of every call, the token’s too', async () => {
    const server = await serve(tokens(), empty(503), json(200, []));
    const hooks = recorder();
    await clientOf(server, { hooks, auth: { clientId: 'a', clientSecret: 'b' } }).webhooks.listConfigs();
    expect(hooks.attempts).toEqual([
      { ...requestToken, outcome: 'ok', status: 200, attempt: 1 },
      { ...listConfigs, outcome: 'error-status', status: 503, attempt: 1 },
      { ...listConfigs, outcome: 'ok', status: 200, attempt: 2 },
    ]);
    expect(hooks.calls).toEqual([
      { ...requestToken, outcome: 'ok', status: 200, attempts: 1 },
      { ...listConfigs, outcome: 'ok', status: 200, attempts: 2 },
    ]);
    expect(hooks.tokens).toEqual([{ type: 'obtained', lifetimeMs: 14_399_000, lifetimeAssumed: false }]);
  });

  it('hear how an attempt and its call ended without an answer', async () => {
    const hooks = recorder();
    const options = { hooks, retry: false } as const;
    await rejection(clientOf({ url: await closedUrl() }, options).webhooks.listConfigs());
    const silent = clientOf(await serve(silence()), options);
    await rejection(silent.webhooks.listConfigs({ timeoutMs: 20 }));
    await rejection(silent.webhooks.listConfigs({ totalTimeoutMs: 20 }));
    const caller = new AbortController();
    const aborted = rejection(
      clientOf(await serve(() => caller.abort()), options).webhooks.listConfigs({ signal: caller.signal }),
    );
    await aborted;
    const outcomes = ['connection', 'timeout', 'timeout', 'aborted'] as const;
    expect(hooks.attempts).toEqual(outcomes.map((outcome) => ({ ...listConfigs, outcome, attempt: 1 })));
    expect(hooks.calls).toEqual(outcomes.map((outcome) => ({ ...listConfigs, outcome, attempts: 1 })));
  });

  it('hear of calls that fail before or after their attempts', async () => {
    const hooks = recorder();
    await rejection(clientOf(await serve(html(200, 'login')), { hooks }).webhooks.listConfigs());
    const broken = { getToken: () => Promise.reject(new Error('sealed')), invalidate: () => {} };
    await rejection(clientOf(await serve(json(200, [])), { hooks, auth: broken }).webhooks.listConfigs());
    expect(hooks.attempts.map(({ outcome }) => outcome)).toEqual(['ok']);
    expect(hooks.calls).toEqual([
      { ...listConfigs, outcome: 'format', status: 200, attempts: 1 },
      { ...listConfigs, outcome: 'token', attempts: 0 },
    ]);
  });

  it('hear of an error status as such, thrown or returned', async () => {
    const hooks = recorder();
    const api = clientOf(await serve(json(403, {})), { hooks });
    await rejection(api.webhooks.listConfigs());
    await api.request('listConfigs', {});
    const expected = { ...listConfigs, outcome: 'error-status', status: 403, attempts: 1 };
    expect(hooks.calls).toEqual([expected, expected]);
  });

  it('that throw cost a process warning, never the call', async () => {
    const warnings: string[] = [];
    const listen = (warning: Error): void => void warnings.push(warning.message);
    process.on('warning', listen);
    onTestFinished(() => void process.off('warning', listen));
    const api = clientOf(await serve(json(200, [])), { hooks: { onAttempt: fail, onCall: fail } });
    expect(await api.webhooks.listConfigs()).toEqual([]);
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    expect(warnings).toEqual(Array(2).fill('A hook of the API client threw'));
  });
});
