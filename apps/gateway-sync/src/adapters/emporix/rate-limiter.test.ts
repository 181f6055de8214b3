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
});
