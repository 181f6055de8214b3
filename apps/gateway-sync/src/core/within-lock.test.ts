import { describe, expect, test } from 'vitest';
import { planFor, planFrom, subscriptionActions } from '../../test/support/planning.js';
import { entry, owning, row, subscribed, tenant } from '../../test/support/values.js';
import { resolveDesired } from './desired.js';
import { NOTHING_LOCKED, type LockedGlobs } from './lock.js';
import type { ObservedSubscription, SubscriptionEntry } from './state.js';

const lockOf = (globs: Readonly<Record<string, readonly string[]>>): LockedGlobs => new Map(Object.entries(globs));

/** Keys that are wanted and withheld, and what is told, of a tenant with this lock. */
function resolved(
  entries: readonly SubscriptionEntry[],
  rows: readonly ObservedSubscription[],
  lock: LockedGlobs = NOTHING_LOCKED,
) {
  const { wanted, withheld, problems } = resolveDesired(entries, rows, { tenant: 'acme', lock });
  return {
    wanted: [...wanted.keys()],
    withheld: [...withheld],
    told: problems.map(({ severity, kind, places }) => `${severity} ${kind} ${places.join()}`),
  };
}

const orders = [row('order.created'), row('order.deleted')];
const glob = (event: string, overrides: Partial<SubscriptionEntry> = {}) =>
  entry(event, { place: 'f:1', ...overrides });

describe('a glob with a lock', () => {
  test('means the event types of its lock, whatever else it matches', () => {
    const lock = lockOf({ 'order.*': ['order.created'] });
    expect(resolved([glob('order.*')], orders, lock)).toEqual({
      wanted: ['order.created'],
      withheld: ['order.deleted'],
      told: ['warning new-event-type f:1'],
    });
    expect(resolved([glob('order.*')], orders, lockOf({ 'order.*': ['order.created', 'order.deleted'] }))).toEqual({
      wanted: ['order.created', 'order.deleted'],
      withheld: [],
      told: [],
    });
  });

  test('is found in the lock whatever its case', () => {
    const lock = lockOf({ 'order.*': ['order.created'] });
    expect(resolved([glob(' Order.* ')], [row('ORDER.Created')], lock).wanted).toEqual(['order.created']);
  });

  test('never means what it does not match, even if the lock says so', () => {
    const lock = lockOf({ 'order.*': ['order.created', 'product.created'] });
    expect(resolved([glob('order.*')], [row('order.created'), row('product.created')], lock)).toEqual({
      wanted: ['order.created'],
      withheld: [],
      told: [],
    });
  });

  test('says which event types it is kept from, and the command that accepts them', () => {
    const { problems } = resolveDesired([glob('order.*')], orders, { tenant: 'acme', lock: lockOf({ 'order.*': [] }) });
    expect(problems).toEqual([
      {
        severity: 'warning',
        kind: 'new-event-type',
        message:
          'order.* matches order.created, order.deleted, which the lock file does not have, so they are left as found; gateway-sync lock --tenant acme accepts them',
        places: ['f:1'],
        nearest: [],
      },
    ]);
  });

  test('says which event types of the lock the catalogue no longer has', () => {
    const lock = lockOf({ 'order.*': ['order.archived', 'order.created', 'order.deleted'] });
    const { problems } = resolveDesired([glob('order.*')], orders, { tenant: 'acme', lock });
    expect(problems).toEqual([
      {
        severity: 'warning',
        kind: 'gone-event-type',
        message:
          'the catalogue no longer has order.archived, which the lock file has for order.*; gateway-sync lock --tenant acme drops it',
        places: ['f:1'],
        nearest: [],
      },
    ]);
  });

  test('does not hold back what a name or another glob wants', () => {
    const lock = lockOf({ 'order.*': ['order.created'], '*.deleted': ['order.deleted'] });
    const settled = { wanted: ['order.created', 'order.deleted'], withheld: [], told: [] };
    expect(resolved([glob('order.*'), entry('order.deleted')], orders, lock)).toEqual(settled);
    expect(resolved([glob('order.*'), glob('*.deleted')], orders, lock)).toEqual(settled);
  });

  test('that the lock does not have means nothing, and is an error that names all of them', () => {
    const rows = [...orders, row('cart.updated')];
    const entries = [glob('order.*'), glob('cart.*', { place: 'f:2' }), entry('order.created')];
    expect(resolved(entries, rows)).toEqual({
      wanted: ['order.created'],
      withheld: ['order.deleted', 'cart.updated'],
      told: ['error not-locked f:1,f:2'],
    });
  });
});

test('without a lock a glob means what the catalogue has', () => {
  expect([...resolveDesired([glob('order.*')], orders, { tenant: 'acme' }).wanted.keys()]).toEqual([
    'order.created',
    'order.deleted',
  ]);
});

const locked = (event: string, globs: Readonly<Record<string, readonly string[]>>) =>
  tenant({ subscriptions: [entry(event)], lock: lockOf(globs), prune: 'all' });
const told = (plan: ReturnType<typeof planFor>) =>
  subscriptionActions(plan).map(({ type, eventType }) => `${type} ${eventType}`);

describe('what is planned with a lock', () => {
  test('a new event type is no drift', () => {
    const desired = locked('order.*', { 'order.*': ['order.created'] });
    expect(planFor(desired, [subscribed('order.created'), row('order.deleted')])).toMatchObject({
      actions: [],
      unchanged: 1,
    });
  });

  test('an event type that is subscribed and not in the lock stays, whoever subscribed it', () => {
    const desired = locked('order.*', { 'order.*': ['order.created'] });
    const rows = [subscribed('order.created'), subscribed('order.deleted')];
    expect(told(planFor(desired, rows, owning('order.created', 'order.deleted')))).toEqual([]);
    expect(told(planFor(desired, rows, owning('order.created')))).toEqual([]);
  });

  test('a glob that was changed removes nothing before the lock has it, and then what it no longer names', () => {
    const rows = [subscribed('order.created'), subscribed('order.deleted')];
    const ours = owning('order.created', 'order.deleted');
    const changed = locked('*.created', { 'order.*': ['order.created', 'order.deleted'] });
    expect(told(planFor(changed, rows, ours))).toEqual([]);
    const accepted = locked('*.created', { '*.created': ['order.created'] });
    expect(told(planFor(accepted, rows, ours))).toEqual(['delete order.deleted']);
  });

  test('of a reading that may lack something nothing is said to be gone', () => {
    const desired = locked('order.*', { 'order.*': ['order.created', 'order.deleted'] });
    const kinds = (incomplete?: string) =>
      planTold({ subscriptions: [row('order.created')], ...(incomplete && { incomplete }) });
    const planTold = (observation: Parameters<typeof planFrom>[1]) =>
      planFrom(desired, observation).problems.map(({ kind }) => kind);
    expect([kinds(), kinds('cut off')]).toEqual([['gone-event-type'], []]);
  });
});
