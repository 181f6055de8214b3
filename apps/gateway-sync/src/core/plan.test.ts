import { describe, expect, test } from 'vitest';
import { planFor as plan, subscriptionActions } from '../../test/support/planning.js';
import { entry, owned, owning, row, subscribed, tenant } from '../../test/support/values.js';
import type { Plan } from './plan.js';
import type { DesiredTenant } from './state.js';

/** Actions as `type name reason`. */
const told = ({ actions }: Plan) => actions.map(({ type, name, reason }) => `${type} ${name} ${reason}`);
const wants = (...events: string[]) => events.map((event) => entry(event));

describe('what is missing', () => {
  test('a tenant with nothing subscribed gets everything the file names', () => {
    expect(told(plan(tenant({ subscriptions: wants('b.x', 'a.x') }), [row('a.x'), row('b.x'), row('c.x')]))).toEqual([
      'create a.x missing',
      'create b.x missing',
    ]);
  });

  test('what is subscribed already is left alone', () => {
    const result = plan(tenant({ subscriptions: wants('a.x', 'b.x') }), [subscribed('a.x'), row('b.x')]);
    expect(told(result)).toEqual(['create b.x missing']);
    expect(result).toMatchObject({ managed: { subscription: 2 }, unchanged: 1 });
  });

  test('a tenant as desired has an empty plan', () => {
    expect(told(plan(tenant({ subscriptions: wants('a.x') }), [subscribed('a.x'), row('b.x')]))).toEqual([]);
  });

  test('never touched and unsubscribed are the same: neither is unsubscribed, both are subscribed', () => {
    const off = [row('a.x', { state: 'NONE' }), row('b.x', { state: 'UNSUBSCRIBED', version: 4 })];
    expect(told(plan(tenant({ prune: 'all' }), off))).toEqual([]);
    const actions = subscriptionActions(plan(tenant({ subscriptions: wants('*') }), off));
    expect(actions.map(({ before, version }) => [before.state, version])).toEqual([
      ['UNSUBSCRIBED', undefined],
      ['UNSUBSCRIBED', 4],
    ]);
  });

  test('an action carries everything about it', () => {
    const desired = tenant({ subscriptions: [entry('a.x', { excludedFields: ['name'] })] });
    expect(plan(desired, [subscribed('A.x', { version: 7, excludedFields: ['id'] })]).actions).toEqual([
      {
        resource: 'subscription',
        type: 'update',
        id: 'subscription:a.x',
        name: 'A.x',
        eventType: 'A.x',
        reason: 'changed',
        step: 'subscribe',
        row: { key: 'a.x', settings: { excludedFields: ['name'] } },
        before: { state: 'SUBSCRIBED', excludedFields: ['id'] },
        after: { state: 'SUBSCRIBED', excludedFields: ['name'] },
        version: 7,
        fieldsToUnsubscribe: ['name'],
        fieldsToSubscribe: ['id'],
      },
    ]);
  });
});

const having = (excludedFields: string[]) => [subscribed('a.x', { excludedFields })];

const excluding = (excludedFields: string[] | undefined) =>
  tenant({ subscriptions: [entry('a.x', excludedFields ? { excludedFields } : {})] });

test('a priority is kept, and changes nothing while the quota asks for nothing', () => {
  const subscriptions = [entry('a.x', { priority: 2 }), entry('b.x')];
  const result = plan(tenant({ subscriptions }), [subscribed('a.x'), subscribed('b.x')]);
  expect([result.problems, told(result)]).toEqual([[], []]);
});

describe('excluded fields', () => {
  test('left out of the file they are not managed', () => {
    expect(told(plan(excluding(undefined), having(['name'])))).toEqual([]);
  });

  test('an empty list excludes nothing', () => {
    expect(plan(excluding([]), having(['name'])).actions).toMatchObject([
      { type: 'update', fieldsToUnsubscribe: [], fieldsToSubscribe: ['name'] },
    ]);
  });

  test('their order makes no difference', () => {
    expect(told(plan(excluding(['name', 'id']), having(['id', 'name'])))).toEqual([]);
  });

  test('only the fields that differ are sent, sorted', () => {
    expect(plan(excluding(['name', 'id']), having(['name', 'description'])).actions).toMatchObject([
      { fieldsToUnsubscribe: ['id'], fieldsToSubscribe: ['description'] },
    ]);
  });

  test('unmanaged ones stay when an event type is subscribed again', () => {
    expect(plan(excluding(undefined), [row('a.x', { excludedFields: ['name'] })]).actions).toMatchObject([
      { type: 'create', after: { excludedFields: ['name'] }, fieldsToUnsubscribe: [], fieldsToSubscribe: [] },
    ]);
  });
});

