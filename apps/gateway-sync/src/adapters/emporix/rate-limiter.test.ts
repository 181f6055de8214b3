import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createRateLimiter } from './rate-limiter.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Asks for `count` turns at once; tells how many were granted so far. */
function ask(requestsPerSecond: number, count: number): { granted: number } {
  const limiter = createRateLimiter(requestsPerSecond);
  const seen = { granted: 0 };
  for (let index = 0; index < count; index++) void limiter.acquire().then(() => seen.granted++);
  return seen;
}

describe('createRateLimiter', () => {
  it('grants as many turns a second as it is told, whoever asks', async () => {
    const seen = ask(10, 35);
    const bySecond: number[] = [];
    for (let second = 0; second < 4; second++) {
      await vi.advanceTimersByTimeAsync(second === 0 ? 1 : 1_001);
      bySecond.push(seen.granted);
    }
    expect(bySecond).toEqual([10, 20, 30, 35]);
  });

  it('can grant less than one a second', async () => {
    const seen = ask(0.5, 3);
    await vi.advanceTimersByTimeAsync(1_900);
    expect(seen.granted).toBe(1);
    await vi.advanceTimersByTimeAsync(200);
    expect(seen.granted).toBe(2);
  });

  it('rejects with the reason of a signal that aborts while it waits, or has aborted before', async () => {
    const limiter = createRateLimiter(1);
    await limiter.acquire();
    const controller = new AbortController();
    const waiting = limiter.acquire(controller.signal);
    controller.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
    await expect(limiter.acquire(AbortSignal.abort(new Error('too late')))).rejects.toThrow('too late');
  });

  it('asks for a part of what is shared as well, each request for one, and passes the signal on', async () => {
    const asked: unknown[] = [];
    let open = false;
    const budget = {
      take: async (...args: unknown[]) => {
        asked.push(args);
        if (!open) throw new Error('not now');
      },
    };
    const limiter = createRateLimiter(10, { budget, upstream: 'svix' });
    const { signal } = new AbortController();
    await expect(limiter.acquire(signal)).rejects.toThrow('not now');
    open = true;
    await limiter.acquire(signal);
    expect(asked).toEqual([
      ['svix', signal],
      ['svix', signal],
    ]);
  });

  it('never lets one process have more than its own part, however much is shared', async () => {
    const limiter = createRateLimiter(2, { budget: { take: async () => {} }, upstream: 'emporix' });
    let granted = 0;
    for (let index = 0; index < 5; index++) void limiter.acquire().then(() => granted++);
    await vi.advanceTimersByTimeAsync(900);
    expect(granted).toBe(2);
  });
});
