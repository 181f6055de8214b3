import { describe, expect, test } from 'vitest';
import { owned } from '../../test/support/values.js';
import type { Action, SubscriptionAction, TargetAction } from './action.js';
import { intents, ledgerChange, merged, settle, withApplied, type OwnPart } from './ownership.js';
import type { Claims, Match } from './part.js';
import type { ItemStatus } from './result.js';

const NOW = { instance: 'gateway-sync', now: 50 };

function subscribe(overrides: Partial<SubscriptionAction> = {}): SubscriptionAction {
  return {
    resource: 'subscription',
    type: 'create',
    id: 'subscription:a.x',
    name: 'a.x',
    eventType: 'a.x',
    reason: 'missing',
    step: 'subscribe',
    row: { key: 'a.x', settings: { excludedFields: ['name'] } },
    before: { state: 'UNSUBSCRIBED', excludedFields: [] },
    after: { state: 'SUBSCRIBED', excludedFields: ['name'] },
    fieldsToUnsubscribe: ['name'],
    fieldsToSubscribe: [],
    ...overrides,
  };
}

function target(overrides: Partial<TargetAction> = {}): TargetAction {
  return {
    resource: 'target',
    type: 'create',
    id: 'target:new:t',
    name: 't',
    code: 'http',
    reason: 'missing',
    step: 'prepare',
    row: { key: 'new:t', settings: { event: 'a.x' } },
    before: null,
    after: { event: 'a.x' },
    secrets: ['secretKey'],
    fingerprints: { secretKey: 'f1' },
    operations: [],
    ...overrides,
  };
}

function part(claims: Partial<Claims>, ...resources: OwnPart['resources']): OwnPart {
  const nothing = { actions: [], foreign: [], problems: [], managed: 0, unchanged: 0 };
  return { resources, part: { ...nothing, claims: { matched: [], kept: new Set<string>(), ...claims } } };
}

const match = (overrides: Partial<Match> = {}): Match => ({
  resource: 'target',
  key: 'e1',
  settings: { event: 'a.x' },
  ...overrides,
});
const row = (key: string, overrides = {}) =>
  owned(key, { resource: 'target', settings: { event: 'a.x' }, ...overrides });

describe('before a creation', () => {
  test('its row is announced, with the version that a subscription will have and without fingerprints', () => {
    expect(intents([subscribe({ version: 4 }), subscribe({ id: 'b' }), target()], NOW)).toMatchObject([
      { resource: 'subscription', key: 'a.x', pending: true, version: 5, firstOwnedAt: 50, writtenAt: 50 },
      { version: 1 },
      { resource: 'target', key: 'new:t', pending: true, fingerprints: {}, instance: 'gateway-sync' },
    ]);
    expect(intents([target()], NOW)[0]).not.toHaveProperty('version');
  });

  test('nothing is announced of what makes nothing new, or leads to no row', () => {
    const { row: _, ...without } = target();
    expect(intents([subscribe({ type: 'update' }), target({ type: 'delete' }), without], NOW)).toEqual([]);
  });
});

/** The rows after one action; before it there was an announced one. */
const after = (action: Action, status: ItemStatus, before = [row('new:t', { pending: true })]) =>
  withApplied(before, [{ action, status }], NOW);

describe('what took', () => {
  test.each(['applied', 'unverified'] as const)('is known with its fingerprints when it is %s', (status) => {
    expect(after(target(), status)).toEqual([
      row('new:t', { firstOwnedAt: 1, writtenAt: 50, fingerprints: { secretKey: 'f1' }, pending: true }),
    ]);
  });

  test.each(['not-applied', 'conflict', 'failed', 'rejected', 'unreachable', 'contended', 'skipped'] as const)(
    'is not what is %s',
    (status) => {
      expect(after(target(), status)).toEqual([row('new:t', { pending: true })]);
    },
  );

  test('adds its fingerprints to those there are, and is not pending after an update', () => {
    const action = target({ type: 'update', row: { key: 'e1', settings: { event: 'b.x' } } });
    const before = row('e1', { fingerprints: { secretKey: 'old', 'headers.x': 'h' }, version: 3 });
    expect(after(action, 'applied', [before])).toEqual([
      { ...before, settings: { event: 'b.x' }, writtenAt: 50, fingerprints: { secretKey: 'f1', 'headers.x': 'h' } },
    ]);
  });

  test('is a new row where there was none', () => {
    expect(after(target(), 'applied', [])).toEqual([
      row('new:t', { firstOwnedAt: 50, writtenAt: 50, fingerprints: { secretKey: 'f1' } }),
    ]);
  });
});

