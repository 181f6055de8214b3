import { describe, expect, test } from 'vitest';
import { MemoryLedger } from '../../test/support/memory-ledger.js';
import { fail, ModelServer } from '../../test/support/model-server.js';
import { planFor, planFrom } from '../../test/support/planning.js';
import { run, statuses, unavailable } from '../../test/support/reconciling.js';
import { entry, owned, QUOTA_POLICY, row, subscribed, tenant } from '../../test/support/values.js';
import { UnavailableError } from './errors.js';
import { judge, type GuardInput } from './guard.js';
import { EMPTY_MEMORY } from './memory.js';
import type { Knowledge } from './part.js';
import type { Plan } from './plan.js';
import type { RestOfMonth } from './quota-effect.js';
import type { Shedding } from './quota-policy.js';
import type { ShedState } from './quota-state.js';
import type { DesiredTenant, Guards, Prune, SubscriptionEntry } from './state.js';

/** Case 54 of the situations in `plan-cases.test.ts`, and its neighbours: what the quota lays over what the file wants. */

const told = ({ actions }: Plan) => actions.map(({ type, name, reason }) => `${type} ${name} ${reason}`);
const SHED: ShedState = { month: '2026-11', at: 90, priority: 5, since: 1 };
const OFF: Partial<Knowledge> = {};
const OWNED = ['a.x', 'b.x', 'c.x'].map((key) => owned(key));
/** The ledger knows that we gave up `b.x` and `c.x`. */
const MARKED = [owned('a.x'), owned('b.x', { settings: { shed: 5 } }), owned('c.x', { settings: { shed: 9 } })];
const shedding = (rows = OWNED): Partial<Knowledge> => ({ owned: rows, shed: SHED });

const ENTRIES = [entry('a.x', { priority: 4 }), entry('b.x', { priority: 5 }), entry('c.x', { priority: 9 })];
function wanting(
  shed: Shedding = 'enforce',
  { subscriptions = ENTRIES, ...more }: Partial<Omit<DesiredTenant, 'guards'>> & { guards?: Partial<Guards> } = {},
) {
  return tenant({ ...more, subscriptions, quota: { ...QUOTA_POLICY, shed } });
}

const ALL = [subscribed('a.x'), subscribed('b.x'), subscribed('c.x')];
const gone = (eventType: string) => row(eventType, { state: 'UNSUBSCRIBED', version: 2 });
const LEFT = [subscribed('a.x'), gone('b.x'), gone('c.x')];
const PRUNES: readonly Prune[] = ['none', 'owned', 'all'];

