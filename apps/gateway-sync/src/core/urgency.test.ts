import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TRIGGERS, type Trigger } from './result.js';
import { queuePriority, servedAs } from './urgency.js';

const MINUTE = 60_000;
const NOW = Date.UTC(2026, 10, 25, 4);

describe('who is served first', () => {
  it('is a changed file, then a person, then a retry, then a refresh, of those due at the same time', () => {
    const order: Trigger[] = ['interval', 'retry', 'manual', 'config'];
    expect(order.toSorted((a, b) => servedAs(a, NOW) - servedAs(b, NOW))).toEqual([
      'config',
      'manual',
      'retry',
      'interval',
    ]);
  });

  it('is a refresh that has waited for more than an hour, even before a changed file', () => {
    expect(servedAs('interval', NOW - 61 * MINUTE)).toBeLessThan(servedAs('config', NOW));
    expect(servedAs('interval', NOW - 59 * MINUTE)).toBeGreaterThan(servedAs('config', NOW));
  });

  it('is never one that became due later for the same reason', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...TRIGGERS),
        fc.nat(1e12),
        fc.integer({ min: 1, max: 1e9 }),
        (trigger, due, later) => {
          expect(servedAs(trigger, due)).toBeLessThan(servedAs(trigger, due + later));
        },
      ),
    );
  });
});

describe('queuePriority', () => {
  it('keeps the order, to the minute, and the range of the queue', () => {
    const year = 365 * 24 * 60 * MINUTE;
    const due = fc.integer({ min: NOW, max: NOW + year });
    const trigger = fc.constantFrom(...TRIGGERS);
    fc.assert(
      fc.property(trigger, due, trigger, due, (a, dueA, b, dueB) => {
        const [first, second] = [queuePriority(a, dueA), queuePriority(b, dueB)];
        expect(first).toBeGreaterThanOrEqual(1);
        expect(first).toBeLessThanOrEqual(2_097_151);
        const apart = servedAs(a, dueA) + MINUTE <= servedAs(b, dueB);
        expect(!apart || first < second).toBe(true);
      }),
    );
  });

  it('is a priority before 1970 too', () => {
    expect(queuePriority('config', 0)).toBeGreaterThanOrEqual(1);
  });
});
