import { describe, expect, test, vi } from 'vitest';
import { commandLine } from './support/command-line.js';
import { useDatabase } from './support/database.js';
import { quotaStage, type Shop, type Stage } from './support/quota-stage.js';

// Days pass hour by hour, each with requests of its own.
vi.setConfig({ testTimeout: 120_000 });

const database = useDatabase();
const { command } = commandLine();
const stage = (start: string, shops: readonly Shop[]) => quotaStage(start, shops, { database, command });

const used = (month: string, count: number, condition: string, subscribed = 3) => ({
  month,
  used: count,
  condition,
  command: `${month}: ${count} of 40 events (${(count * 2.5).toFixed(1)} %)`,
  subscribed,
});
const unread = (month: string, subscribed = 3, condition = 'unknown Pending') => ({
  month,
  used: undefined,
  condition,
  command: 'not read yet this month',
  subscribed,
});
const awaiting = (until: string) => unread('2026-11', 1, `unknown Pending 2 subscriptions given up, back by ${until}`);
const held = (count: number) =>
  used('2026-10', count, `false ThresholdReached ${count} of 40 events, 70 % reached; 1 subscription given up`, 2);
const below = (month: string, count: number) => used(month, count, `true BelowThreshold ${count} of 40 events`);

/** What each tenant shows, and nothing else of it has changed. */
async function expectShown(on: Stage, expected: Readonly<Record<string, object>>): Promise<void> {
  const shown: Record<string, object> = {};
  for (const tenant of Object.keys(expected)) shown[tenant] = await on.shown(tenant);
  expect(shown).toEqual(expected);
}

const EVERY_THRESHOLD = [
  'quota.exhausted 100',
  'quota.threshold_reached 70',
  'quota.threshold_reached 85',
  'quota.threshold_reached 95',
];

describe('October 2026, in which the clocks of Berlin go back', () => {
  test('ends for each tenant when it ends where the tenant is, and is never shown after that', async () => {
    const usage = { '2026-10': 20 };
    const on = await stage('2026-10-24T00:00:00Z', [
      { tenant: 'berlin', timeZone: 'Europe/Berlin', shed: 'enforce', usage },
      { tenant: 'newyork', timeZone: 'America/New_York', shed: 'enforce', usage },
      { tenant: 'plain', shed: 'enforce', usage },
    ]);
    const everywhere = ['berlin', 'newyork', 'plain'];
    const emit = async (count: number) => {
      for (const tenant of everywhere) await on.emit(tenant, count);
    };
    const shownEverywhere = (shown: object) =>
      expectShown(on, Object.fromEntries(everywhere.map((tenant) => [tenant, shown])));

    await shownEverywhere(below('2026-10', 20));
    await emit(8);
    await on.passTo('2026-10-24T12:00:00Z');
    await shownEverywhere(used('2026-10', 28, 'false ThresholdReached 28 of 40 events, 70 % reached'));
    await emit(4);
    await on.passTo('2026-10-25T06:00:00Z');
    const rung = 'false ThresholdReached 32 of 40 events, 70 % reached; 1 subscription given up';
    await shownEverywhere(used('2026-10', 32, rung, 2));
    await emit(6);
    await on.passTo('2026-10-25T18:00:00Z');
    const ladder = 'false ThresholdReached 38 of 40 events, 95 % reached; 2 subscriptions given up';
    await shownEverywhere(used('2026-10', 38, ladder, 1));
    await emit(2);
    await on.passTo('2026-10-31T22:59:59Z');
    const gone = used('2026-10', 40, 'false Exhausted 40 of 40 events, all used; 2 subscriptions given up', 1);
    await shownEverywhere(gone);

    // Midnight in Berlin, an hour before that of UTC and five before that of New York, where summer still lasts.
    await on.passTo('2026-10-31T23:00:00Z');
    await expectShown(on, { berlin: awaiting('2026-10-31T23:30Z'), newyork: gone, plain: gone });
    await on.passTo('2026-10-31T23:32:00Z');
    await expectShown(on, { berlin: below('2026-11', 0), newyork: gone, plain: gone });
    await emit(1);
    await on.passTo('2026-10-31T23:59:59Z');
    await expectShown(on, { newyork: gone, plain: gone });
    await on.passTo('2026-11-01T00:00:00Z');
    await expectShown(on, { newyork: gone, plain: awaiting('2026-11-01T00:30Z') });
    await on.passTo('2026-11-01T03:59:59Z');
    await expectShown(on, { newyork: gone, plain: below('2026-11', 0) });
    await on.passTo('2026-11-01T04:00:00Z');
    await expectShown(on, { newyork: awaiting('2026-11-01T04:30Z'), plain: below('2026-11', 0) });
    await on.passTo('2026-11-01T05:32:00Z');
    await expectShown(on, { berlin: below('2026-11', 1), newyork: below('2026-11', 0), plain: below('2026-11', 0) });

    // Nobody but Berlin had a month in which the last event could be counted.
    await emit(27);
    await on.passTo('2026-11-02T12:00:00Z');
    await expectShown(on, {
      berlin: used('2026-11', 28, 'false ThresholdReached 28 of 40 events, 70 % reached'),
      newyork: below('2026-11', 27),
      plain: below('2026-11', 27),
    });
    for (const tenant of everywhere) expect(await on.told(tenant, '2026-10')).toEqual(EVERY_THRESHOLD);
    expect(await on.told('berlin', '2026-11')).toEqual(['quota.threshold_reached 70']);
    expect(everywhere.map(on.logged)).toEqual([
      [70, 85, 95, 100, 70],
      [70, 85, 95, 100],
      [70, 85, 95, 100],
    ]);
    expect(await on.told('plain', '2026-11')).toEqual([]);
  });
});

