import { describe, expect, test } from 'vitest';
import { QUOTA_POLICY } from '../../test/support/values.js';
import { policyHash, type QuotaPolicy } from './quota-policy.js';
import { lookAtQuota, type LookFacts, type QuotaLook, readingsOf, type TimedUsage } from './quota-look.js';
import { quotaUsage } from './quota.js';

const HOUR = 3_600_000;
const now = Date.UTC(2026, 10, 10);
const statistics = (sent: number, month = '2026-11', limit = 1000) => ({ limit, months: [{ month, sent }] });
const read = (sent: number, at: number, month = '2026-11'): TimedUsage => ({
  usage: quotaUsage(statistics(sent, month), month, QUOTA_POLICY.warnAt),
  at,
});
const enforce: QuotaPolicy = { ...QUOTA_POLICY, shed: 'enforce' };
const facts: LookFacts = {
  tenant: 'acme',
  policy: QUOTA_POLICY,
  now,
  month: '2026-11',
  statistics: statistics(720),
  marks: {},
  counting: undefined,
  history: [],
};

const SEVENTY = 'quota.threshold_reached 2026-11 70 1000';
const AHEAD = 'quota.exhaustion_forecast 2026-11 1000';
const reached = (of: LookFacts) => lookAtQuota(of).news.flatMap(({ threshold }) => threshold ?? []);
const marksAfter = ({ usage, state }: Pick<QuotaLook, 'usage' | 'state'>) => ({
  ...(usage && { quota: { usage, at: state.at } }),
  quotaState: state,
});

/** Looks so long after each other, with these counts. */
function looksAt(counts: readonly number[], everyMs: number): readonly QuotaLook[] {
  const looks: QuotaLook[] = [];
  for (const [index, sent] of counts.entries()) {
    const known = looks.at(-1);
    const next = { ...facts, now: now + index * everyMs, statistics: statistics(sent) };
    looks.push(lookAtQuota({ ...next, ...(known && { marks: marksAfter(known) }) }));
  }
  return looks;
}

