import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OUTCOMES } from './result.js';
import { type Cadence, jittered, nextInterval } from './schedule.js';

const cadence: Cadence = { intervalMs: 300_000, maxIntervalMs: 3_600_000, jitter: 0.1 };

describe('nextInterval', () => {
  it('starts at the base, doubles while clean and stops at the maximum', () => {
    const intervals: number[] = [];
    let previous: number | undefined;
    for (let run = 0; run < 7; run++) {
      previous = nextInterval(previous, 'in-sync', cadence);
      intervals.push(previous / 60_000);
    }
    expect(intervals).toEqual([5, 10, 20, 40, 60, 60, 60]);
  });

  it.each(OUTCOMES.filter((outcome) => outcome !== 'in-sync'))('goes back to the base after %s', (outcome) => {
    expect(nextInterval(3_600_000, outcome, cadence)).toBe(300_000);
  });

  it('never falls below the base when the maximum is smaller', () => {
    expect(nextInterval(300_000, 'in-sync', { ...cadence, maxIntervalMs: 1 })).toBe(300_000);
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