describe('a tenant in Berlin', () => {
  const berlin = { timeZone: 'Europe/Berlin', shed: 'enforce', usage: { '2026-10': 33 } } as const;

  test('is unknown while the month is missing or falls, keeps what it gave up, and is told of no threshold twice', async () => {
    const on = await stage('2026-10-24T00:00:00Z', [{ ...berlin, tenant: 'missing' }]);
    await on.passTo('2026-10-24T06:00:00Z');
    await expectShown(on, { missing: held(33) });

    await on.usage('missing', { set: null });
    await on.passTo('2026-10-25T00:00:00Z');
    const missing = 'the statistics lack 2026-10, where they showed 33 events before';
    expect(await on.shown('missing')).toEqual({
      month: '2026-10',
      used: undefined,
      condition: `unknown Incomplete ${missing}; 1 subscription given up`,
      command: expect.stringMatching(
        /^unknown: the statistics lack 2026-10, .*; last known \d+ h ago, 2026-10: 33 of 40/,
      ),
      subscribed: 2,
    });
    await on.usage('missing', { set: 33 });
    await on.passTo('2026-10-25T06:00:00Z');
    await expectShown(on, { missing: held(33) });

    // Below the rung by more than what is held on to.
    await on.usage('missing', { set: 29 });
    await on.nextReading('missing');
    const fallen = 'the statistics show 29 events where they showed 33 before';
    expect(await on.shown('missing')).toMatchObject({
      used: undefined,
      condition: `unknown Incomplete ${fallen}; 1 subscription given up`,
      subscribed: 2,
    });
    await on.nextReading('missing');
    expect(await on.shown('missing')).toMatchObject({ used: undefined, subscribed: 2 });
    await on.passTo('2026-10-25T18:00:00Z');
    await expectShown(on, { missing: used('2026-10', 29, 'false ThresholdReached 29 of 40 events, 70 % reached') });
    await on.emit('missing', 1);
    await on.passTo('2026-10-26T06:00:00Z');
    expect(await on.told('missing', '2026-10')).toEqual(['quota.threshold_reached 70']);
  });

  test('has its thresholds anew with another limit, and its rungs by the new share', async () => {
    const on = await stage('2026-10-24T00:00:00Z', [{ ...berlin, tenant: 'limits' }]);
    await on.usage('limits', { limit: 80 });
    await on.passTo('2026-10-24T13:00:00Z');
    expect(await on.shown('limits')).toMatchObject({ used: 33, condition: 'true BelowThreshold 33 of 80 events' });
    expect(await on.metric('quota_limit_events', 'limits')).toBe(80);
    await on.emit('limits', 23);
    await on.passTo('2026-10-24T20:00:00Z');
    expect(await on.shown('limits')).toMatchObject({
      used: 56,
      condition: 'false ThresholdReached 56 of 80 events, 70 % reached',
      subscribed: 3,
    });
    await on.usage('limits', { limit: 50 });
    await on.passTo('2026-10-25T06:00:00Z');
    expect(await on.shown('limits')).toMatchObject({
      condition: 'false Exhausted 56 of 50 events, all used; 2 subscriptions given up',
      subscribed: 1,
    });
    expect(on.logged('limits')).toEqual([70, 70, 70, 85, 95, 100]);
    // Of which nobody can say what share is used, nor when.
    await on.usage('limits', { limit: 0 });
    await on.passTo('2026-10-25T13:00:00Z');
    expect(await on.shown('limits')).toMatchObject({
      used: 56,
      condition: 'unknown NoLimit 56 of 0 events; 2 subscriptions given up',
      subscribed: 1,
    });
    expect(await on.metric('quota_exhaustion_timestamp_seconds', 'limits')).toBeUndefined();
    expect(await on.told('limits', '2026-10')).toEqual([
      'quota.exhausted 100',
      'quota.threshold_reached 70',
      'quota.threshold_reached 70',
      'quota.threshold_reached 70',
      'quota.threshold_reached 85',
      'quota.threshold_reached 95',
    ]);
  });

  test('has what is counted late as the last moment of its month, and not in the next', async () => {
    const on = await stage('2026-10-30T00:00:00Z', [{ ...berlin, tenant: 'late', usage: { '2026-10': 20 } }]);
    await on.usage('late', { delayMs: 3 * 3_600_000 });
    await on.passTo('2026-10-31T21:30:00Z');
    await on.emit('late', 5);
    await on.passTo('2026-10-31T22:59:59Z');
    await expectShown(on, { late: below('2026-10', 20) });
    await on.passTo('2026-11-01T06:00:00Z');
    await expectShown(on, { late: below('2026-11', 0) });
    expect(await on.kept('late', '2026-10')).toMatchObject({
      usage: { used: 25 },
      at: Date.parse('2026-10-31T22:59:59.999Z'),
    });
    await on.emit('late', 3);
    await on.passTo('2026-11-01T15:00:00Z');
    await expectShown(on, { late: below('2026-11', 3) });
  });

  test('gets back what it gave up though nothing can be read, and shows nothing of the month that is over', async () => {
    const on = await stage('2026-10-31T12:00:00Z', [{ ...berlin, tenant: 'unreadable', usage: { '2026-10': 40 } }]);
    await expectShown(on, {
      unreadable: used('2026-10', 40, 'false Exhausted 40 of 40 events, all used; 2 subscriptions given up', 1),
    });
    on.app.emulator.addFault({ kind: 'status', status: 503, match: { operationId: 'getStatistics' }, times: 'always' });
    await on.passTo('2026-10-31T23:00:00Z');
    await expectShown(on, {
      unreadable: unread('2026-11', 1, 'unknown Pending 2 subscriptions given up, back by 2026-10-31T23:30Z'),
    });
    const waiting = await command(['quota', '--server', on.app.url], {}, { now: on.time.now() });
    expect(waiting.stdout).toContain(
      '\n  given up   event types of priority 1 and higher numbers, back by 2026-10-31T23:30:00Z: 2026-10 is over\n',
    );
    await on.passTo('2026-11-01T06:00:00Z');
    await expectShown(on, { unreadable: unread('2026-11') });
    expect((await on.quota('unreadable')).state).toEqual({
      at: expect.stringMatching(/^2026-10-31T/),
      failure: {
        at: expect.stringMatching(/^2026-11-01T0[45]:/),
        since: expect.stringMatching(/^2026-10-31T/),
        attempts: expect.toSatisfy((attempts: number) => attempts > 4),
        transient: true,
        message: 'getStatistics answered 503',
        nextAt: expect.stringMatching(/^2026-11-01T06:/),
      },
    });
    const { code, stdout } = await command(['quota', '--server', on.app.url], {}, { now: on.time.now() });
    expect([code, stdout]).toEqual([
      1,
      expect.stringMatching(
        /^unreadable {2}not read yet this month\n {2}not read {3}last attempt \d+ min ago: getStatistics answered 503; next/,
      ),
    ]);
    // Of no month, so that an alert can tell how old everything is.
    expect(await on.metric('quota_observed_timestamp_seconds', 'unreadable')).toBeLessThan(
      Date.parse('2026-10-31T18:00:01Z') / 1_000,
    );
    on.app.emulator.clearFaults();
    await on.passTo('2026-11-01T08:00:00Z');
    await expectShown(on, { unreadable: below('2026-11', 0) });
    expect((await on.quota('unreadable')).state).not.toHaveProperty('failure');
  });

  test('is unknown for a day when the month has no row on its second, whatever was doubted in the month before', async () => {
    const on = await stage('2026-10-30T22:00:00Z', [{ ...berlin, tenant: 'doubted', usage: { '2026-10': 20 } }]);
    await on.usage('doubted', { month: '2026-10', set: null });
    await on.passTo('2026-10-31T22:59:59Z');
    expect(await on.shown('doubted')).toMatchObject({ month: '2026-10', used: undefined });
    // Nobody reads the first day.
    on.app.emulator.addFault({ kind: 'status', status: 503, match: { operationId: 'getStatistics' }, times: 'always' });
    await on.passTo('2026-11-01T22:59:00Z');
    await expectShown(on, { doubted: unread('2026-11') });
    await on.usage('doubted', { month: '2026-10', set: 20 });
    on.app.emulator.clearFaults();
    await on.passTo('2026-11-02T01:00:00Z');
    const lacking = 'the statistics lack 2026-11, and the month before had 20 events';
    expect(await on.shown('doubted')).toMatchObject({ used: undefined, condition: `unknown Incomplete ${lacking}` });
    await on.passTo('2026-11-02T20:00:00Z');
    expect(await on.shown('doubted')).toMatchObject({ used: undefined, condition: `unknown Incomplete ${lacking}` });
    await on.emit('doubted', 4);
    await on.passTo('2026-11-02T22:00:00Z');
    await expectShown(on, { doubted: below('2026-11', 4) });
  });

  test('is unknown on the second day though it had no row on the first, and has none only after a day of that', async () => {
    const on = await stage('2026-10-31T12:00:00Z', [{ ...berlin, tenant: 'silent', usage: { '2026-10': 20 } }]);
    await on.passTo('2026-11-01T22:59:59Z');
    await expectShown(on, { silent: below('2026-11', 0) });
    await on.passTo('2026-11-02T06:00:00Z');
    const lacking = 'the statistics lack 2026-11, and the month before had 20 events';
    expect(await on.shown('silent')).toMatchObject({
      month: '2026-11',
      used: undefined,
      condition: `unknown Incomplete ${lacking}`,
    });
    await on.passTo('2026-11-04T12:00:00Z');
    await expectShown(on, { silent: below('2026-11', 0) });
    await on.passTo('2026-11-06T12:00:00Z');
    await expectShown(on, { silent: below('2026-11', 0) });
  });
});

