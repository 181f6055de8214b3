import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jittered, spacing } from './schedule.js';

describe('spacing', () => {
  it('spreads the first runs by what the request budget allows', () => {
    expect(spacing(1_000, { intervalMs: 300_000, requestsPerSecond: 20 })).toBe(100);
  });

  it('never spreads them over more than one interval', () => {
    expect(spacing(10_000, { intervalMs: 300_000, requestsPerSecond: 20 })).toBe(30);
  });

  it.each([0, 1])('lets %i tenants run at once', (count) => {
    expect(spacing(count, { intervalMs: 300_000, requestsPerSecond: 20 })).toBe(0);
  });

  it('has the last one start within the interval and the budget, however many there are', () => {
    const setting = { intervalMs: fc.integer({ min: 1_000 }), requestsPerSecond: fc.integer({ min: 1, max: 1_000 }) };
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 20_000 }), fc.record(setting), (count, cadence) => {
        const lastMs = (count - 1) * spacing(count, cadence);
        expect(lastMs).toBeGreaterThan(0);
        expect(lastMs).toBeLessThan(cadence.intervalMs);
        expect(lastMs).toBeLessThanOrEqual((count * 2_000) / cadence.requestsPerSecond);
      }),
    );
  });
});

describe('jittered', () => {
  it('case 52: stays within the share of the interval, on both sides', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 86_400_000 }),
        fc.double({ min: 0, max: 0.99, noNaN: true }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (intervalMs, jitter, random) => {
          const wait = jittered(intervalMs, jitter, random);
          expect(wait).toBeGreaterThanOrEqual(Math.floor(intervalMs * (1 - jitter)));
          expect(wait).toBeLessThanOrEqual(Math.ceil(intervalMs * (1 + jitter)));
        },
      ),
    );
  });

  it('uses both ends of the range', () => {
    expect([jittered(1000, 0.1, 0), jittered(1000, 0.1, 0.5), jittered(1000, 0.1, 0.999_999)]).toEqual([
      900, 1000, 1100,
    ]);
  });

  it('changes nothing without jitter', () => {
    expect(jittered(1000, 0, 0.77)).toBe(1000);
  });
});
