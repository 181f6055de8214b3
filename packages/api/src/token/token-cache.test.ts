import * as fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';

import { manualClock, type ManualClock } from '../../test/support/clocks.js';
import { rejection } from '../../test/support/client.js';
import { RateLimitedError } from '../errors/status-errors.js';
import { TokenError } from '../errors/token-error.js';
import type { TokenEvent } from '../hooks.js';
import { AccessToken } from './access-token.js';
import { TokenCache, type MintedToken } from './token-cache.js';
import type { TokenProvider } from './token-provider.js';

const call = {
  operationId: 'requestToken',
  method: 'POST',
  pathTemplate: '/oauth/token',
  attempts: 1,
  ambiguous: false,
};
const refusal = new TokenError('no', call, { transient: false, status: 401 });
const outage = new TokenError('down', call, { transient: true, status: 503 });

/** A cache over an endpoint whose answers the test gives by hand. */
function setup(): {
  readonly cache: TokenProvider;
  readonly clock: ManualClock;
  readonly pending: Array<PromiseWithResolvers<MintedToken>>;
  readonly events: TokenEvent[];
  /** Answers the oldest request that is under way. */
  readonly answer: (value: string | Error, lifetimeMs?: number) => Promise<void>;
} {
  const clock = manualClock();
  const pending: Array<PromiseWithResolvers<MintedToken>> = [];
  const unanswered: Array<PromiseWithResolvers<MintedToken>> = [];
  const events: TokenEvent[] = [];
  const cache = new TokenCache({
    clock,
    random: () => 0,
    hooks: { onToken: (event) => void events.push(event) },
    mint: () => {
      const request = Promise.withResolvers<MintedToken>();
      pending.push(request);
      unanswered.push(request);
      return request.promise;
    },
  });
  const answer = async (value: string | Error, lifetimeMs = 1_000_000): Promise<void> => {
    const request = unanswered.shift();
    if (value instanceof Error) request?.reject(value);
    else request?.resolve({ token: new AccessToken(value), lifetimeMs, lifetimeAssumed: false });
    await settle();
  };
  return { cache, clock, pending, events, answer };
}

/** Lets everything happen that needs no more input. */
async function settle(): Promise<void> {
  await new Promise((resolve) => {
    setImmediate(resolve);
  });
}

const values = async (tokens: ReadonlyArray<Promise<AccessToken>>): Promise<string[]> =>
  (await Promise.all(tokens)).map((token) => token.reveal());

