import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { QUOTA_POLICY, row, tenant } from '../../test/support/values.js';
import { DEFAULT_LADDER, type QuotaPolicy } from './quota-policy.js';
import type { ShedState } from './quota-state.js';
import type { QuotaUsage } from './quota.js';
import {
  DWELL_MS,
  isShed,
  RESTORE_WITHIN_MS,
  restoreDelay,
  shedAfter,
  shedInForce,
  type ShedFacts,
} from './shedding.js';

const HOUR = 3_600_000;
const NOON = Date.parse('2026-11-20T12:00:00Z');
const DECEMBER = Date.parse('2026-12-01T00:00:00Z');
const ENFORCED: QuotaPolicy = { ...QUOTA_POLICY, shed: 'enforce' };

function usageOf(percent: number, month = '2026-11'): QuotaUsage {
  return { month, used: percent * 100, limit: 10_000, percent, crossed: [] };
}

/** A look in November at `percent` of the limit; absent: unknown. */
function facts(percent: number | undefined, overrides: Partial<ShedFacts> = {}): ShedFacts {
  const usage = percent === undefined ? {} : { usage: usageOf(percent) };
  return { policy: ENFORCED, month: '2026-11', now: NOON, tenant: 'acme', ...usage, ...overrides };
}

/** On a rung of the default ladder since `since`. */
function on(at: 80 | 90 | 95, since = NOON - DWELL_MS): ShedState {
  const priority = DEFAULT_LADDER.find((rung) => rung.at === at)?.priority ?? 0;
  return { month: '2026-11', at, priority, since };
}

describe('a rung', () => {
  test.each([
    [79.99, undefined],
    [80, 8],
    [89.99, 8],
    [90, 5],
    [95, 1],
    [140, 1],
  ])('is reached by usage: at %d %% the lowest priority given up is %s', (percent, priority) => {
    expect(shedAfter(undefined, facts(percent))?.priority).toBe(priority);
  });

  it('says what was reached and since when', () => {
    expect(shedAfter(undefined, facts(91))).toEqual({ month: '2026-11', at: 90, priority: 5, since: NOON });
  });

  it('is left upwards at once', () => {
    expect(shedAfter(on(80, NOON - 1), facts(96))).toEqual(on(95, NOON));
  });

  test.each([
    [89.99, 90],
    [85.01, 90],
    [85, 80],
    [75.01, 80],
    [75, undefined],
    [0, undefined],
  ])('at 90 %% is left downwards by the hysteresis only: at %d %% the rung is %s', (percent, at) => {
    expect(shedAfter(on(90), facts(percent))?.at).toBe(at);
  });

  it('is held for the dwell, however far usage falls', () => {
    expect(shedAfter(on(90, NOON - DWELL_MS + 1), facts(10))).toEqual(on(90, NOON - DWELL_MS + 1));
    expect(shedAfter(on(90, NOON - DWELL_MS), facts(10))).toBeUndefined();
  });

  it('that is left begins the dwell of the lower one', () => {
    const lower = shedAfter(on(90), facts(82));
    expect(lower).toEqual(on(80, NOON));
    expect(shedAfter(lower, facts(10, { now: NOON + DWELL_MS - 1 }))).toEqual(lower);
  });

  it('keeps its time while it holds', () => {
    expect(shedAfter(on(80), facts(84))).toEqual(on(80));
  });

  it('that gives up less than an earlier one has no effect', () => {
    const policy = { ...ENFORCED, ladder: [{ at: 50, priority: 3 }, { at: 60, priority: 9 }] }; // prettier-ignore
    expect(shedAfter(undefined, facts(70, { policy }))).toMatchObject({ at: 50, priority: 3 });
  });
});

describe('unknown usage', () => {
  test.each([
    ['no reading', facts(undefined)],
    ['a reading of another month', facts(undefined, { usage: usageOf(10, '2026-10') })],
    ['no limit', facts(undefined, { usage: { month: '2026-11', used: 9_999, crossed: [] } })],
  ])('begins nothing and ends nothing: %s', (_, unknown) => {
    expect(shedAfter(undefined, unknown)).toBeUndefined();
    expect(shedAfter(on(90), unknown)).toEqual(on(90));
  });
});