test('February 2028 ends with its 29th, in Kolkata five and a half hours earlier than in UTC', async () => {
  const usage = { '2028-02': 33 };
  const on = await stage('2028-02-28T12:00:00Z', [
    { tenant: 'kolkata', timeZone: 'Asia/Kolkata', shed: 'enforce', usage },
    { tenant: 'leap', shed: 'enforce', usage },
  ]);
  const rung = used('2028-02', 33, 'false ThresholdReached 33 of 40 events, 70 % reached; 1 subscription given up', 2);
  await on.passTo('2028-02-29T18:29:59Z');
  await expectShown(on, { kolkata: rung, leap: rung });
  const { state } = await on.quota('kolkata');
  expect(state?.forecast?.projected).toBe(33);
  await on.passTo('2028-02-29T18:30:00Z');
  const leapWait = unread('2028-03', 2, 'unknown Pending 1 subscription given up, back by 2028-02-29T19:00Z');
  await expectShown(on, { kolkata: leapWait, leap: rung });
  await on.passTo('2028-02-29T19:02:00Z');
  await expectShown(on, { kolkata: below('2028-03', 0), leap: rung });
  await on.emit('kolkata', 2);
  await on.emit('leap', 2);
  await on.passTo('2028-02-29T23:59:59Z');
  expect(await on.shown('leap')).toMatchObject({ month: '2028-02', subscribed: 2 });
  await on.passTo('2028-03-01T07:00:00Z');
  await expectShown(on, { kolkata: below('2028-03', 2), leap: below('2028-03', 0) });
  expect(await on.told('kolkata', '2028-02')).toEqual(['quota.threshold_reached 70']);
});
