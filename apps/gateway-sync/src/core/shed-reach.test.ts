import { describe, expect, test } from 'vitest';
import { QUOTA_POLICY, tenant } from '../../test/support/values.js';
import type { Rung } from './quota-policy.js';
import { hasSheddable, shedNotes } from './shed-reach.js';
import type { SubscriptionEntry } from './state.js';

const entries: readonly SubscriptionEntry[] = [
  { event: 'order.created', priority: 1, place: 'shops.yaml:3:5' },
  { event: 'order.updated', priority: 5, place: 'shops.yaml:4:5' },
  { event: 'order.deleted', place: 'shops.yaml:5:5' },
];

const wanting = (
  subscriptions: readonly SubscriptionEntry[],
  { protect = [], ladder = QUOTA_POLICY.ladder }: { protect?: readonly string[]; ladder?: readonly Rung[] } = {},
) => {
  const one = tenant({ subscriptions, quota: { ...QUOTA_POLICY, shed: 'enforce', ladder } });
  return { ...one, guards: { ...one.guards, protect } };
};
const ladder = (...rungs: [at: number, priority: number][]) => ({
  ladder: rungs.map(([at, priority]) => ({ at, priority })),
});
const notes = (...of: Parameters<typeof wanting>) => shedNotes(wanting(...of)).map(({ message }) => message);

describe('what a file says of giving up', () => {
  test('is noted where no subscription has a priority', () => {
    const none = 'quota.shed gives up nothing: no subscription that is not protected has a priority from 1 to 9';
    expect(notes(entries.slice(2))).toEqual([none]);
    expect(notes([{ event: 'order.created', priority: 0, place: '' }])).toEqual([none]);
    expect(shedNotes(tenant({ subscriptions: entries.slice(2) }))).toEqual([]);
  });

  test('is noted of a rung that gives up no more than another one', () => {
    expect(notes(entries, ladder([80, 8], [90, 5]))).toEqual([]);
    expect(notes(entries, ladder([80, 5], [90, 8]))).toEqual([
      'quota.ladder: { at: 90, priority: 8 } does nothing that { at: 80, priority: 5 } has not done',
    ]);
    expect(notes(entries, ladder([80, 8], [80, 5]))).toEqual([
      'quota.ladder: { at: 80, priority: 8 } does nothing that { at: 80, priority: 5 } has not done',
    ]);
  });

  test('is noted of a priority under guards.protect, where it stands', () => {
    const of = wanting(entries, { protect: ['order.c*'] });
    expect(shedNotes(of)).toEqual([
      {
        severity: 'note',
        kind: 'shed',
        message: 'order.created is never given up although it has priority 1: guards.protect has it',
        places: ['shops.yaml:3:5'],
        nearest: [],
      },
    ]);
    expect([hasSheddable(of), hasSheddable(of, 5), hasSheddable(of, 6)]).toEqual([true, true, false]);
  });
});
