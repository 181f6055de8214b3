import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { entry, owned, QUOTA_POLICY, row, subscribed, tenant } from '../../test/support/values.js';
import { resolveDesired } from './desired.js';
import type { Knowledge } from './part.js';
import { planTenant } from './plan-tenant.js';
import { quotaEffect, restOfMonth, type QuotaEffect, type RestOfMonth } from './quota-effect.js';
import type { Shedding } from './quota-policy.js';
import { grouped } from './quota-words.js';
import type { Forecast } from './quota-state.js';
import type { ObservedSubscription, SubscriptionEntry } from './state.js';

const NOW = Date.parse('2026-11-21T00:00:00Z');
const DAY = 86_400_000;

function forecast(overrides: Partial<Forecast> = {}): Forecast {
  return {
    month: '2026-11',
    at: NOW,
    ratePerDay: 100,
    projected: 3_000,
    low: 2_500,
    high: 3_500,
    basis: 'weekly',
    ...overrides,
  };
}

/** 1,000 events are to come, 2,000 are used of 10,000. */
function rest(counts?: Record<string, number>, overrides: Partial<RestOfMonth> = {}): RestOfMonth {
  return {
    events: 1_000,
    usage: { month: '2026-11', used: 2_000, limit: 10_000, crossed: [] },
    forecast: forecast(),
    ...(counts && { shares: { from: NOW - 7 * DAY, to: NOW, counts } }),
    ...overrides,
  };
}

interface Case {
  readonly file: readonly SubscriptionEntry[];
  readonly live: readonly ObservedSubscription[];
  readonly rest: RestOfMonth;
}

/** Of everything that the file no longer names being ours. */
function planOf({ file, live, rest: month }: Case) {
  const desired = tenant({ subscriptions: file });
  const things = live.map(({ eventType }) => owned(eventType));
  const knowledge = { instance: 'gateway-sync', owned: things, rest: month };
  return planTenant(desired, { subscriptions: live }, knowledge).plan;
}

function effectsOf(one: Case): Record<string, string> {
  const { effect } = planOf(one);
  const told = effect?.actions.map(({ id, events = '', source }) => [
    id.replace('subscription:', ''),
    `${events} ${source}`.trim(),
  ]);
  return Object.fromEntries(told ?? []);
}