describe('after the last reading', () => {
  test('a thing that is as desired keeps the row that says so already', () => {
    const before = [row('e1')];
    expect(settle(before, before, [part({ matched: [match()] }, 'target')], NOW)[0]).toBe(before[0]);
  });

  test.each([
    ['its settings changed', {}, match({ settings: { event: 'b.x' } })],
    ['a reading proved a fingerprint', {}, match({ fingerprints: { secretKey: 'f' } })],
    ['it was only announced', { pending: true }, match()],
  ])('its row is written anew when %s', (_, overrides, found) => {
    const before = [row('e1', overrides)];
    expect(settle(before, before, [part({ matched: [found] }, 'target')], NOW)).toEqual([
      row('e1', { settings: found.settings, writtenAt: 50, fingerprints: found.fingerprints ?? {} }),
    ]);
  });

  test('it takes over the row by which it was announced, with its dates and fingerprints', () => {
    const announced = row('new:t', { pending: true });
    const applied = withApplied([announced], [{ action: target(), status: 'applied' }], NOW);
    expect(settle([announced], applied, [part({ matched: [match({ row: 'new:t' })] }, 'target')], NOW)).toEqual([
      row('e1', { firstOwnedAt: 1, writtenAt: 50, fingerprints: { secretKey: 'f1' } }),
    ]);
  });

  test('one that is not in line yet keeps what rows it had, and gets none', () => {
    const open = match({ action: 'target:e1', row: 'new:t' });
    const before = [row('e1'), row('new:t', { pending: true })];
    expect(settle(before, before, [part({ matched: [open] }, 'target')], NOW)).toEqual(expect.arrayContaining(before));
    expect(settle([], [], [part({ matched: [open] }, 'target')], NOW)).toEqual([]);
  });

  test('a row that nothing matched goes, unless it is kept, of another installation, or of what was not read', () => {
    const gone = row('e2');
    const kept = row('e3');
    const theirs = row('e4', { instance: 'other' });
    const unread = owned('ep_1', { resource: 'endpoint' });
    const before = [gone, kept, theirs, unread];
    expect(settle(before, before, [part({ kept: new Set(['e3', 'ep_1']) }, 'target')], NOW)).toEqual([
      kept,
      theirs,
      unread,
    ]);
  });

  test('a version is recorded where the service keeps one', () => {
    const found: Match = { resource: 'subscription', key: 'a.x', settings: {}, version: 7 };
    expect(settle([], [], [part({ matched: [found] }, 'subscription')], NOW)).toEqual([
      owned('a.x', { firstOwnedAt: 50, writtenAt: 50, version: 7 }),
    ]);
  });
});

describe('a change of the ledger', () => {
  test('is what differs, and none when nothing does', () => {
    const stored = [row('e1'), row('e2')];
    expect(ledgerChange(stored, [row('e1'), row('e2')])).toBeUndefined();
    expect(ledgerChange(stored, [row('e1', { writtenAt: 9 }), row('e3')])).toEqual({
      put: [row('e1', { writtenAt: 9 }), row('e3')],
      forget: [{ resource: 'target', key: 'e2' }],
    });
  });

  test('knows things of the same key and another kind apart', () => {
    expect(ledgerChange([owned('a')], [owned('a', { resource: 'config' })])).toEqual({
      put: [owned('a', { resource: 'config' })],
      forget: [{ resource: 'subscription', key: 'a' }],
    });
    expect(merged([owned('a')], [owned('a', { writtenAt: 9 }), owned('b')])).toEqual([
      owned('a', { writtenAt: 9 }),
      owned('b'),
    ]);
  });
});
