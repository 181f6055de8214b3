import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ModelServer } from '../../test/support/model-server.js';
import { planFor, subscriptionActions } from '../../test/support/planning.js';
import { entry, owned as ownedRow, tenant } from '../../test/support/values.js';
import { resolveDesired } from './desired.js';
import type { Answer } from './judge-answer.js';
import type { LockedGlobs } from './lock.js';
import type { OwnedThings } from './ledger.js';
import type { Plan } from './plan.js';
import { send } from './send.js';
import { eventKey, isSubscribed, type DesiredTenant, type ObservedSubscription, type Prune } from './state.js';

const FIELDS = ['id', 'name', 'description', 'Total'];
const EVENTS = [
  'cart.updated',
  'order.created',
  'order.deleted',
  'product.created',
  'Product.Updated',
  'site.site-created',
];
const GLOBS = ['*', 'order.*', '*.created', '{cart,site}.*', 'nothing.*'];
const fields = fc.subarray(FIELDS);
const PRUNES: readonly Prune[] = ['none', 'owned', 'all'];

const rowOf = (eventType: string) =>
  fc
    .record({
      state: fc.constantFrom('SUBSCRIBED' as const, 'UNSUBSCRIBED' as const, 'NONE' as const),
      excludedFields: fields,
      version: fc.integer({ min: 1, max: 9 }),
    })
    .map(({ state, excludedFields, version }): ObservedSubscription => {
      return state === 'NONE'
        ? { eventType, state, fields: FIELDS, excludedFields: [] }
        : { eventType, state, fields: FIELDS, excludedFields, version };
    });

const catalogue = fc.subarray(EVENTS).chain((events) => fc.tuple(...events.map(rowOf)));
const exactEntry = fc
  .record({ event: fc.constantFrom(...EVENTS), excludedFields: fc.option(fields, { nil: undefined }) })
  .map(({ event, excludedFields }) => entry(event, excludedFields ? { excludedFields } : {}));
const globEntry = fc.constantFrom(...GLOBS).map((event) => entry(event));
const entries = fc.uniqueArray(fc.oneof(exactEntry, globEntry), { selector: ({ event }) => event, maxLength: 6 });
const ledger: fc.Arbitrary<OwnedThings | undefined> = fc.option(
  fc.subarray(EVENTS).map((events) => events.map((event) => ownedRow(eventKey(event)))),
  { nil: undefined },
);
const lock: fc.Arbitrary<LockedGlobs | undefined> = fc.option(
  fc.subarray(GLOBS).chain((globs) => {
    const types = fc.subarray([...EVENTS, 'gone.event'].map(eventKey));
    return fc.tuple(...globs.map((glob) => types.map((some) => [glob, some] as const))).map((all) => new Map(all));
  }),
  { nil: undefined },
);
const situation = fc.record({
  observed: catalogue,
  entries,
  owned: ledger,
  prune: fc.constantFrom(...PRUNES),
  lock,
});
type Situation = typeof situation extends fc.Arbitrary<infer T> ? T : never;

function desiredOf({
  entries: subscriptions,
  prune,
  lock: globs,
}: Pick<Situation, 'entries' | 'prune' | 'lock'>): DesiredTenant {
  return tenant({ subscriptions, prune, ...(globs && { lock: globs }) });
}

function planOf(from: Situation, observed: readonly ObservedSubscription[] = from.observed): Plan {
  return planFor(desiredOf(from), observed, from.owned ? { owned: from.owned } : {});
}

async function applied(from: Situation, plan: Plan): Promise<ModelServer> {
  const server = new ModelServer(from.observed);
  const answers: Answer[] = [];
  await send(plan.actions, server, new AbortController().signal, (_, answer) => answers.push(answer));
  expect(answers).toEqual(plan.actions.map(() => ({ code: 200 })));
  return server;
}

/** Holds in 500 situations. */
const law = (check: (from: Situation) => void | Promise<void>) => () =>
  fc.assert(
    fc.asyncProperty(situation, async (from) => check(from)),
    { numRuns: 500 },
  );

const removed = (plan: Plan) => plan.actions.filter(({ type }) => type === 'delete').map(({ name }) => name);

/** What a plan does, without versions, reasons and case. */
function effects(plan: Plan): string {
  return JSON.stringify(
    subscriptionActions(plan).map(({ type, eventType, before, after }) => [type, eventKey(eventType), before, after]),
  );
}