describe('what a change of the subscriptions does to the month', () => {
  const a = entry('a');
  const b = entry('b');
  const live = [subscribed('a'), subscribed('b'), row('c'), row('d')];
  it.each<[string, Case, Record<string, string>]>([
    [
      'an event type that goes takes its share with it',
      { file: [a], live, rest: rest({ a: 30, b: 10 }) },
      { b: '-250 observed' },
    ],
    [
      'one that comes back has the share that it had beside the others',
      { file: [a, b, entry('c')], live, rest: rest({ a: 30, b: 10, c: 20 }) },
      { c: '500 observed' },
    ],
    [
      'one that is subscribed and of which nothing was counted takes nothing with it',
      { file: [a], live, rest: rest({ a: 30 }) },
      { b: '0 observed' },
    ],
    [
      'what was counted wins over a weight',
      { file: [a, b, entry('c', { weight: 100 })], live, rest: rest({ a: 30, b: 10, c: 20 }) },
      { c: '500 observed' },
    ],
    [
      'one of which nothing was counted has its weight beside counted ones that have one',
      { file: [entry('a', { weight: 3 }), b, entry('c', { weight: 2 })], live, rest: rest({ a: 30, b: 10 }) },
      { c: '500 weight' },
    ],
    [
      'and beside all subscribed ones where none of them has a weight: they count 1 each',
      { file: [a, b, entry('c', { weight: 2 })], live, rest: rest({ a: 30, b: 10 }) },
      { c: '1000 weight' },
    ],
    [
      'without any count weights are all there is',
      { file: [entry('a', { weight: 3 }), b, entry('c', { weight: 2 }), entry('d')], live, rest: rest() },
      { c: '500 weight', d: '250 weight' },
    ],
    [
      'a count without events is none',
      { file: [entry('a', { weight: 3 }), b, entry('c', { weight: 2 })], live, rest: rest({}) },
      { c: '500 weight' },
    ],
    [
      'what the file named once has lost its weight, so what it takes with it is unknown',
      { file: [entry('a', { weight: 3 })], live, rest: rest() },
      { b: 'unknown' },
    ],
    [
      'without weights nothing is known of what was never counted',
      { file: [a, b, entry('c')], live, rest: rest({ a: 30, b: 10 }) },
      { c: 'unknown' },
    ],
    [
      'nothing is known beside weights that stand for nothing',
      { file: [entry('b', { weight: 3 }), a, entry('c', { weight: 2 })], live, rest: rest({ a: 30 }) },
      { c: 'unknown' },
    ],
    [
      'a weight that makes more of a month than anybody sends is a slip, and tells nothing',
      {
        file: [entry('a', { weight: 5e-324 }), entry('c', { weight: 2 })],
        live: [subscribed('a'), row('c')],
        rest: rest(),
      },
      { c: 'unknown' },
    ],
    [
      'nothing is known where nothing is subscribed yet',
      { file: [entry('a', { weight: 3 })], live: [row('a')], rest: rest(undefined, { events: 0 }) },
      { a: 'unknown' },
    ],
    [
      'other letters are the same event type',
      { file: [entry('A'), entry('C')], live: [subscribed('A'), row('C')], rest: rest({ a: 10, c: 5 }) },
      { c: '500 observed' },
    ],
    [
      'fields that come or go are no events',
      { file: [entry('a', { excludedFields: ['id'] }), b], live, rest: rest({ a: 30, b: 10 }) },
      {},
    ],
  ])('%s', (_, one, effects) => expect(effectsOf(one)).toEqual(effects));

  it('of what is given up for the quota is reckoned by its weight', () => {
    const file = [entry('a', { weight: 1 }), entry('b', { weight: 3, priority: 9 })];
    const shed = { month: '2026-11', at: 90, priority: 5, since: NOW };
    const desired = tenant({ subscriptions: file, quota: { ...QUOTA_POLICY, shed: 'enforce' } });
    const known = { instance: 'gateway-sync', owned: [], rest: rest(), shed };
    const { plan } = planTenant(desired, { subscriptions: [subscribed('a'), subscribed('b')] }, known);
    expect(plan.actions).toMatchObject([{ name: 'b', reason: 'shed' }]);
    expect(plan.effect).toMatchObject({ actions: [{ events: -750, source: 'weight' }], projected: 2_250 });
  });

  describe('while event types are given up for the quota', () => {
    const file = [entry('a', { weight: 1 }), entry('b', { weight: 3, priority: 9 }), entry('c', { weight: 2 })];
    const shed = { month: '2026-11', at: 90, priority: 5, since: NOW };
    const away = [subscribed('a'), row('b'), row('c')];
    const planWith = (mode: Shedding, known: Partial<Knowledge>) =>
      planTenant(
        tenant({ subscriptions: file, quota: { ...QUOTA_POLICY, shed: mode } }),
        { subscriptions: away },
        { instance: 'gateway-sync', owned: [owned('a'), owned('b', { settings: { shed: 9 } })], ...known },
      ).plan;

    it.each([rest(), rest({ a: 10, b: 30 })])(
      'what comes back is unknown: the rate was measured, for a part, while it was there',
      (month) => {
        const { actions, effect, problems } = planWith('off', { rest: month });
        expect(actions.map(({ name, reason }) => `${name} ${reason}`)).toEqual(['b restore', 'c missing']);
        expect(effect?.actions[0]).toEqual({ id: 'subscription:b', source: 'unknown' });
        expect(problems).toEqual([]);
      },
    );

    it.each([
      ['comes back', 'off', {}],
      ['stays away', 'enforce', { shed }],
    ] as const)(
      'the rate stands for what %s as well, so other event types are reckoned beside both',
      (_, mode, known) => {
        const weighed = planWith(mode, { ...known, rest: rest() }).effect;
        expect(weighed?.actions.at(-1)).toEqual({ id: 'subscription:c', events: 500, source: 'weight' });
        const counted = planWith(mode, { ...known, rest: rest({ a: 10, b: 30, c: 4 }) }).effect;
        expect(counted?.actions.at(-1)).toEqual({ id: 'subscription:c', events: 100, source: 'observed' });
      },
    );
  });

  it('adds up to what the month comes to', () => {
    const file = [a, entry('c'), entry('d')];
    expect(planOf({ file, live, rest: rest({ a: 30, b: 10, c: 20 }) }).effect).toEqual({
      month: '2026-11',
      actions: [
        { id: 'subscription:c', events: 500, source: 'observed' },
        { id: 'subscription:d', source: 'unknown' },
        { id: 'subscription:b', events: -250, source: 'observed' },
      ],
      events: 250,
      unknown: 1,
      used: 2_000,
      limit: 10_000,
      projectedBefore: 3_000,
      projected: 3_250,
    });
  });

  it('leaves the plan and its checksum as they are', () => {
    const one = {
      file: [a],
      live,
      rest: rest({ a: 30, b: 10 }, { usage: { month: '2026-11', used: 9, limit: 1, crossed: [] } }),
    };
    const { effect, problems, ...plan } = planOf(one);
    const without = planTenant(
      tenant({ subscriptions: one.file }),
      { subscriptions: live },
      { instance: 'gateway-sync', owned: live.map(({ eventType }) => owned(eventType)) },
    ).plan;
    expect(effect).toBeDefined();
    expect(problems).toHaveLength(without.problems.length + 1);
    expect({ ...plan, problems: without.problems }).toEqual(without);
  });
});

