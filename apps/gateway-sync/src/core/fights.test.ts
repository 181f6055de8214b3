import { describe, expect, test } from 'vitest';
import type { SubscriptionAction } from './action.js';
import { contestedFields, nextFights, pausedUntil, type Fights } from './fights.js';
import type { ItemStatus } from './result.js';

const HOUR = 60 * 60_000;

function correction(overrides: Partial<SubscriptionAction> = {}): SubscriptionAction {
  return {
    resource: 'subscription',
    type: 'update',
    id: 'subscription:a.x',
    name: 'a.x',
    eventType: 'a.x',
    reason: 'drift',
    step: 'subscribe',
    before: { state: 'SUBSCRIBED', excludedFields: [] },
    after: { state: 'SUBSCRIBED', excludedFields: ['name'] },
    fieldsToUnsubscribe: ['name'],
    fieldsToSubscribe: [],
    ...overrides,
  };
}

/** The fights after `times` corrections of the same drift, the last of them at `at`. */
function fought(times: number, at = 0, action = correction(), status: ItemStatus = 'applied'): Fights {
  return Array.from({ length: times }).reduce<Fights>(
    (fights) => nextFights(fights, [{ action, status }], at),
    new Map(),
  );
}

describe('a correction', () => {
  test.each(['applied', 'unverified'] as const)('that is %s counts', (status) => {
    expect(fought(2, 7, correction(), status).get('subscription:a.x')).toMatchObject({ times: 2, at: 7 });
  });

  test.each(['not-applied', 'conflict', 'failed', 'rejected', 'unreachable', 'contended', 'skipped'] as const)(
    'that is %s does not count',
    (status) => {
      expect(fought(1, 0, correction(), status).size).toBe(0);
    },
  );

  test.each(['missing', 'changed', 'removed', 'shed', 'restore'] as const)(
    'with the reason %s is none: nobody undid anything',
    (reason) => {
      expect(fought(3, 0, correction({ reason })).size).toBe(0);
    },
  );

  test('of what somebody undid counts whatever its reason', () => {
    expect(fought(3, 0, correction({ reason: 'shed', undone: true })).get('subscription:a.x')).toMatchObject({
      times: 3,
    });
  });

  test('of another drift of the same thing starts to count anew', () => {
    const other = correction({ before: { state: 'UNSUBSCRIBED', excludedFields: ['name'] } });
    const fights = nextFights(fought(3), [{ action: other, status: 'applied' }], 5);
    expect(fights.get('subscription:a.x')).toMatchObject({ times: 1, at: 5 });
  });
});

describe('a pause', () => {
  test('begins with the third correction', () => {
    expect([1, 2, 3].map((times) => pausedUntil(correction(), fought(times), 0))).toEqual([undefined, undefined, HOUR]);
  });

  test('doubles with each further one, up to a day', () => {
    const pauses = [3, 4, 5, 6, 7, 8, 20].map((times) => (pausedUntil(correction(), fought(times), 0) ?? 0) / HOUR);
    expect(pauses).toEqual([1, 2, 4, 8, 16, 24, 24]);
  });

  test('ends exactly when it is over', () => {
    const fights = fought(3, 1000);
    expect(pausedUntil(correction(), fights, HOUR + 999)).toBe(HOUR + 1000);
    expect(pausedUntil(correction(), fights, HOUR + 1000)).toBeUndefined();
  });

  test('is for that drift only', () => {
    const fights = fought(3);
    expect(pausedUntil(correction({ reason: 'changed' }), fights, 0)).toBeUndefined();
    expect(pausedUntil(correction({ id: 'subscription:b.x' }), fights, 0)).toBeUndefined();
    const other = correction({ after: { state: 'SUBSCRIBED', excludedFields: ['id'] } });
    expect(pausedUntil(other, fights, 0)).toBeUndefined();
  });
});

describe('a fight', () => {
  test('is forgotten two hours after its last correction, or after its pause', () => {
    expect(nextFights(fought(1), [], 2 * HOUR).size).toBe(1);
    expect(nextFights(fought(1), [], 2 * HOUR + 1).size).toBe(0);
    expect(nextFights(fought(3), [], 3 * HOUR).size).toBe(1);
    expect(nextFights(fought(3), [], 3 * HOUR + 1).size).toBe(0);
  });

  test('is about the settings that differ, also where there is nothing before or after', () => {
    expect(contestedFields(correction())).toEqual(['excludedFields']);
    const gone = { ...correction(), before: null };
    expect(contestedFields(gone as never)).toEqual(['excludedFields', 'state']); // what a created thing shows
    const removed = { ...correction(), after: null };
    expect(contestedFields(removed as never)).toEqual(['excludedFields', 'state']); // what a removed thing shows
  });
});