describe('case 54: what is given up', () => {
  test.each(PRUNES)('is unsubscribed, with prune: %s', (prune) => {
    expect(told(planFor(wanting('enforce', { prune }), ALL, shedding()))).toEqual([
      'delete b.x shed',
      'delete c.x shed',
    ]);
  });

  test('is no drift once it is gone, whether the ledger knows of it or not', () => {
    for (const rows of [OWNED, MARKED, []]) {
      const plan = planFor(wanting(), LEFT, shedding(rows));
      expect([told(plan), plan.unchanged, plan.managed.subscription]).toEqual([[], 3, 3]);
    }
  });

  test('comes back when the month is over, as the file has it', () => {
    const subscriptions = [entry('a.x'), entry('b.x', { priority: 5, excludedFields: ['name'] }), entry('c.x')];
    const { actions } = planFor(wanting('enforce', { subscriptions }), LEFT, { owned: MARKED });
    expect(actions).toMatchObject([
      { type: 'create', name: 'b.x', reason: 'restore', after: { excludedFields: ['name'] } },
      { type: 'create', name: 'c.x', reason: 'restore' },
    ]);
  });

  test('comes back when its priority changes, or it is protected from now on', () => {
    const subscriptions = [entry('a.x'), entry('b.x', { priority: 0 }), entry('c.x', { priority: 9 })];
    const desired = wanting('enforce', { subscriptions, guards: { protect: ['c.*'] } });
    expect(told(planFor(desired, LEFT, shedding(MARKED)))).toEqual(['create b.x restore', 'create c.x restore']);
  });

  test('is drift when somebody else unsubscribed it and the quota asks for nothing', () => {
    expect(told(planFor(wanting(), LEFT, { owned: OWNED }))).toEqual(['create b.x drift', 'create c.x drift']);
  });

  test('is not judged by the way it is written, nor by the order of the file', () => {
    const subscriptions = ENTRIES.map((one) => ({ ...one, event: one.event.toUpperCase() })).toReversed();
    const plan = planFor(wanting('enforce', { subscriptions }), ALL.toReversed(), shedding());
    expect(plan.checksum).toBe(planFor(wanting(), ALL, shedding()).checksum);
  });

  test('is what globs stand for, too', () => {
    const subscriptions = [entry('*.x', { priority: 7 }), entry('a.x')];
    expect(told(planFor(wanting('enforce', { subscriptions }), ALL, shedding()))).toEqual([
      'delete b.x shed',
      'delete c.x shed',
    ]);
  });

  test('was never subscribed: it waits, and comes with the others', () => {
    const plan = planFor(wanting(), [subscribed('a.x'), row('b.x'), row('c.x')], shedding());
    expect(told(plan)).toEqual([]);
  });

  test('is forgotten when the file names it no longer', async () => {
    const ledger = new MemoryLedger(MARKED);
    const desired = wanting('enforce', { subscriptions: [entry('a.x', { priority: 4 })] });
    const result = await run(desired, new ModelServer(LEFT), { shed: NOW_SHED }, { ledger });
    expect([result.outcome, ledger.keys()]).toEqual(['in-sync', ['a.x']]);
  });

  test('belongs to another installation: it is left alone', () => {
    const rows = OWNED.map((one) => ({ ...one, instance: 'berlin' }));
    expect(told(planFor(wanting(), ALL, shedding(rows)))).toEqual([]);
  });

  test('stays while something cannot be read or the ledger is lost, and what is gone stays gone', () => {
    const partly = [subscribed('a.x'), subscribed('b.x'), gone('c.x')];
    const failures = [{ resource: 'config' as const, error: unavailable() }];
    const blind = planFrom(wanting(), { subscriptions: partly, failures }, shedding(MARKED));
    const lost = planFor(wanting(), partly, { ledgerLost: 'no connection', shed: SHED });
    for (const plan of [blind, lost]) {
      expect(told(plan)).toEqual([]);
      expect(plan.problems).toContainEqual(
        expect.objectContaining({ kind: 'shed', message: expect.stringMatching(/^stays until everything.*: b\.x$/) }),
      );
      expect(plan.givenUp?.unsubscribed).toBe(1);
    }
  });
});

const remarks = (plan: Plan) => plan.problems.map(({ severity, message }) => `${severity}: ${message}`);

function monthAt(percent: number): RestOfMonth {
  const month = '2026-11';
  const forecast = { month, at: 1, ratePerDay: 1, projected: 9, low: 9, high: 9, basis: 'rate' } as const;
  return { events: 1, usage: { month, used: percent, limit: 100, percent, crossed: [] }, forecast };
}