const warnings = (one: Case) => planOf(one).problems.filter(({ kind }) => kind === 'over-quota');
const ending = (projected: number, limit?: number) =>
  rest(
    { a: 30, b: 10, c: 20 },
    {
      usage: { month: '2026-11', used: 2_000, crossed: [], ...(limit !== undefined && { limit }) },
      forecast: forecast({ projected }),
    },
  );

describe('a plan that costs more than is left', () => {
  const live = [subscribed('a'), subscribed('b'), row('c')];
  it('says so with the numbers and what helps', () => {
    const file = [entry('a'), entry('b'), entry('c')];
    expect(warnings({ file, live, rest: ending(3_000, 3_400) })).toEqual([
      {
        severity: 'warning',
        kind: 'over-quota',
        message:
          'with these changes about 3,500 events are to be expected in November, and the limit is 3,400: 1,400 are left, and about 1,500 would come. Name fewer event types, give the less important ones a priority (quota.shed), or have the limit raised',
        places: [],
        nearest: [],
      },
    ]);
    expect(warnings({ file, live, rest: ending(3_000, 3_500) })).toEqual([]);
    expect(warnings({ file, live, rest: ending(3_000) })).toEqual([]);
  });

  it('says so where what goes is not enough, and names what would be without', () => {
    const less = { file: [entry('a')], live };
    expect(warnings({ ...less, rest: ending(9_000, 8_000) })[0]?.message).toMatch(
      /about 8,750 events .* in November, 9,000 without them, and the limit is 8,000: 6,000 are left, and about 6,750/,
    );
    expect(warnings({ ...less, rest: ending(9_000, 8_750) })).toEqual([]);
  });

  it('is quiet while nothing is known of any change, and where nothing comes or goes', () => {
    const unknown = {
      file: [entry('a'), entry('b'), entry('c')],
      live,
      rest: rest({ a: 1 }, { usage: { month: '2026-11', used: 2_000, limit: 1, crossed: [] } }),
    };
    expect(planOf(unknown).effect).toMatchObject({ unknown: 1, events: 0 });
    expect(warnings(unknown)).toEqual([]);
    expect(planOf({ file: [entry('a'), entry('b')], live, rest: ending(9_000, 1) }).effect).toBeUndefined();
  });
});

describe('the rest of the month', () => {
  const marks = {
    quota: { usage: rest().usage, at: NOW },
    quotaState: { at: NOW, forecast: forecast(), shares: { from: NOW - 7 * DAY, to: NOW, counts: { a: 1 } } },
  };

  it('is as long as the month in its zone goes on, at the rate of the forecast', () => {
    expect(restOfMonth(marks, QUOTA_POLICY, NOW)).toEqual({
      events: 1_000,
      usage: marks.quota.usage,
      forecast: marks.quotaState.forecast,
      shares: marks.quotaState.shares,
    });
    expect(restOfMonth(marks, { ...QUOTA_POLICY, timeZone: 'America/Los_Angeles' }, NOW)?.events).toBeCloseTo(
      1_033.3,
      1,
    );
  });

  it('knows no shares that were counted too long ago', () => {
    const old = { ...marks.quotaState, shares: { from: 0, to: NOW - 8 * DAY, counts: { a: 1 } } };
    expect(restOfMonth({ ...marks, quotaState: old }, QUOTA_POLICY, NOW)).not.toHaveProperty('shares');
  });

  it.each([
    ['nothing was read', {}, NOW],
    ['there is no forecast', { quota: marks.quota, quotaState: { at: NOW } }, NOW],
    ['the forecast is without a reading', { quotaState: marks.quotaState }, NOW],
    ['the month is another one', marks, NOW + 10 * DAY],
    [
      'the usage is unknown now',
      {
        ...marks,
        quotaState: { ...marks.quotaState, unknown: { reason: 'incomplete' as const, message: '', since: 0 } },
      },
      NOW,
    ],
    [
      'the forecast is no number',
      { ...marks, quotaState: { ...marks.quotaState, forecast: forecast({ ratePerDay: NaN }) } },
      NOW,
    ],
  ])('is unknown when %s', (_, known, now) => {
    expect(restOfMonth(known, QUOTA_POLICY, now)).toBeUndefined();
  });

  it('is never less than nothing', () => {
    const falling = { ...marks, quotaState: { ...marks.quotaState, forecast: forecast({ ratePerDay: -5 }) } };
    expect(restOfMonth(falling, QUOTA_POLICY, NOW)?.events).toBe(0);
  });
});

