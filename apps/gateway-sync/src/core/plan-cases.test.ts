import { describe, expect, test } from 'vitest';
import { MemoryLedger } from '../../test/support/memory-ledger.js';
import { fail, ModelServer } from '../../test/support/model-server.js';
import { planFor, planFrom } from '../../test/support/planning.js';
import { rows, run, statuses, unavailable, wants } from '../../test/support/reconciling.js';
import { entry, owned, owning, row, subscribed, tenant } from '../../test/support/values.js';
import { contradictions } from './desired.js';
import { judge } from './guard.js';
import { EMPTY_MEMORY } from './memory.js';
import type { Plan } from './plan.js';
import type { DesiredTenant, Guards, ObservedSubscription, Prune } from './state.js';

/**
 * The situations that systems which keep something in sync have got wrong, one test for each, as far as they concern
 * subscriptions and the run as a whole. The same numbers stand in the tests of delivery configs and endpoints.
 */

const told = ({ actions }: Plan) => actions.map(({ type, name, reason }) => `${type} ${name} ${reason}`);
const wanting = (events: readonly string[], more: Partial<Omit<DesiredTenant, 'guards'>> = {}) =>
  tenant({ ...more, subscriptions: wants(...events) });
const kept = ({ foreign }: Plan) => foreign.map(({ name, reason }) => `${name} ${reason}`);
const PRUNES: readonly Prune[] = ['none', 'owned', 'all'];

describe('what is to be there', () => {
  test('case 1: a tenant with nothing gets everything in one request', async () => {
    const server = new ModelServer(rows('a.x', 'b.x'));
    await run(wanting(['a.x', 'b.x']), server);
    expect(server.calls).toEqual(['read', 'write 2', 'read']);
  });

  test('case 2: what is there already is not written', () => {
    expect(told(planFor(wanting(['a.x', 'b.x']), [subscribed('a.x'), row('b.x')]))).toEqual(['create b.x missing']);
  });

  test('case 3: a tenant as desired is not written at all', async () => {
    const server = new ModelServer([subscribed('a.x')]);
    await run(wanting(['a.x']), server, {}, { ledger: new MemoryLedger() });
    expect(server.calls).toEqual(['read']);
  });

  test('case 4: after applying there is nothing left to plan', async () => {
    const desired = tenant({ prune: 'all', subscriptions: [entry('a.x', { excludedFields: ['name'] })] });
    const server = new ModelServer([row('a.x'), subscribed('b.x')]);
    await run(desired, server);
    expect(planFor(desired, [...server.rows.values()]).actions).toEqual([]);
  });
});

describe('what is not named', () => {
  test.each(PRUNES)('case 5: never touched, it stays so with prune: %s', (prune) => {
    expect(planFor(wanting([], { prune }), [row('a.x')], owning('a.x')).actions).toEqual([]);
  });

  test.each(PRUNES)('case 6: unsubscribed, it stays so with prune: %s', (prune) => {
    const observed = [row('a.x', { state: 'UNSUBSCRIBED', version: 3 })];
    expect(planFor(wanting([], { prune }), observed, owning('a.x')).actions).toEqual([]);
  });

  test('case 7: ours, it is unsubscribed', () => {
    expect(told(planFor(wanting([]), [subscribed('a.x')], owning('a.x')))).toEqual(['delete a.x removed']);
  });

  test('case 8: ours, it is left and reported where nothing is pruned', () => {
    const plan = planFor(wanting([], { prune: 'none' }), [subscribed('a.x')], owning('a.x'));
    expect([told(plan), kept(plan)]).toEqual([[], ['a.x prune-none']]);
  });

  test('case 9: not ours, it is left and reported', () => {
    const plan = planFor(wanting([]), [subscribed('a.x')], owning('b.x'));
    expect([told(plan), kept(plan)]).toEqual([[], ['a.x not-owned']]);
  });
});

describe('ownership', () => {
  test('case 10: what fits already becomes ours without a write', async () => {
    const ledger = new MemoryLedger();
    const server = new ModelServer([subscribed('a.x')]);
    await run(wanting(['a.x']), server, {}, { ledger });
    expect([server.written, ledger.keys()]).toEqual([[], ['a.x']]);
  });

  test('case 11: what another installation owns is refused, and the message names it and the way to take it over', () => {
    const theirs = { owned: [owned('a.x', { instance: 'berlin' })] };
    for (const observed of [[row('a.x')], [subscribed('a.x')]]) {
      const plan = planFor(wanting(['a.x']), observed, theirs);
      expect(plan.actions).toEqual([]);
      expect(plan.problems).toMatchObject([
        { severity: 'error', kind: 'owned-elsewhere', message: expect.stringMatching(/berlin; gateway-sync adopt/) },
      ]);
    }
    expect(kept(planFor(wanting([]), [subscribed('a.x')], theirs))).toEqual(['a.x owned-elsewhere']);
  });

  test('case 12: taken over, it changes hands in the ledger and is not written', () => {
    const plan = planFor(wanting(['a.x']), [subscribed('a.x')], owning('a.x'));
    expect([told(plan), plan.problems]).toEqual([[], []]);
  });
});

