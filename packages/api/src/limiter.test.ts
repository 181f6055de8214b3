import * as fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';

import { rejection } from '../test/support/client.js';
import { combineLimiters, createConcurrencyLimiter, type Limiter } from './limiter.js';

describe('a concurrency limiter', () => {
  it('serves in the order of asking, and a release counts once', async () => {
    const limiter = createConcurrencyLimiter(1);
    const order: string[] = [];
    const first = await limiter.acquire();
    const enter = async (name: string): Promise<() => void> => {
      const release = await limiter.acquire();
      order.push(name);
      return release;
    };
    const second = enter('second');
    const third = enter('third');
    first();
    first();
    const release = await second;
    expect(order).toEqual(['second']);
    release();
    await third;
    expect(order).toEqual(['second', 'third']);
  });

  it('passes the turn on when it comes in the same instant as an abort', async () => {
    const limiter = createConcurrencyLimiter(1);
    const release = await limiter.acquire();
    const caller = new AbortController();
    const aborted = rejection(limiter.acquire(caller.signal));
    const next = limiter.acquire();
    caller.abort(new Error('gone'));
    release();
    expect(await aborted).toEqual(new Error('gone'));
    expect(await next).toBeTypeOf('function');
  });

  it('never lets more pass than it may, and loses no turn, whoever gives up', async () => {
    const visitors = fc.array(fc.record({ aborts: fc.boolean(), turns: fc.integer({ min: 0, max: 4 }) }), {
      maxLength: 30,
    });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 4 }), visitors, async (concurrency, list) => {
        const limiter = createConcurrencyLimiter(concurrency);
        let inside = 0;
        await Promise.allSettled(
          list.map(async ({ aborts, turns }) => {
            const caller = new AbortController();
            const pending = limiter.acquire(caller.signal);
            for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
            if (aborts) caller.abort();
            const release = await pending;
            inside += 1;
            expect(inside).toBeLessThanOrEqual(concurrency);
            await Promise.resolve();
            inside -= 1;
            release();
          }),
        );
        const all = await Promise.all(Array.from({ length: concurrency }, () => limiter.acquire()));
        expect(all).toHaveLength(concurrency);
      }),
    );
  });
});

describe('limiters together', () => {
  it('give back what was acquired when a later one refuses', async () => {
    const release = vi.fn<() => void>();
    const open: Limiter = { acquire: () => Promise.resolve(release) };
    const closed: Limiter = { acquire: () => Promise.reject(new Error('no')) };
    expect(await rejection(combineLimiters([open, closed]).acquire())).toEqual(new Error('no'));
    expect(release).toHaveBeenCalledOnce();
  });

  it('are all released, once', async () => {
    const releases = [vi.fn<() => void>(), vi.fn<() => void>()];
    const limiter = combineLimiters(releases.map((release) => ({ acquire: () => Promise.resolve(release) })));
    const release = await limiter.acquire();
    release();
    release();
    expect(releases.map((each) => each.mock.calls.length)).toEqual([1, 1]);
  });
});