const pruning = (prune: DesiredTenant['prune']) => tenant({ prune, subscriptions: wants('wanted.x') });

describe('what the file does not name', () => {
  const observed = [subscribed('mine.x'), subscribed('theirs.x'), subscribed('wanted.x')];

  test('is left alone and listed with prune: none', () => {
    const result = plan(pruning('none'), observed, owning('mine.x'));
    expect(told(result)).toEqual([]);
    expect(result.foreign).toEqual([
      { resource: 'subscription', name: 'mine.x', reason: 'prune-none' },
      { resource: 'subscription', name: 'theirs.x', reason: 'prune-none' },
    ]);
  });

  test('is removed with prune: owned if the ledger says we subscribed it', () => {
    const result = plan(pruning('owned'), observed, owning('mine.x'));
    expect(told(result)).toEqual(['delete mine.x removed']);
    expect(result.foreign).toEqual([{ resource: 'subscription', name: 'theirs.x', reason: 'not-owned' }]);
  });

  test('is never removed with prune: owned and no ledger, and the plan says so', () => {
    const result = plan(pruning('owned'), observed);
    expect(told(result)).toEqual([]);
    expect(result.foreign.map(({ reason }) => reason)).toEqual(['no-ledger', 'no-ledger']);
    expect(result.problems).toMatchObject([{ severity: 'note', kind: 'nothing-owned' }]);
  });

  test('is removed with prune: all, ours or not', () => {
    const result = plan(pruning('all'), observed, owning('mine.x'));
    expect(told(result)).toEqual(['delete mine.x removed', 'delete theirs.x drift']);
    expect(result.foreign).toEqual([]);
  });

  test('is not removed while an entry of the file is unclear', () => {
    const result = plan(tenant({ prune: 'all', subscriptions: wants('wanted.x', 'mine.y') }), observed);
    expect(told(result)).toEqual([]);
    expect(result.foreign.map(({ reason }) => reason)).toEqual(['unresolved', 'unresolved']);
    expect(result.problems.map(({ kind }) => kind)).toEqual(['unknown-event', 'removals-kept']);
    expect(result.problems.at(-1)?.message).toMatch(/^2 removals wait until /);
    const single = plan(tenant({ prune: 'all', subscriptions: wants('mine.y') }), observed.slice(0, 1));
    expect(single.problems.at(-1)?.message).toMatch(/^1 removal waits until /);
  });

  test('is not touched where the file contradicts itself', () => {
    const subscriptions = [entry('m*', { excludedFields: [] }), entry('*e.x', { excludedFields: ['name'] })];
    const result = plan(tenant({ prune: 'all', subscriptions }), [subscribed('mine.x', { excludedFields: ['id'] })]);
    expect(result).toMatchObject({ actions: [], foreign: [] });
  });
});

describe('the reason of an action', () => {
  const desired = tenant({ subscriptions: [entry('a.x', { excludedFields: ['name'] })] });

  test('is drift when the ledger says it was on', () => {
    expect(told(plan(desired, [row('a.x')], owning('a.x')))).toEqual(['create a.x drift']);
  });

  test('is drift when it was as desired in an earlier reading', () => {
    const seen = [owned('a.x', { settings: { excludedFields: ['name'] } })];
    expect(told(plan(desired, [subscribed('a.x')], { seen }))).toEqual(['update a.x drift']);
  });

  test('is changed when the file asks for other fields than we applied', () => {
    const ledger = { owned: [owned('a.x', { settings: { excludedFields: ['id'] } })] };
    expect(told(plan(desired, [subscribed('a.x', { excludedFields: ['id'] })], ledger))).toEqual([
      'update a.x changed',
    ]);
  });
});

describe('order', () => {
  test('removals come last, each kind by event type', () => {
    const observed = [subscribed('b.x'), subscribed('a.x'), row('d.x'), row('c.x')];
    expect(told(plan(tenant({ prune: 'all', subscriptions: wants('d.x', 'c.x') }), observed))).toEqual([
      'create c.x missing',
      'create d.x missing',
      'delete a.x removed',
      'delete b.x removed',
    ]);
  });
});