describe('case 54: what is told', () => {
  const why = '90 % of the events of 2026-11 are used (quota.ladder: priority 5 and higher numbers)'; // prettier-ignore
  const were = why.replace('are', 'were');

  test('says what is given up, why, and until when', () => {
    const plan = planFor(wanting(), ALL, shedding());
    expect(remarks(plan)).toEqual([`note: given up until 2026-12-01T00:30Z at the latest, because ${why}: b.x, c.x`]);
    expect(plan.givenUp).toEqual({ state: SHED, enforced: true, eventTypes: ['b.x', 'c.x'], unsubscribed: 0 });
  });

  test.each<[string, number, Shedding, string]>([
    ['is still reached', 90, 'enforce', `note: given up until 2026-12-01T00:30Z at the latest, because ${why}`],
    [
      'has fallen a little',
      85.01,
      'enforce',
      `note: given up until 85 % are used at most, or until 2026-12-01T00:30Z at the latest, because ${were}`,
    ],
    [
      'has fallen, such as by a higher limit',
      50,
      'enforce',
      `note: given up until 2026-11-24T18:00Z at least, because ${were}, and a rung holds for 6 hours`,
    ],
    [
      'has fallen, and it is only advised',
      50,
      'advise',
      `warning: to be given up until 2026-11-24T18:00Z at least, because ${were}, and a rung holds for 6 hours`,
    ],
  ])('says how long it lasts when usage %s', (_, percent, mode, message) => {
    const shed = { ...SHED, since: Date.parse('2026-11-24T12:00:00Z') };
    const plan = planFor(wanting(mode), ALL, { ...shedding(), shed, rest: monthAt(percent) });
    expect(remarks(plan).map((remark) => remark.replace(': b.x, c.x', ''))).toEqual([message]);
  });

  test('lasts no longer than the month', () => {
    const shed = { ...SHED, since: Date.parse('2026-11-30T20:00:00Z') };
    expect(remarks(planFor(wanting(), ALL, { ...shedding(), shed, rest: monthAt(50) }))).toEqual([
      `note: given up until 2026-12-01T00:30Z at the latest, because ${were}, and a rung holds for 6 hours: b.x, c.x`,
    ]);
  });

  test('with advise, says what should be, and nothing is', () => {
    const plan = planFor(wanting('advise'), ALL, shedding());
    expect(remarks(plan)).toEqual([
      `warning: to be given up until 2026-12-01T00:30Z at the latest, because ${why}: b.x, c.x`,
    ]);
    expect([told(plan), plan.givenUp?.enforced]).toEqual([[], false]);
    expect(told(planFor(wanting('advise'), LEFT, shedding(MARKED)))).toEqual([
      'create b.x restore',
      'create c.x restore',
    ]);
  });

  test('says so when no entry is dispensable, and says nothing when shedding is off', () => {
    const subscriptions = [entry('a.x', { priority: 4 }), entry('b.x'), entry('c.x', { priority: 0 })];
    expect(remarks(planFor(wanting('enforce', { subscriptions }), ALL, shedding()))).toEqual([
      `note: nothing is given up although ${why}: no entry has such a priority`,
    ]);
    expect(planFor(wanting('off'), ALL, OFF).problems).toEqual([]);
  });

  test('is the same from run to run, so that the log tells it once', () => {
    const [before, after] = [planFor(wanting(), ALL, shedding()), planFor(wanting(), LEFT, shedding(MARKED))];
    expect(after.problems).toEqual(before.problems);
  });
});

/** In force at the time of these runs. */
const NOW_SHED: ShedState = { ...SHED, month: '1970-01', since: 0 };

const lost = () => fail(new UnavailableError('no answer', { operation: 'updateSubscriptions' }));