const having = (excludedFields: string[]) => [subscribed('a.x', { excludedFields })];
const excluding = (excludedFields?: string[]) =>
  tenant({ subscriptions: [entry('a.x', excludedFields ? { excludedFields } : {})] });

describe('what the file says twice, or differently', () => {
  test('case 13: equal entries are one, contradictory ones are an error that names both', () => {
    const twice = wanting(['a.x', 'a.x']);
    expect(told(planFor(twice, [row('a.x')]))).toEqual(['create a.x missing']);
    const one = entry('a.x', { excludedFields: ['name'], place: 'f:1:1' });
    const other = entry('A.X', { excludedFields: [], place: 'f:2:1' });
    expect(contradictions([one, other])).toMatchObject([{ severity: 'error', places: ['f:1:1', 'f:2:1'] }]);
    expect(planFor(tenant({ subscriptions: [one, other] }), [row('a.x')]).actions).toEqual([]);
  });

  test('case 14: the order of entries and rows makes no difference', () => {
    const there = [subscribed('c.x'), row('a.x'), row('b.x')];
    const plan = planFor(wanting(['a.x', 'b.x'], { prune: 'all' }), there);
    expect(planFor(wanting(['b.x', 'a.x'], { prune: 'all' }), there.toReversed())).toMatchObject({
      actions: plan.actions,
      checksum: plan.checksum,
    });
  });

  test('case 15: case and spaces around an event type make no difference', () => {
    expect(told(planFor(wanting([' A.X ']), [subscribed('a.x')]))).toEqual([]);
  });

  test('case 16: no excluded fields, an empty list and a list are three things; the order of a list is none', () => {
    expect(told(planFor(excluding(), having(['name'])))).toEqual([]);
    expect(told(planFor(excluding([]), having(['name'])))).toEqual(['update a.x changed']);
    expect(told(planFor(excluding(['id', 'name']), having(['name', 'id'])))).toEqual([]);
  });

  test('case 17: what the file does not say is not reset', () => {
    const [action] = planFor(excluding(), [row('a.x', { excludedFields: ['name'] })]).actions;
    expect(action?.after).toMatchObject({ excludedFields: ['name'] });
  });

  test.each([
    ['changed', ['id'], ['name']],
    ['added', [], ['name']],
    ['removed', ['name'], []],
  ])('case 18: a field that was %s is an update', (_, before, after) => {
    expect(told(planFor(excluding(after), having(before)))).toEqual(['update a.x changed']);
  });

  test('case 28: an event type that the catalogue lacks is an error with what may have been meant', () => {
    const plan = planFor(wanting(['order.creatd']), [row('order.created')]);
    expect(plan.problems).toMatchObject([{ severity: 'error', kind: 'unknown-event', nearest: ['order.created'] }]);
  });
});

const verdicts = (desired: DesiredTenant, observed: readonly ObservedSubscription[], incomplete?: string) => {
  const observation = { subscriptions: observed, ...(incomplete !== undefined && { incomplete }) };
  const plan = planFrom(desired, observation, owning(...observed.map(({ eventType }) => eventType)));
  return judge({ tenant: desired, plan, observation, memory: EMPTY_MEMORY }).map(({ guard }) => guard);
};
const many = (count: number) => Array.from({ length: count }, (_, index) => subscribed(`${index}.x`));
const keeping = (count: number, of: number, guards: Partial<Guards> = {}) =>
  verdicts(
    tenant({
      subscriptions: many(of)
        .slice(of - count)
        .map(({ eventType }) => entry(eventType)),
      guards,
    }),
    many(of),
  );

describe('what must not be removed', () => {
  test('case 21: everything, because the file wants nothing', () => {
    expect(verdicts(tenant(), many(3))).toEqual(['empty-desired']);
  });

  test('case 22: unless that is meant', () => {
    expect(verdicts(tenant({ guards: { allowEmpty: true } }), many(3))).toEqual([]);
  });

  test('case 23: more than the percentage; exactly as much may go', () => {
    expect([keeping(7, 10), keeping(6, 10)]).toEqual([[], ['prune-percent']]);
  });

  test('case 24: the percentage says nothing of a few', () => {
    expect([keeping(1, 9), keeping(1, 9, { minSubscriptions: 9 })]).toEqual([[], ['prune-percent']]);
  });

  test('case 25: what a tenant says of itself counts', () => {
    expect(keeping(6, 10, { maxPrunePercent: 40 })).toEqual([]);
  });

  test('case 26: protected event types, whatever else is allowed', () => {
    expect(keeping(9, 10, { protect: ['0.*'], allowEmpty: true, maxPrunePercent: 100 })).toEqual(['protected-event']);
  });

  test('case 27: anything, on the strength of a reading that lacks something', async () => {
    expect(verdicts(tenant({ subscriptions: wants('0.x', '1.x', '2.x') }), many(4), 'cut')).toEqual([
      'incomplete-read',
    ]);
    const server = new ModelServer(many(4), { onRead: () => fail(unavailable()) });
    await run(tenant({ prune: 'all' }), server);
    expect(server.written).toEqual([]);
  });
});