describe('the file', () => {
  it('switches it off at once', () => {
    expect(shedAfter(on(95, NOON), facts(99, { policy: { ...ENFORCED, shed: 'off' } }))).toBeUndefined();
  });

  it('with advise, the same is reckoned', () => {
    expect(shedAfter(on(80), facts(91, { policy: { ...ENFORCED, shed: 'advise' } }))).toEqual(on(90, NOON));
  });

  test.each([
    ['known', 91],
    ['unknown', undefined],
  ])('that has the rung no longer ends it at once, usage %s', (_, percent) => {
    const policy = { ...ENFORCED, ladder: [{ at: 80, priority: 8 }, { at: 95, priority: 1 }] }; // prettier-ignore
    expect(shedAfter(on(90, NOON - 1), facts(percent, { policy }))).toEqual(on(80, NOON));
  });
});

const december = (now: number, usage?: QuotaUsage) =>
  facts(undefined, { month: '2026-12', now, ...(usage && { usage }) });

describe('a new month', () => {
  const turn = DECEMBER + restoreDelay('acme', '2026-12');

  it('gives everything back at a moment of its first half hour, whether the statistics can be read or not', () => {
    for (const usage of [undefined, usageOf(0, '2026-12'), usageOf(99)]) {
      expect(shedAfter(on(95), december(turn - 1, usage))).toEqual(on(95));
      expect(shedAfter(on(95), december(turn, usage))).toBeUndefined();
    }
  });

  it('begins where the zone of the file says', () => {
    const policy = { ...ENFORCED, timeZone: 'Asia/Tokyo' };
    const now = DECEMBER - 9 * HOUR + restoreDelay('acme', '2026-12');
    expect(shedAfter(on(95), { ...december(now - 1), policy })).toEqual(on(95));
    expect(shedAfter(on(95), { ...december(now), policy })).toBeUndefined();
  });

  it('gives everything back at once when nobody looked for longer', () => {
    expect(shedAfter(on(95), { ...december(DECEMBER + 40 * 24 * HOUR), month: '2027-01' })).toBeUndefined();
  });

  it('counts by its own usage once it is the turn of the tenant', () => {
    expect(shedAfter(on(80), december(turn, usageOf(92, '2026-12')))).toEqual({ ...on(90, turn), month: '2026-12' });
  });

  it('has a moment for each tenant, all over the half hour', () => {
    const moments = Array.from({ length: 10_000 }, (_, n) => restoreDelay(`tenant-${n}`, '2026-12'));
    const perMinute = Array.from(
      { length: RESTORE_WITHIN_MS / 60_000 },
      (_, minute) => moments.filter((moment) => Math.floor(moment / 60_000) === minute).length,
    );
    expect(Math.min(...perMinute)).toBeGreaterThan(250);
    expect(Math.max(...perMinute)).toBeLessThan(420);
    expect(restoreDelay('acme', '2026-12')).not.toBe(restoreDelay('acme', '2027-01'));
  });
});

describe('shedInForce', () => {
  const acme = tenant({ quota: ENFORCED });

  it('is what was reckoned, until the month is over or the file says otherwise', () => {
    expect(shedInForce(on(90), acme, NOON)).toEqual(on(90));
    expect(shedInForce(on(90), acme, DECEMBER + RESTORE_WITHIN_MS)).toBeUndefined();
    expect(shedInForce(on(90), tenant(), NOON)).toBeUndefined();
    expect(shedInForce(undefined, acme, NOON)).toBeUndefined();
  });
});

const wanted = (priority?: number, eventType = 'product.updated') => ({
  observed: row(eventType),
  ...(priority !== undefined && { priority }),
});