describe('case 54: a run', () => {
  test('gives up, records it as ours to bring back, and says how many', async () => {
    const ledger = new MemoryLedger(OWNED);
    const server = new ModelServer(ALL);
    const result = await run(wanting(), server, { shed: NOW_SHED }, { ledger });
    expect(result).toMatchObject({ outcome: 'changed', drift: 0, shed: 2 });
    expect(Object.keys(server.subscriptions())).toEqual(['a.x']);
    expect(ledger.rows.map(({ key, settings }) => [key, settings])).toEqual([
      ['a.x', {}],
      ['b.x', { shed: 5 }],
      ['c.x', { shed: 9 }],
    ]);
    expect(ledger.audit.flatMap(({ changes }) => changes).map(({ name, reason }) => `${name} ${reason}`)).toEqual([
      'b.x shed',
      'c.x shed',
    ]);
    expect(await run(wanting(), server, { shed: NOW_SHED }, { ledger })).toMatchObject({ outcome: 'in-sync', shed: 2 });
  });

  test.each([
    ['switched off', wanting('off'), { shed: NOW_SHED }],
    ['the month over', wanting(), { shed: { ...NOW_SHED, month: '1969-12' } }],
    ['a rung left', wanting(), {}],
  ])('brings everything back, and the ledger is as before: %s', async (_, desired, options) => {
    const ledger = new MemoryLedger(OWNED);
    const server = new ModelServer(ALL);
    await run(wanting(), server, { shed: NOW_SHED }, { ledger });
    // The first half hour of a month has passed.
    const clock = { now: () => 3_600_000 };
    const result = await run(desired, server, options, { ledger, clock });
    expect([result.outcome, result.shed, told(result.plan ?? emptyPlan)]).toEqual([
      'changed',
      0,
      ['create b.x restore', 'create c.x restore'],
    ]);
    expect(ledger.rows.map(({ key, settings, firstOwnedAt }) => [key, settings, firstOwnedAt])).toEqual([
      ['a.x', {}, 1],
      ['b.x', {}, 1],
      ['c.x', {}, 1],
    ]);
    expect(await run(desired, server, options, { ledger, clock })).toMatchObject({ outcome: 'in-sync' });
  });

  test('writes nothing where it only observes, nor while the tenant is paused', async () => {
    const server = new ModelServer(ALL);
    const observing = await run(wanting('enforce', { mode: 'observe' }), server, { shed: NOW_SHED });
    const pause = { at: 1, by: 'ops' };
    const paused = await run(wanting(), server, { shed: NOW_SHED, pause }, { ledger: new MemoryLedger(OWNED) });
    expect([observing.outcome, paused.outcome, server.written]).toEqual(['drifted', 'blocked', []]);
  });

  test('is one that was reviewed only as long as the same is given up', async () => {
    const ledger = new MemoryLedger(OWNED);
    const server = new ModelServer(ALL);
    const reviewed = (await run(wanting(), server, { dryRun: true }, { ledger })).plan?.checksum ?? '';
    const later = await run(wanting(), server, { shed: NOW_SHED, expectedChecksum: reviewed }, { ledger });
    expect(later.verdicts.map(({ guard }) => guard)).toEqual(['plan-changed']);
  });

  test('gives up again what somebody subscribed by hand, and leaves it alone when that becomes a fight', async () => {
    const ledger = new MemoryLedger(OWNED);
    const server = new ModelServer(ALL);
    let { memory } = await run(wanting(), server, { shed: NOW_SHED }, { ledger });
    for (let times = 1; times <= 3; times++) {
      server.touch('b.x', { state: 'SUBSCRIBED' });
      const again = await run(wanting(), server, { shed: NOW_SHED, memory }, { ledger });
      expect([statuses(again), told(again.plan ?? emptyPlan)]).toEqual([['b.x applied'], ['delete b.x shed']]);
      ({ memory } = again);
    }
    server.touch('b.x', { state: 'SUBSCRIBED' });
    const fourth = await run(wanting(), server, { shed: NOW_SHED, memory }, { ledger });
    expect([statuses(fourth), fourth.shed]).toEqual([['b.x contended'], 1]);
  });

  test('that nobody heard of any more still brings it back as given up', async () => {
    const ledger = new MemoryLedger(OWNED);
    const server = new ModelServer(ALL, { onRead: (n) => (n === 2 ? fail(unavailable()) : undefined) });
    expect(await run(wanting(), server, { shed: NOW_SHED }, { ledger })).toMatchObject({ outcome: 'partial' });
    const result = await run(wanting(), server, {}, { ledger });
    expect(told(result.plan ?? emptyPlan)).toEqual(['create b.x restore', 'create c.x restore']);
  });

  test('that dies before it brings something back leaves it as given up', async () => {
    const ledger = new MemoryLedger(MARKED);
    const dying = new ModelServer(LEFT, {
      onWrite: () => {
        throw new Error('killed');
      },
    });
    await expect(run(wanting(), dying, {}, { ledger })).rejects.toThrow('killed');
    expect(ledger.rows.map(({ pending }) => pending)).toEqual([undefined, true, true]);
    const result = await run(wanting(), new ModelServer(LEFT), {}, { ledger });
    expect(told(result.plan ?? emptyPlan)).toEqual(['create b.x restore', 'create c.x restore']);
    expect(ledger.rows.map(({ pending, settings }) => [pending, settings])).toEqual([
      [undefined, {}],
      [undefined, {}],
      [undefined, {}],
    ]);
  });

  test('whose request was lost keeps it ours, and forgets that it was to be given up', async () => {
    const ledger = new MemoryLedger(OWNED);
    await run(wanting(), new ModelServer(ALL, { onWrite: lost }), { shed: NOW_SHED }, { ledger });
    expect(ledger.keys()).toEqual(['a.x', 'b.x', 'c.x']);
    const result = await run(wanting(), new ModelServer(ALL), {}, { ledger });
    expect([result.outcome, ledger.rows.map(({ settings }) => settings)]).toEqual(['in-sync', [{}, {}, {}]]);
  });

  test('without a ledger does the same as long as it lives', async () => {
    const server = new ModelServer(ALL);
    const { memory } = await run(wanting(), server, { shed: NOW_SHED });
    const back = await run(wanting(), server, { memory });
    expect(told(back.plan ?? emptyPlan)).toEqual(['create b.x restore', 'create c.x restore']);
  });
});

