import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SlotQueue } from './slot-queue.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A queue whose slots come from a database that takes a millisecond and that nobody else asks. */
function queue(perSecond: number, answer?: (slots: number) => Promise<number>) {
  const leases: number[] = [];
  const told: string[] = [];
  let freeAt = 0;
  const fromDatabase = async (slots: number) => {
    await new Promise((done) => setTimeout(done, 1));
    const from = Math.max(freeAt, performance.now());
    freeAt = from + (1000 * slots) / perSecond;
    return from - performance.now();
  };
  const slots = new SlotQueue({
    perSecond,
    lease: (count) => {
      leases.push(count);
      return (answer ?? fromDatabase)(count);
    },
    onLost: () => told.push('lost'),
    onFound: () => told.push('found'),
  });
  const granted: number[] = [];
  const take = async (name = 0, signal?: AbortSignal) => {
    await slots.take(signal);
    granted.push(name);
  };
  return { leases, told, granted, take };
}

describe('slots', () => {
  it('are leased one at a time when requests come one at a time, and nobody waits for others', async () => {
    const { leases, granted, take } = queue(1000);
    for (let index = 0; index < 5; index++) {
      void take();
      await vi.advanceTimersByTimeAsync(1);
      expect(granted).toHaveLength(index + 1);
      await vi.advanceTimersByTimeAsync(1_000);
    }
    expect(leases).toEqual([1, 1, 1, 1, 1]);
  });

  it('cost few statements when many are wanted at once', async () => {
    const { leases, granted, take } = queue(1000);
    for (let index = 0; index < 2_000; index++) void take(index);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(granted.length).toBeGreaterThan(950);
    expect(granted.length).toBeLessThanOrEqual(1_000);
    expect(granted).toEqual(granted.toSorted((a, b) => a - b));
    expect(leases.length).toBeLessThan(15);
    expect(Math.max(...leases)).toBe(100);
  });

  it('cost few statements too when they are wanted one after the other', async () => {
    const { leases, granted, take } = queue(1000);
    const requester = async () => {
      while (granted.length < 500) await take();
    };
    void requester();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(granted).toHaveLength(500);
    expect(leases.length).toBeLessThan(25);
  });

  it('are handed on when who waited for one gives up', async () => {
    const { leases, granted, take } = queue(10);
    const impatient = new AbortController();
    void take(1);
    const gone = take(2, impatient.signal);
    void take(3);
    await vi.advanceTimersByTimeAsync(50);
    impatient.abort(new Error('enough'));
    await expect(gone).rejects.toThrow('enough');
    await vi.advanceTimersByTimeAsync(60);
    expect(granted).toEqual([1, 3]);
    expect(leases).toEqual([1, 1]);
    await expect(take(4, AbortSignal.abort(new Error('too late')))).rejects.toThrow('too late');
  });

  it('that were not used in time are not used later', async () => {
    const { leases, granted, take } = queue(100);
    const impatient = new AbortController();
    const gone = Promise.allSettled(Array.from({ length: 10 }, () => take(0, impatient.signal)));
    await vi.advanceTimersByTimeAsync(1);
    impatient.abort();
    await gone;
    await vi.advanceTimersByTimeAsync(1_000);
    const before = granted.length;
    for (let index = 0; index < 10; index++) void take(index);
    await vi.advanceTimersByTimeAsync(2);
    expect(granted.length - before).toBe(1);
    expect(leases.slice(-2)).toEqual([1, 9]);
  });
});

describe('a source of slots that is lost', () => {
  it('holds nobody up, is told of once, tried again now and then, and told of when it is back', async () => {
    let isThere = false;
    const { leases, told, granted, take } = queue(10, () =>
      isThere ? Promise.resolve(0) : Promise.reject(new Error('gone')),
    );
    for (let index = 0; index < 50; index++) void take();
    await vi.advanceTimersByTimeAsync(0);
    expect(granted).toHaveLength(50);
    for (let second = 0; second < 3; second++) {
      await vi.advanceTimersByTimeAsync(1_000);
      for (let index = 0; index < 50; index++) void take();
      await vi.advanceTimersByTimeAsync(0);
    }
    expect(granted).toHaveLength(200);
    expect(told).toEqual(['lost']);
    expect(leases).toHaveLength(4);

    isThere = true;
    await vi.advanceTimersByTimeAsync(1_000);
    void take();
    await vi.advanceTimersByTimeAsync(0);
    expect(told).toEqual(['lost', 'found']);
    isThere = false;
    await vi.advanceTimersByTimeAsync(1_000);
    void take();
    await vi.advanceTimersByTimeAsync(0);
    expect(told).toEqual(['lost', 'found', 'lost']);
  });
});