describe('isShed', () => {
  const acme = tenant({ quota: ENFORCED, guards: { protect: ['Order.*'] } });

  test.each([
    [9, true],
    [5, true],
    [4, false],
    [1, false],
    [0, false],
    [undefined, false],
  ])('on the rung of priority 5, an entry of priority %s: %s', (priority, expected) => {
    expect(isShed(wanted(priority), on(90), acme)).toBe(expected);
  });

  it('is never said of a protected event type, whatever its case, nor of anything when shedding is off', () => {
    expect(isShed(wanted(9, 'ORDER.created'), on(95), acme)).toBe(false);
    expect(isShed(wanted(9), undefined, acme)).toBe(false);
    expect(isShed(wanted(9), on(95), tenant())).toBe(false);
  });

  it('is never said of priority 0 and of no priority, even by a state that is broken', () => {
    expect(isShed(wanted(0), { ...on(95), priority: 0 }, acme)).toBe(false);
    expect(isShed(wanted(), { ...on(95), priority: 0 }, acme)).toBe(false);
  });
});

const policyOf = (ladder: QuotaPolicy['ladder']): QuotaPolicy => ({ ...ENFORCED, ladder });
const priorityOf = (state: ShedState | undefined) => state?.priority ?? 10;

const ladders = fc.array(
  fc.record({ at: fc.integer({ min: 1, max: 100 }), priority: fc.integer({ min: 1, max: 9 }) }),
  { minLength: 1, maxLength: 9 },
);
const percents = fc.double({ min: 0, max: 150, noNaN: true });
const states = (ladder: QuotaPolicy['ladder']) =>
  fc
    .record({ held: fc.constantFrom(...ladder), age: fc.integer({ min: 0, max: 2 * DWELL_MS }) })
    .map(({ held, age }): ShedState => ({ month: '2026-11', ...held, since: NOON - age }));
const situations = ladders.chain((ladder) =>
  fc.record({
    ladder: fc.constant(ladder),
    before: fc.option(states(ladder), { nil: undefined }),
    percent: percents,
    more: percents,
  }),
);

describe('laws', () => {
  it('more usage never gives up less', () => {
    fc.assert(
      fc.property(situations, ({ ladder: rungs, before: state, percent: a, more: b }) => {
        const policy = policyOf(rungs);
        const less = shedAfter(state, facts(Math.min(a, b), { policy }));
        const more = shedAfter(state, facts(Math.max(a, b), { policy }));
        expect(priorityOf(more)).toBeLessThanOrEqual(priorityOf(less));
      }),
      { numRuns: 1_000 },
    );
  });

  it('looking again at the same moment changes nothing', () => {
    fc.assert(
      fc.property(situations, ({ ladder: rungs, before: state, percent: a }) => {
        const policy = policyOf(rungs);
        const once = shedAfter(state, facts(a, { policy }));
        expect(shedAfter(once, facts(a, { policy }))).toEqual(once);
        expect(shedAfter(once, facts(undefined, { policy }))).toEqual(once);
      }),
      { numRuns: 1_000 },
    );
  });

  it('the order of the ladder makes no difference', () => {
    fc.assert(
      fc.property(situations, ({ ladder: rungs, before: state, percent: a }) => {
        const [one, other] = [rungs, rungs.toReversed()].map((l) =>
          shedAfter(state, facts(a, { policy: policyOf(l) })),
        );
        expect(one).toEqual(other);
      }),
      { numRuns: 1_000 },
    );
  });

  it('a higher number is given up whenever a lower one is', () => {
    const priority = fc.integer({ min: 0, max: 9 });
    fc.assert(
      fc.property(priority, priority, fc.constantFrom(80 as const, 90 as const, 95 as const), (a, b, at) => {
        const acme = tenant({ quota: ENFORCED });
        const [lower, higher] = [Math.min(a, b), Math.max(a, b)].map((p) =>
          isShed({ observed: row('product.updated'), priority: p }, on(at), acme),
        );
        expect(lower && !higher).toBe(false);
      }),
    );
  });
});
