import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MemoryLedger } from '../../test/support/memory-ledger.js';
import { ModelServer } from '../../test/support/model-server.js';
import { planFor, subscriptionActions } from '../../test/support/planning.js';
import { run } from '../../test/support/reconciling.js';
import { entry, owned, QUOTA_POLICY, row, subscribed, tenant } from '../../test/support/values.js';
import { globMatcher } from './glob.js';
import type { Plan } from './plan.js';
import { eventKey, type DesiredTenant } from './state.js';

const EVENTS = ['cart.updated', 'order.created', 'order.deleted', 'Product.Updated', 'quote.created', 'site.created'];
const PRIORITIES = fc.option(fc.integer({ min: 0, max: 9 }), { nil: undefined });

const entries = fc
  .uniqueArray(
    fc.record({ event: fc.constantFrom(...EVENTS, '*', 'order.*'), priority: PRIORITIES, fields: fc.boolean() }),
    {
      selector: ({ event }) => event,
      maxLength: 6,
    },
  )
  .map((wishes) =>
    wishes.map(({ event, priority, fields }) =>
      entry(event, { ...(priority !== undefined && { priority }), ...(fields && { excludedFields: ['name'] }) }),
    ),
  );
const situation = fc.record({
  entries,
  live: fc.subarray(EVENTS),
  ours: fc.subarray(EVENTS),
  protect: fc.subarray(['order.created', 'quote.*']),
  prune: fc.constantFrom('none' as const, 'owned' as const, 'all' as const),
  priority: fc.integer({ min: 1, max: 9 }),
});
type Situation = typeof situation extends fc.Arbitrary<infer T> ? T : never;

const shedOf = (priority: number) => ({ month: '1970-01', at: 90, priority, since: 0 });

function desiredOf({ entries: subscriptions, protect, prune, priority }: Situation): DesiredTenant {
  const guards = { protect, maxPrunePercent: 100, allowEmpty: true };
  return tenant({
    subscriptions,
    guards,
    prune,
    quota: { ...QUOTA_POLICY, shed: 'enforce', ladder: [{ at: 90, priority }] },
  });
}

const observed = ({ live }: Situation) =>
  EVENTS.map((event) => (live.includes(event) ? subscribed(event) : row(event)));
const rowsOf = ({ ours }: Situation) => ours.map((event) => owned(eventKey(event)));

/** The event types that are given up with this rung. */
function givenUp(from: Situation, priority = from.priority): readonly string[] {
  const plan = planFor(desiredOf(from), observed(from), { owned: rowsOf(from), shed: shedOf(priority) });
  return plan.givenUp?.eventTypes ?? [];
}

/** Protected event types that the file does not name are for the guard, which withholds the plan as a whole. */
function isWithheld(from: Situation): boolean {
  const protectedBy = from.protect.map((pattern) => globMatcher(pattern));
  return subscriptionActions(planFor(desiredOf(from), observed(from), { owned: rowsOf(from) })).some(
    ({ type, eventType }) => type === 'delete' && protectedBy.some((matches) => matches(eventType)),
  );
}

const effects = (plan: Plan) =>
  subscriptionActions(plan).map(({ id, type, reason, after }) => ({ id, told: [type, reason, after] }));

const law = (check: (from: Situation) => void | Promise<void>) => () =>
  fc.assert(
    fc.asyncProperty(situation, async (from) => check(from)),
    { numRuns: 300 },
  );

describe('what the quota gives up', () => {
  test(
    'grows with the rung, and never loses an event type on the way',
    law((from) => {
      for (let priority = 9; priority > 1; priority--) {
        expect(givenUp(from, priority - 1)).toEqual(expect.arrayContaining([...givenUp(from, priority)]));
      }
    }),
  );

  test(
    'is never protected, of priority 0 or without a priority',
    law((from) => {
      const silent = from.entries.map(({ event }) => entry(event));
      expect(givenUp({ ...from, entries: silent })).toEqual([]);
      const never = from.entries.map((one) => ({ ...one, priority: 0 }));
      expect(givenUp({ ...from, entries: never })).toEqual([]);
      const protectedBy = from.protect.map((pattern) => globMatcher(pattern));
      expect(givenUp(from, 1).filter((event) => protectedBy.some((matches) => matches(event)))).toEqual([]);
    }),
  );

  test(
    'does not depend on the order of the file and of the catalogue',
    law((from) => {
      const known = { owned: rowsOf(from), shed: shedOf(from.priority) };
      const plan = planFor(desiredOf(from), observed(from), known);
      const other = planFor(desiredOf({ ...from, entries: from.entries.toReversed() }), observed(from).toReversed(), {
        ...known,
        owned: rowsOf(from).toReversed(),
      });
      expect([other.checksum, effects(other), other.givenUp]).toEqual([plan.checksum, effects(plan), plan.givenUp]);
    }),
  );

  test(
    'touches nothing that would not be touched or wanted anyway',
    law((from) => {
      const known = { owned: rowsOf(from) };
      const without = effects(planFor(desiredOf(from), observed(from), known));
      const plan = planFor(desiredOf(from), observed(from), { ...known, shed: shedOf(from.priority) });
      const names = new Set((plan.givenUp?.eventTypes ?? []).map((event) => `subscription:${eventKey(event)}`));
      expect(effects(plan).filter(({ id }) => !names.has(id))).toEqual(without.filter(({ id }) => !names.has(id)));
    }),
  );

  test(
    'is given up in one run, left alone by the next, and brought back exactly',
    law(async (from) => {
      fc.pre(!isWithheld(from));
      const desired = desiredOf(from);
      const plain = new ModelServer(observed(from));
      await run(desired, plain, {}, { ledger: new MemoryLedger(rowsOf(from)) });

      const ledger = new MemoryLedger(rowsOf(from));
      const server = new ModelServer(observed(from));
      const shed = shedOf(from.priority);
      await run(desired, server, { shed }, { ledger });
      const gone = new Set(givenUp(from));
      expect(Object.keys(server.subscriptions()).toSorted()).toEqual(
        Object.keys(plain.subscriptions())
          .filter((event) => !gone.has(event))
          .toSorted(),
      );
      const again = await run(desired, server, { shed }, { ledger });
      expect([again.drift, again.shed]).toEqual([0, gone.size]);

      const back = await run(desired, server, {}, { ledger });
      expect(
        subscriptionActions(back.plan ?? planFor(tenant(), [])).map(({ eventType, reason }) => [eventType, reason]),
      ).toEqual([...gone].toSorted((a, b) => (eventKey(a) < eventKey(b) ? -1 : 1)).map((event) => [event, 'restore']));
      expect(server.subscriptions()).toEqual(plain.subscriptions());
      expect(await run(desired, server, {}, { ledger })).toMatchObject({ drift: 0, calls: { writes: 0 } });
      expect(ledger.rows.filter(({ settings }) => 'shed' in settings)).toEqual([]);
    }),
  );
});