describe('a token cache', () => {
  it('makes one request for callers that come together, and none for later ones', async () => {
    const { cache, pending, answer } = setup();
    const tokens = [cache.getToken(), cache.getToken(), cache.getToken()];
    await answer('a');
    expect(await values([...tokens, cache.getToken()])).toEqual(['a', 'a', 'a', 'a']);
    expect(pending).toHaveLength(1);
  });

  it('makes one request when twenty callers invalidate the same token', async () => {
    const { cache, pending, answer } = setup();
    const first = cache.getToken();
    await answer('stale');
    const stale = await first;
    const tokens = Array.from({ length: 10 }, () => {
      cache.invalidate(stale);
      return cache.getToken();
    });
    await answer('fresh');
    const late = Array.from({ length: 10 }, () => {
      cache.invalidate(stale);
      return cache.getToken();
    });
    expect(new Set(await values([...tokens, ...late]))).toEqual(new Set(['fresh']));
    expect(pending).toHaveLength(2);
  });

  it('lets a waiter go without stopping the request', async () => {
    const { cache, pending, answer } = setup();
    const caller = new AbortController();
    const impatient = rejection(cache.getToken(caller.signal));
    const patient = cache.getToken();
    caller.abort(new Error('gone'));
    expect(await impatient).toEqual(new Error('gone'));
    await answer('a');
    expect(await values([patient])).toEqual(['a']);
    expect(pending).toHaveLength(1);
  });

  it('replaces a token in the background shortly before its end, while the old one serves', async () => {
    const { cache, clock, pending, answer } = setup();
    const first = cache.getToken();
    await answer('old', 100_000);
    await first;
    clock.advance(89_999);
    expect(await values([cache.getToken()])).toEqual(['old']);
    expect(pending).toHaveLength(1);
    clock.advance(1);
    expect(await values([cache.getToken(), cache.getToken()])).toEqual(['old', 'old']);
    expect(pending).toHaveLength(2);
    await answer('new');
    expect(await values([cache.getToken()])).toEqual(['new']);
  });

  it('begins at most a minute before the end, however long the token lives', async () => {
    const { cache, clock, pending, answer } = setup();
    const first = cache.getToken();
    await answer('a', 14_399_000);
    await first;
    clock.advance(14_399_000 - 60_001);
    await cache.getToken();
    expect(pending).toHaveLength(1);
    clock.advance(1);
    await cache.getToken();
    expect(pending).toHaveLength(2);
  });

  it('survives a failed background request and does not repeat it at once', async () => {
    const { cache, clock, pending, answer, events } = setup();
    const first = cache.getToken();
    await answer('a', 100_000);
    await first;
    clock.advance(95_000);
    await cache.getToken();
    await answer(outage);
    expect(await values([cache.getToken(), cache.getToken()])).toEqual(['a', 'a']);
    expect(pending).toHaveLength(2);
    clock.advance(1_000);
    expect(await values([cache.getToken()])).toEqual(['a']);
    expect(pending).toHaveLength(3);
    expect(events.at(-1)).toEqual({ type: 'failed', background: true, retryInMs: 1_000 });
  });

  it('does not serve a token past its end', async () => {
    const { cache, clock, answer } = setup();
    const first = cache.getToken();
    await answer('a', 100_000);
    await first;
    clock.advance(100_000);
    const next = cache.getToken();
    await answer('b');
    expect(await values([next])).toEqual(['b']);
  });

  it('remembers a refusal for one second, then two, up to thirty', async () => {
    const { cache, clock, pending, answer } = setup();
    for (const [index, seconds] of [1, 2, 4, 8, 16, 30, 30].entries()) {
      const failing = rejection(cache.getToken());
      await answer(refusal);
      expect(await failing).toBe(refusal);
      clock.advance(seconds * 1000 - 1);
      expect(await rejection(cache.getToken())).toBe(refusal);
      expect(pending).toHaveLength(index + 1);
      clock.advance(1);
    }
    const recovered = cache.getToken();
    await answer('a');
    expect(await values([recovered])).toEqual(['a']);
  });

  it('waits as long as a 429 asks for', async () => {
    const { cache, clock, pending, answer } = setup();
    const cause = new RateLimitedError(call, {
      status: 429,
      problem: { message: 'slow', details: [] },
      retryAfterMs: 9_000,
    });
    const limited = new TokenError('slow', call, { transient: true, status: 429, cause });
    const failing = rejection(cache.getToken());
    await answer(limited);
    await failing;
    clock.advance(8_999);
    expect(await rejection(cache.getToken())).toBe(limited);
    clock.advance(1);
    const next = cache.getToken();
    await answer('a');
    expect([await values([next]), pending.length]).toEqual([['a'], 2]);
  });

  it('does not hold an outage against the next caller', async () => {
    const { cache, pending, answer } = setup();
    const failing = rejection(cache.getToken());
    await answer(outage);
    expect(await failing).toBe(outage);
    const next = cache.getToken();
    await answer('a');
    expect([await values([next]), pending.length]).toEqual([['a'], 2]);
  });

  it('tells its hooks what happens', async () => {
    const { cache, events, answer } = setup();
    const first = cache.getToken();
    await answer('a', 5_000);
    cache.invalidate(await first);
    cache.invalidate(await first);
    expect(events).toEqual([{ type: 'obtained', lifetimeMs: 5_000, lifetimeAssumed: false }, { type: 'invalidated' }]);
  });

  it('never has two requests under way and never hands out a token after it was invalidated, whatever happens when', async () => {
    type Step = 'get' | 'invalidate' | 'invalidate on arrival' | 'succeed' | 'fail' | 'refuse' | 'pass time';
    const step = fc.constantFrom<Step>(
      'get',
      'invalidate',
      'invalidate on arrival',
      'succeed',
      'fail',
      'refuse',
      'pass time',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        const { cache, clock, pending, answer } = setup();
        const invalid = new Set<AccessToken>();
        const known: AccessToken[] = [];
        const returnedInvalid = vi.fn<() => void>();
        let answered = 0;
        const receive = async (onArrival: (token: AccessToken) => void): Promise<void> => {
          const invalidBefore = new Set(invalid);
          const token = await cache.getToken().catch(() => undefined);
          if (token === undefined) return;
          if (invalidBefore.has(token)) returnedInvalid();
          known.push(token);
          onArrival(token);
        };
        const invalidate = (token: AccessToken | undefined): void => {
          if (token === undefined) return;
          invalid.add(token);
          cache.invalidate(token);
        };
        const answerOldest = async (value: string | Error): Promise<void> => {
          if (answered === pending.length) return;
          answered += 1;
          await answer(value, 50_000);
        };
        const actions: Record<Step, () => Promise<void> | void> = {
          get: () => void receive(() => {}),
          invalidate: () => invalidate(known.at(-1)),
          'invalidate on arrival': () => void receive(invalidate),
          succeed: () => answerOldest(`token-${answered}`),
          fail: () => answerOldest(outage),
          refuse: () => answerOldest(refusal),
          'pass time': () => clock.advance(10_000),
        };
        for (const name of steps) {
          await actions[name]();
          expect(pending.length - answered).toBeLessThanOrEqual(1);
        }
        await settle();
        expect(returnedInvalid).not.toHaveBeenCalled();
      }),
      { numRuns: 200 },
    );
  });
});