const NAMES = ['a', 'b', 'c', 'd', 'e'];
const someMonth = fc.record({
  live: fc.record(Object.fromEntries(NAMES.map((name) => [name, fc.boolean()]))),
  file: fc.dictionary(
    fc.constantFrom(...NAMES),
    fc.option(fc.double({ min: 0.001, max: 1e6, noNaN: true }), { nil: undefined }),
  ),
  counts: fc.option(fc.dictionary(fc.constantFrom(...NAMES, 'svix.ping'), fc.nat({ max: 1_000 })), { nil: undefined }),
  events: fc.double({ min: 0, max: 1e9, noNaN: true }),
  projected: fc.double({ min: 0, max: 1e9, noNaN: true }),
  used: fc.nat(),
});

function generated(effectFor: (effect: QuotaEffect, one: Case) => void): void {
  fc.assert(
    fc.property(someMonth, ({ live, file, counts, events, projected, used }) => {
      const one = {
        live: NAMES.map((name) => (live[name] ? subscribed(name) : row(name))),
        file: Object.entries(file).map(([name, weight]) => entry(name, weight === undefined ? {} : { weight })),
        rest: rest(counts, {
          events,
          usage: { month: '2026-11', used, limit: 1_000, crossed: [] },
          forecast: forecast({ projected }),
        }),
      };
      const { effect } = planOf(one);
      if (effect) effectFor(effect, one);
    }),
  );
}

describe('whatever is read, written and counted', () => {
  test('the sum is that of its parts, in whole numbers, and what is unknown has none', () => {
    generated(({ actions, events, unknown, projected, projectedBefore, used }) => {
      const known = actions.flatMap((action) => (action.events === undefined ? [] : [action.events]));
      expect(known.every(Number.isSafeInteger)).toBe(true);
      expect(events).toBe(known.reduce((total, one) => total + one, 0));
      expect(unknown).toBe(actions.length - known.length);
      expect(actions.every((action) => (action.events === undefined) === (action.source === 'unknown'))).toBe(true);
      expect([projected, projectedBefore].every((one) => Number.isSafeInteger(one) && one >= used)).toBe(true);
    });
  });

  test('what comes adds, what goes takes, and never more than there is', () => {
    generated(({ actions }, { live, rest: month }) => {
      const going = actions.filter(({ id }) =>
        live.some(({ eventType, state }) => id === `subscription:${eventType}` && state === 'SUBSCRIBED'),
      );
      for (const action of actions) {
        const events = action.events ?? 0;
        expect(Object.is(events, -0)).toBe(false);
        expect(going.includes(action) ? events <= 0 : events >= 0).toBe(true);
      }
      const taken = going.reduce((total, { events = 0 }) => total - events, 0);
      expect(taken).toBeLessThanOrEqual(month.events + NAMES.length / 2);
    });
  });

  test('the order of entries, rows and counts makes no difference', () => {
    generated((effect, { live, file, rest: month }) => {
      const counts = Object.fromEntries(Object.entries(month.shares?.counts ?? {}).toReversed());
      const turned = {
        live: live.toReversed(),
        file: file.toReversed(),
        rest: { ...month, ...(month.shares && { shares: { ...month.shares, counts } }) },
      };
      const other = planOf(turned).effect;
      for (const [index, { events, source }] of effect.actions.entries()) {
        expect(other?.actions[index]?.source).toBe(source);
        // Sums of other orders differ in their last digit.
        expect(Math.abs((other?.actions[index]?.events ?? 0) - (events ?? 0))).toBeLessThanOrEqual(1);
      }
    });
  });
});

test('a plan without subscriptions that come or go has no effect', () => {
  const { wanted } = resolveDesired([], []);
  expect(quotaEffect({ actions: [] }, wanted, [], rest({ a: 1 }))).toBeUndefined();
});

test.each([
  [0, '0'],
  [999, '999'],
  [1_234_567.6, '1,234,568'],
])('%d reads as %s', (events, text) => expect(grouped(events)).toBe(text));