describe('a run', () => {
  const desired = wanting(['a.x', 'b.x']);

  test('case 37: reads and plans again when a version has moved, and that is no error', async () => {
    const server = new ModelServer([row('a.x', { state: 'UNSUBSCRIBED', version: 1 }), row('b.x')], {
      onWrite: (n, self) => (n === 1 ? self.touch('a.x') : undefined),
    });
    expect(await run(desired, server)).toMatchObject({ outcome: 'changed', transient: false });
  });

  test('case 38: gives up when it moves each time, and says that somebody else writes', async () => {
    const server = new ModelServer([row('a.x', { state: 'UNSUBSCRIBED', version: 1 }), row('b.x')], {
      onWrite: (_, self) => self.touch('a.x'),
    });
    expect(await run(desired, server)).toMatchObject({ outcome: 'partial', error: { name: 'ContentionError' } });
  });

  test('case 39: applies all but the item that is refused, and does not send that one again', async () => {
    const server = new ModelServer(rows('a.x', 'b.x'), {
      onItem: ({ eventType }) => (eventType === 'a.x' ? { code: 400 } : undefined),
    });
    const { memory } = await run(desired, server);
    const second = await run(desired, server, { memory });
    expect([server.written.length, statuses(second)]).toEqual([1, ['a.x rejected']]);
  });

  test('case 42: is withheld after three times in which nothing came of the same plan', async () => {
    const server = new ModelServer(rows('a.x', 'b.x'), { onItem: () => 'drop' });
    let { memory } = await run(desired, server);
    for (let times = 2; times <= 3; times++) ({ memory } = await run(desired, server, { memory }));
    const fourth = await run(desired, server, { memory });
    expect(fourth).toMatchObject({ outcome: 'blocked', verdicts: [{ guard: 'not-converging' }], calls: { writes: 0 } });
  });

  test('case 43: only looks where nothing is to be enforced, and says so', async () => {
    const server = new ModelServer(rows('a.x', 'b.x'));
    expect(await run({ ...desired, mode: 'observe' }, server)).toMatchObject({ outcome: 'drifted', mode: 'observe' });
    expect(server.written).toEqual([]);
  });

  test('case 49: puts drift right after a run that failed, although the file is the same', async () => {
    const server = new ModelServer(rows('a.x', 'b.x'), { onWrite: (n) => (n === 1 ? fail(unavailable()) : undefined) });
    const first = await run(desired, server);
    expect(first.outcome).toBe('failed');
    server.touch('b.x', { state: 'UNSUBSCRIBED' });
    expect(await run(desired, server, { memory: first.memory })).toMatchObject({ outcome: 'changed' });
  });

  test('case 50: works with what the file says now, not with what it said when the first try failed', async () => {
    const server = new ModelServer(rows('a.x', 'b.x'), { onWrite: (n) => (n === 1 ? fail(unavailable()) : undefined) });
    const { memory } = await run(desired, server);
    await run(wanting(['b.x']), server, { memory });
    expect(Object.keys(server.subscriptions())).toEqual(['b.x']);
  });

  test('case 51: refuses when the plan is no longer the one that was reviewed', async () => {
    const server = new ModelServer(rows('a.x', 'b.x'));
    const reviewed = (await run(desired, server, { dryRun: true })).plan?.checksum ?? '';
    server.touch('a.x', { state: 'SUBSCRIBED' });
    const refused = await run(desired, server, { expectedChecksum: reviewed });
    expect(refused).toMatchObject({ outcome: 'blocked', verdicts: [{ guard: 'plan-changed' }], calls: { writes: 0 } });

    server.touch('a.x', { state: 'UNSUBSCRIBED' });
    expect(await run(desired, server, { expectedChecksum: reviewed })).toMatchObject({ outcome: 'changed' });
  });
});

test('case 19: what the file does not speak of is untouched by every policy that may not prune it', () => {
  const observed = [row('a.x'), subscribed('theirs.x', { excludedFields: ['name'] })];
  for (const prune of ['none', 'owned'] as const) {
    expect(told(planFor(wanting(['a.x'], { prune }), observed, owning()))).toEqual(['create a.x missing']);
  }
});