describe('laws of planning', () => {
  test(
    'after a plan is applied there is nothing left to plan',
    law(async (from) => {
      const server = await applied(from, planOf(from));
      expect(planOf(from, [...server.rows.values()]).actions).toEqual([]);
    }),
  );

  test(
    'the order of entries, rows and fields makes no difference, to the checksum either',
    law((from) => {
      const turned: Situation = {
        ...from,
        entries: from.entries
          .map((one) => (one.excludedFields ? { ...one, excludedFields: one.excludedFields.toReversed() } : one))
          .toReversed(),
        observed: from.observed
          .map((one) => ({ ...one, excludedFields: one.excludedFields.toReversed() }))
          .toReversed(),
      };
      const [plan, other] = [planOf(from), planOf(turned)];
      expect({ ...other, problems: [] }).toEqual({ ...plan, problems: [] });
      expect(new Set(other.problems)).toEqual(new Set(plan.problems));
    }),
  );

  test(
    'nothing is touched that is neither named by the file nor allowed to be removed',
    law(async (from) => {
      const named = resolveDesired(from.entries, from.observed, desiredOf(from)).wanted;
      const plan = planOf(from);
      for (const { type, eventType } of subscriptionActions(plan)) {
        const key = eventKey(eventType);
        const removable =
          from.prune === 'all' || (from.prune === 'owned' && from.owned?.some((row) => row.key === key) === true);
        expect(type === 'delete' ? removable && !named.has(key) : named.has(key)).toBe(true);
      }
      const server = await applied(from, plan);
      const touched = new Set(plan.actions.map(({ name }) => name));
      const untouched = from.observed.filter(({ eventType }) => !touched.has(eventType));
      expect(untouched.map(({ eventType }) => server.rows.get(eventKey(eventType)))).toEqual(untouched);
    }),
  );

  test(
    'with a lock nothing is subscribed but what the file names or the lock has for one of its globs',
    law((from) => {
      if (!from.lock) return;
      const allowed = new Set(from.entries.flatMap(({ event }) => from.lock?.get(event) ?? [eventKey(event)]));
      const created = subscriptionActions(planOf(from)).filter(({ type }) => type === 'create');
      expect(created.filter(({ eventType }) => !allowed.has(eventKey(eventType)))).toEqual([]);
    }),
  );

  test(
    'a lock removes nothing that stays without it',
    law((from) => {
      const open = new Set(removed(planOf({ ...from, lock: undefined })));
      expect(removed(planOf(from)).filter((name) => !open.has(name))).toEqual([]);
    }),
  );

  test(
    'a wider policy does everything a narrower one does',
    law((from) => {
      const [none, owned, all] = PRUNES.map((prune) =>
        planOf({ ...from, prune }).actions.map(({ type, name }) => `${type} ${name}`),
      );
      expect(owned).toEqual(expect.arrayContaining(none ?? []));
      expect(all).toEqual(expect.arrayContaining(owned ?? []));
    }),
  );

  test(
    'no action and no field can be left out',
    law(async (from) => {
      const plan = planOf(from);
      for (const left of subscriptionActions(plan)) {
        const shorter = { ...plan, actions: plan.actions.filter((action) => action !== left) };
        const server = await applied(from, shorter);
        expect(planOf(from, [...server.rows.values()]).actions.map(({ name }) => name)).toEqual([left.name]);
        expect(left.fieldsToUnsubscribe.filter((field) => left.before.excludedFields.includes(field))).toEqual([]);
        expect(left.fieldsToSubscribe.filter((field) => !left.before.excludedFields.includes(field))).toEqual([]);
      }
    }),
  );

  test(
    'with prune: all and a clear file exactly what is named is subscribed afterwards',
    law(async (from) => {
      const everything: Situation = { ...from, prune: 'all' };
      const { wanted, withheld, problems } = resolveDesired(from.entries, from.observed, desiredOf(from));
      fc.pre(problems.every(({ severity }) => severity !== 'error'));
      const server = await applied(everything, planOf(everything));
      const after = server.subscriptions();
      const left = from.observed.filter(isSubscribed).map(({ eventType }) => eventKey(eventType));
      expect(Object.keys(after).map(eventKey).toSorted()).toEqual(
        [...wanted.keys(), ...left.filter((key) => withheld.has(key))].toSorted(),
      );
      const managed = [...wanted.values()].filter(({ excludedFields }) => excludedFields);
      expect(managed.map(({ observed }) => after[observed.eventType])).toEqual(
        managed.map(({ excludedFields = [] }) => excludedFields.toSorted()),
      );
    }),
  );

  test(
    'versions and case do not change the checksum',
    law((from) => {
      const moved = from.observed.map((one) => ({
        ...one,
        eventType: one.eventType.toUpperCase(),
        ...(one.version !== undefined && { version: one.version + 1 }),
      }));
      expect(planOf(from, moved).checksum).toBe(planOf(from).checksum);
    }),
  );

  test('plans that do different things have different checksums', () => {
    fc.assert(
      fc.property(situation, situation, (a, b) => {
        const [one, two] = [planOf(a), planOf(b)];
        expect(one.checksum === two.checksum).toBe(effects(one) === effects(two));
      }),
      { numRuns: 500 },
    );
  });
});