const emptyPlan = planFor(tenant(), []);

const entries = (events: readonly string[]) => events.map((event) => entry(event, { priority: 9 }));

describe('case 54: guards', () => {
  const many = Array.from({ length: 20 }, (_, n) => `${String(n).padStart(2, '0')}.x`);
  const verdicts = (
    subscriptions: readonly SubscriptionEntry[],
    { live = many, marked = [] as readonly string[], guards = {} as Partial<Guards> },
  ) => {
    const desired = wanting('enforce', { subscriptions, guards });
    const observed = many.map((event) => (live.includes(event) ? subscribed(event) : gone(event)));
    const rows = many.map((event) => owned(event, marked.includes(event) ? { settings: { shed: 9 } } : {}));
    const input: GuardInput = {
      tenant: desired,
      plan: planFor(desired, observed, shedding(rows)),
      observation: { subscriptions: observed },
      memory: EMPTY_MEMORY,
      owned: rows,
    };
    return judge(input).map(({ guard }) => guard);
  };

  test('do not withhold it, however much it is', () => {
    expect(verdicts(entries(many), {})).toEqual([]);
  });

  test('know that the file names what is given up, when everything else goes at the same time', () => {
    const subscriptions = [entry('b.x', { priority: 5 }), entry('c.x', { priority: 9 })];
    const desired = wanting('enforce', { subscriptions });
    const plan = planFor(desired, ALL, shedding());
    expect([told(plan), plan.managed.subscription]).toEqual([
      ['delete a.x removed', 'delete b.x shed', 'delete c.x shed'],
      2,
    ]);
    const input = { tenant: desired, plan, observation: { subscriptions: ALL }, memory: EMPTY_MEMORY, owned: OWNED };
    expect(judge(input)).toEqual([]);
  });

  test('protect what is protected: it is not given up', () => {
    const desired = wanting('enforce', { guards: { protect: ['c.x'] } });
    expect(told(planFor(desired, ALL, shedding()))).toEqual(['delete b.x shed']);
  });

  test('count what was given up as there: a file that lost half of everything is withheld all the same', () => {
    const live = many.slice(0, 5);
    const marked = many.slice(5);
    expect(verdicts(entries(marked), { live, marked })).toEqual([]);
    expect(verdicts(entries(marked.slice(0, 10)), { live, marked })).toEqual(['prune-percent']);
    expect(verdicts([entry('00.x'), ...entries(marked)], { live, marked, guards: { maxPrunePercent: 19 } })).toEqual([
      'prune-percent',
    ]);
  });

  test('withhold it on the strength of a reading that lacks something', () => {
    const desired = wanting();
    const observation = { subscriptions: ALL, incomplete: 'cut' };
    const plan = planFrom(desired, observation, shedding());
    expect(
      judge({ tenant: desired, plan, observation, memory: EMPTY_MEMORY, owned: OWNED }).map(({ guard }) => guard),
    ).toEqual(['incomplete-read']);
  });
});