describe('a look at the quota', () => {
  test('is complete with one reading: usage, forecast, thresholds', () => {
    expect(lookAtQuota(facts)).toEqual({
      usage: { month: '2026-11', used: 720, limit: 1000, percent: 72, crossed: [70] },
      state: {
        at: now,
        judgedBy: policyHash(QUOTA_POLICY),
        forecast: expect.objectContaining({ month: '2026-11', at: now, basis: 'elapsed' }),
        standing: { status: 'false', since: now },
        told: { month: '2026-11', subjects: [SEVENTY, AHEAD] },
      },
      news: [
        { type: 'quota.threshold_reached', threshold: 70, subject: SEVENTY },
        { type: 'quota.exhaustion_forecast', subject: AHEAD },
      ],
      isShedOther: false,
    });
  });

  test('tells of a threshold once, again with another limit, and again in another month', () => {
    const known = { quota: read(710, now - HOUR) };
    expect(reached({ ...facts, marks: known })).toEqual([]);
    expect(reached({ ...facts, marks: known, statistics: statistics(860) })).toEqual([85]);
    expect(reached({ ...facts, marks: known, statistics: statistics(720, '2026-11', 900) })).toEqual([70]);
    const earlier = { quota: read(990, now - HOUR, '2026-10') };
    expect(reached({ ...facts, marks: earlier })).toEqual([70]);
  });

  test('tells the end of the quota once, also after a threshold, whether or not 100 is one', () => {
    for (const warnAt of [[85], [85, 100]]) {
      const of = { ...facts, policy: { ...QUOTA_POLICY, warnAt } };
      const high = lookAtQuota({ ...of, statistics: statistics(920) });
      const end = lookAtQuota({ ...of, statistics: statistics(1_000), marks: marksAfter(high) });
      expect(end.news.map(({ subject }) => subject)).toEqual(['quota.exhausted 2026-11 100 1000']);
      expect(lookAtQuota({ ...of, statistics: statistics(1_040), marks: marksAfter(end) }).news).toEqual([]);
    }
  });

  test('tells of a forecast once in a month, though it comes and goes and the use is unknown in between', () => {
    const looks = looksAt([0, 500, 200, 100, 500], 24 * HOUR);
    const ahead = looks.map(({ state, news }) => [
      state.forecast?.exhaustedAt !== undefined,
      news.map(({ type }) => type),
    ]);
    expect(ahead).toEqual([
      [false, []],
      [true, ['quota.exhaustion_forecast']],
      [false, []],
      [false, []],
      [true, []],
    ]);
  });

  test('says since when the condition has its status, however often it is read, and anew in another month', () => {
    const looks = looksAt([10, 20, 720, 1_000, 1_100, 900, 1_100], HOUR);
    const standings = looks.map(({ state }) => [state.standing?.status, ((state.standing?.since ?? 0) - now) / HOUR]);
    expect(standings).toEqual([
      ['true', 0],
      ['true', 0],
      ['false', 2],
      ['false', 2],
      ['false', 2],
      ['unknown', 5],
      ['false', 6],
    ]);
    const last = looks.at(-1);
    const next = { ...facts, now: Date.UTC(2026, 11, 1), month: '2026-12', statistics: statistics(1_000, '2026-12') };
    const { state } = lookAtQuota({ ...next, ...(last && { marks: marksAfter(last) }) });
    expect(state.standing).toEqual({ status: 'false', since: next.now });
  });

  test('tells nothing again that an older version of the program told', () => {
    const { news, ...high } = lookAtQuota({ ...facts, statistics: statistics(1_000) });
    const { told: _, ...state } = high.state;
    expect(news).not.toEqual([]);
    const again = lookAtQuota({ ...facts, statistics: statistics(1_000), marks: marksAfter({ ...high, state }) });
    expect(again.news).toEqual([]);
  });

  test('has no forecast while the use is unknown, and begins to give up nothing', () => {
    const doubted = { ...facts, policy: enforce, marks: { quota: read(960, now - HOUR) }, statistics: statistics(950) };
    const { usage, state, isShedOther } = lookAtQuota(doubted);
    expect([usage, state.forecast, state.shed, isShedOther]).toEqual([undefined, undefined, undefined, false]);
    expect(state.unknown).toMatchObject({ reason: 'incomplete', shown: 950 });
  });

  test('keeps what is given up while the use is unknown, which is no reason for a run', () => {
    const shed = { month: '2026-11', at: 95, priority: 1, since: now - HOUR };
    const marks = { quota: read(960, now - HOUR), quotaState: { at: now - HOUR, shed } };
    const look = lookAtQuota({ ...facts, policy: enforce, marks, statistics: statistics(950) });
    expect([look.state.shed, look.isShedOther]).toEqual([shed, false]);
  });

  test('asks for a run when another rung holds', () => {
    const look = lookAtQuota({ ...facts, policy: enforce, statistics: statistics(810) });
    expect([look.state.shed, look.isShedOther]).toEqual([{ month: '2026-11', at: 80, priority: 8, since: now }, true]);
  });

  test('keeps what the gateway told of the event types', () => {
    const shares = { from: 0, to: 1, counts: { 'order.created': 3 } };
    expect(lookAtQuota({ ...facts, marks: { quotaState: { at: 0, shares } } }).state.shares).toEqual(shares);
  });

  test.each<[string, number, readonly TimedUsage[], number | undefined]>([
    ['more than was known', 900, [read(850, Date.UTC(2026, 9, 31, 22), '2026-10')], 900],
    ['what was known', 850, [read(850, Date.UTC(2026, 9, 31, 22), '2026-10')], undefined],
    ['something where nothing was known', 900, [], 900],
  ])('takes what was counted late for the month before: %s', (_, sent, history, late) => {
    const from = Date.UTC(2026, 10, 1);
    const early = { ...facts, now: from + HOUR, history, statistics: statistics(sent, '2026-10') };
    const look = lookAtQuota(early);
    expect([look.late?.usage.used, look.late?.at]).toEqual([late, late === undefined ? undefined : from - 1]);
    expect(lookAtQuota({ ...early, now: from + 49 * HOUR }).late).toBeUndefined();
  });
});

const at = (minutes: number) => now + minutes * 60_000;

test('a forecast rests on one reading an hour, and on none that the platform took back', () => {
  const history = [
    read(900, at(-120), '2026-10'),
    read(10, at(-100)),
    read(12, at(-90)),
    read(50, at(-50)),
    read(20, at(-10)),
    read(31, at(30)),
  ];
  expect(readingsOf(history, read(30, at(0))).map(({ used }) => used)).toEqual([900, 12, 20, 30]);
});
