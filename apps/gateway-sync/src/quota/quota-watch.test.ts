import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { ManualSchedule } from '../../test/support/manual-schedule.js';
import { QUOTA_POLICY } from '../../test/support/values.js';
import { AccessDeniedError, UnavailableError } from '../core/errors.js';
import type { EndpointGateway, Gateway, QuotaLog, QuotaStatistics } from '../core/ports.js';
import type { DesiredTenant } from '../core/state.js';
import type { QuotaUsage } from '../core/quota.js';
import type { Pause } from '../core/pause.js';
import type { EventShares } from '../core/quota-state.js';
import type { TenantMarks } from '../core/tenant-record.js';
import { restoreDelay } from '../core/shedding.js';
import { QuotaWatch } from './quota-watch.js';

const acme: DesiredTenant = {
  tenant: 'acme',
  mode: 'enforce',
  prune: 'none',
  instance: 'gateway-sync',
  guards: { maxPrunePercent: 30, minSubscriptions: 10, protect: [], allowEmpty: false },
  subscriptions: [],
  quota: QUOTA_POLICY,
};

/** One tenant whose statistics the test sets, read when the test says so. */
async function watch(start: string, countEvents?: EndpointGateway['countEvents']) {
  const asked: string[] = [];
  const lines: { msg: string; threshold?: number }[] = [];
  const world: {
    now: number;
    answer: () => QuotaStatistics;
    logFails?: boolean;
    pause?: Pause;
    keeps?: string[];
    provider?: 'HTTP';
    runs: number;
  } = {
    now: Date.parse(start),
    answer: () => ({ months: [] }),
    runs: 0,
  };
  const gateway: Pick<Gateway, 'readQuota' | 'listConfigs' | 'endpoints'> = {
    ...(countEvents && { endpoints: { countEvents } as EndpointGateway }), // nothing else is asked of it
    listConfigs: async () => (world.provider ? [{ code: 'own', provider: world.provider, active: true }] : []),
    readQuota: async (month) => {
      asked.push(month);
      return world.answer();
    },
  };
  const fleetTold: { tenant: string; usage: QuotaUsage; at: number }[] = [];
  const kept: unknown[] = [];
  const add: QuotaLog['add'] = async (tenant, usage, at) => {
    if (world.logFails) throw new Error('no connection');
    kept.push({ tenant, usage, at });
  };
  let marks: TenantMarks = {};
  const schedule = new ManualSchedule();
  const replica = (own: ManualSchedule) =>
    new QuotaWatch({
      schedule: own,
      fleet: {
        quotaMarks: async () => ({ ...marks, ...(world.pause && { pause: world.pause }) }),
        knownQuotaMarks: () => marks,
        quotaLooked: async (tenant, { usage, state }) => {
          const quota = usage && state.at !== undefined ? { usage, at: state.at } : undefined;
          if (quota) fleetTold.push({ tenant, ...quota });
          marks = { ...marks, ...(quota && { quota }), quotaState: state };
        },
        shedChanged: async () => void (world.runs += 1),
      },
      log: { add, since: async () => [], keep: (tenants) => (world.keeps = [...tenants]) },
      logger: pino({}, { write: (line: string) => lines.push(JSON.parse(line) as (typeof lines)[number]) }),
      clock: { now: () => world.now },
      random: () => 0.5,
    });
  const quotaWatch = replica(schedule);
  const take = async (desired: DesiredTenant, one = quotaWatch) => {
    one.take({ tenants: [{ desired, gateway }], jitter: 0, pace: PACE });
    await one.arrange(true);
  };
  await take(acme);
  const read = (signal?: AbortSignal) => schedule.run('acme', world.now, signal);
  const told = () => fleetTold.at(-1);
  const marked = (next: TenantMarks) => void (marks = next);
  const known = { marks: () => marks, marked };
  return { world, asked, lines, read, told, fleetTold, kept, quotaWatch, schedule, take, replica, gateway, ...known };
}

const PACE = { concurrency: 1, intervalMs: 1_000, spacingMs: () => 0 };

/** A wait of so many milliseconds. */
const waiting = (afterMs: number, failing = false) => ({ afterMs, trigger: 'interval', failing });
const MINUTE = 60_000;

describe('QuotaWatch', () => {
  it('reads the current month in UTC; a month without a row counts 0', async () => {
    const { world, asked, read, told } = await watch('2026-11-30T23:59:59Z');
    world.answer = () => ({ limit: 10_000, months: [{ month: '2026-11', sent: 8_421 }] });
    expect(await read()).toEqual(waiting(1_000 + MINUTE + restoreDelay('acme', '2026-12')));
    expect(told()).toEqual({
      tenant: 'acme',
      usage: { month: '2026-11', used: 8_421, limit: 10_000, percent: 84.21, crossed: [70] },
      at: world.now,
    });

    world.now += 1_000;
    await read();
    expect(asked).toEqual(['2026-11', '2026-12']);
    expect(told()?.usage).toMatchObject({ month: '2026-12', used: 0, crossed: [] });
  });

  it('says once for each threshold and month that it is reached', async () => {
    const { world, lines, read } = await watch('2026-11-10T00:00:00Z');
    const used = async (sent: number, month = '2026-11') => {
      world.answer = () => ({ limit: 100, months: [{ month, sent }] });
      await read();
      return lines.splice(0).map(({ msg, threshold }) => [threshold, msg]);
    };
    expect(await used(69)).toEqual([[undefined, "the month's events are forecast to run out before it ends"]]);
    expect(await used(86)).toEqual([
      [70, "70 % of the month's events are used"],
      [85, "85 % of the month's events are used"],
    ]);
    expect(await used(80)).toEqual([]);
    expect(await used(96)).toEqual([[95, "95 % of the month's events are used"]]);
    expect(await used(104)).toEqual([[100, "all of the month's events are used"]]);
    expect(await used(105)).toEqual([]);
    world.now = Date.parse('2026-12-01T00:00:00Z');
    expect(await used(71, '2026-12')).toEqual([[70, "70 % of the month's events are used"]]);
  });

  it('keeps the last reading when one fails, and says whether trying again helps', async () => {
    const { world, lines, read, fleetTold } = await watch('2026-11-10T00:00:00Z');
    world.answer = () => ({ limit: 100, months: [{ month: '2026-11', sent: 5 }] });
    await read();
    world.answer = () => {
      throw new UnavailableError('getStatistics answered 503', { operation: 'getStatistics', status: 503 });
    };
    expect(await read()).toEqual(waiting(5 * MINUTE, true));
    expect(fleetTold).toHaveLength(1);
    expect(lines).toMatchObject([{ tenant: 'acme', transient: true, error: 'getStatistics answered 503' }]);
  });

  it('tells every replica why the last attempt failed, and counts on where another one failed', async () => {
    const { world, read, marks, replica, take } = await watch('2026-11-10T00:00:00Z');
    world.answer = () => ({ limit: 100, months: [{ month: '2026-11', sent: 5 }] });
    await read();
    const known = marks();
    const refusal = { operation: 'getStatistics', status: 403 };
    world.answer = () => {
      throw new AccessDeniedError('getStatistics answered 403: canary-of-a-token', refusal);
    };
    world.now += MINUTE;
    const since = world.now;
    await read();
    world.now += MINUTE;
    const schedule = new ManualSchedule();
    await take(acme, replica(schedule));
    await schedule.run('acme', world.now);
    expect(marks()).toEqual({
      ...known,
      quotaState: {
        ...known.quotaState,
        failure: {
          at: world.now,
          since,
          attempts: 2,
          transient: false,
          message: 'getStatistics answered 403',
          nextAt: world.now + 10 * MINUTE,
        },
      },
    });
    world.answer = () => ({ limit: 100, months: [{ month: '2026-11', sent: 6 }] });
    await read();
    expect(marks().quotaState).not.toHaveProperty('failure');
  });

  it('does not ask again at a start for a tenant that could never be read', async () => {
    const { world, read, replica, take } = await watch('2026-11-10T00:00:00Z');
    world.answer = () => {
      throw new UnavailableError('getStatistics answered 503', { operation: 'getStatistics', status: 503 });
    };
    await read();
    const schedule = new ManualSchedule();
    await take(acme, replica(schedule));
    expect(schedule.requests).toEqual([]);
  });

  it('tells the fleet and keeps every reading; one that cannot be kept is a warning and nothing else', async () => {
    const { world, lines, read, fleetTold, kept } = await watch('2026-11-10T00:00:00Z');
    world.answer = () => ({ limit: 100, months: [{ month: '2026-11', sent: 5 }] });
    await read();
    const reading = { tenant: 'acme', usage: { month: '2026-11', used: 5, limit: 100, percent: 5, crossed: [] } };
    expect(kept).toEqual([{ ...reading, at: world.now }]);
    world.logFails = true;
    expect(await read()).toEqual(waiting(6 * 60 * MINUTE));
    expect(fleetTold).toEqual([kept[0], kept[0]]);
    expect(lines).toMatchObject([{ tenant: 'acme', error: 'no connection' }]);
  });

  it('asks four times a day how the events spread over the types, and keeps what it knew when that fails', async () => {
    const asked: string[] = [];
    let shares: EventShares | Error = { from: 0, to: 1, counts: { 'order.created': 3 } };
    const { world, read, marks, lines } = await watch('2026-11-10T00:00:00Z', async ({ from, to }) => {
      asked.push(`${(to - from) / 86_400_000} days until ${new Date(to).toISOString().slice(11, 16)}`);
      if (shares instanceof Error) throw shares;
      return shares;
    });
    const begun = world.now;
    const readAfter = (hours: number) => {
      world.now = begun + hours * 60 * MINUTE;
      return read();
    };
    await readAfter(0);
    await readAfter(5);
    expect(asked).toEqual(['7 days until 00:00']);
    expect(marks().quotaState).toMatchObject({ shares, sharesAskedAt: begun });

    const known = shares;
    shares = new UnavailableError('listMessages answered 503', { operation: 'listMessages', status: 503 });
    await readAfter(6);
    expect(await readAfter(11)).toMatchObject({ failing: false });
    expect(asked).toEqual(['7 days until 00:00', '7 days until 06:00']);
    expect(marks().quotaState).toMatchObject({ at: world.now, shares: known, sharesAskedAt: begun + 360 * MINUTE });
    expect(lines).toEqual([]);
    shares = { from: 1, to: 2, counts: {} };
    await readAfter(12);
    expect(marks().quotaState?.shares).toEqual(shares);
  });

  it('keeps the reading before it counts, so that an end in the middle loses the count alone', async () => {
    const stopping = new AbortController();
    const { world, read, kept, marks } = await watch('2026-11-10T00:00:00Z', async () => {
      stopping.abort();
      throw new UnavailableError('listMessages was aborted', { operation: 'listMessages' });
    });
    world.answer = () => ({ months: [{ month: '2026-11', sent: 70, limit: 100 }] });
    await read(stopping.signal);
    expect(kept).toHaveLength(1);
    expect(marks()).toMatchObject({ quota: { usage: { used: 70 } }, quotaState: { at: world.now } });
    expect(marks().quotaState).not.toHaveProperty('sharesAskedAt');
  });

  it('lets a bug in counting through', async () => {
    const { read } = await watch('2026-11-10T00:00:00Z', () => Promise.reject(new TypeError('a bug')));
    await expect(read()).rejects.toThrow('a bug');
  });

  it('lets a bug through, and takes an abort as no failure', async () => {
    const { world, read } = await watch('2026-11-10T00:00:00Z');
    world.answer = () => {
      throw new TypeError('a bug');
    };
    await expect(read()).rejects.toThrow('a bug');
    expect(await read(AbortSignal.abort())).toEqual(waiting(15 * MINUTE));
  });

  it('reads nothing of a tenant that is paused or that the file names no longer', async () => {
    const { world, asked, read, quotaWatch } = await watch('2026-11-10T00:00:00Z');
    world.pause = { at: 0, by: 'ops' };
    expect(await read()).toEqual(waiting(15 * MINUTE));
    delete world.pause;
    quotaWatch.take({ tenants: [], jitter: 0, pace: PACE });
    expect(await read()).toEqual(waiting(15 * MINUTE));
    expect(asked).toEqual([]);
  });

  it('holds its schedule while another replica has a newer file', async () => {
    const { quotaWatch, schedule } = await watch('2026-11-10T00:00:00Z');
    await quotaWatch.arrange(false);
    expect(schedule.held).toBe(true);
    await quotaWatch.arrange(true);
    expect(schedule.held).toBe(false);
  });

  it('keeps no number of a tenant that is not counted', async () => {
    const { world, read, fleetTold, kept } = await watch('2026-11-10T00:00:00Z');
    world.provider = 'HTTP';
    expect(await read()).toEqual(waiting(6 * 60 * MINUTE));
    expect([fleetTold, kept]).toEqual([[], []]);
  });

  it('takes a count that falls for no count, and looks again within the hour', async () => {
    const { world, read, fleetTold } = await watch('2026-11-10T00:00:00Z');
    world.answer = () => ({ limit: 100, months: [{ month: '2026-11', sent: 50 }] });
    await read();
    world.answer = () => ({ limit: 100, months: [{ month: '2026-11', sent: 40 }] });
    expect(await read()).toEqual(waiting(60 * MINUTE));
    expect(fleetTold.map(({ usage }) => usage.used)).toEqual([50]);
    world.now += 3 * 60 * MINUTE;
    await read();
    expect(fleetTold.map(({ usage }) => usage.used)).toEqual([50, 40]);
  });

  it('asks for one run when a rung is reached, and for none while it holds', async () => {
    const { world, read, take, lines } = await watch('2026-11-10T00:00:00Z');
    const subscriptions = [{ event: 'order.created', priority: 8, place: 'shops.yaml:1:1' }];
    await take({ ...acme, subscriptions, quota: { ...QUOTA_POLICY, shed: 'enforce' } });
    world.answer = () => ({ limit: 100, months: [{ month: '2026-11', sent: 82 }] });
    await read();
    await read();
    expect(world.runs).toBe(1);
    expect(lines.map(({ msg }) => msg)).toContain(
      'event types of priority 8 and less important ones are given up: the quota runs out',
    );
  });

  it('does not say that something is given up where no entry has such a priority', async () => {
    const { world, read, take, lines } = await watch('2026-11-10T00:00:00Z');
    const subscriptions = [{ event: 'order.created', priority: 7, place: 'shops.yaml:1:1' }];
    await take({ ...acme, subscriptions, quota: { ...QUOTA_POLICY, shed: 'enforce' } });
    world.answer = () => ({ limit: 100, months: [{ month: '2026-11', sent: 82 }] });
    await read();
    expect(lines.map(({ msg }) => msg).filter((msg) => /given up/.test(msg))).toEqual([
      'the quota runs out, and nothing has priority 8 or a higher number to be given up',
    ]);
  });

  it('says of a threshold once, whichever replica reads', async () => {
    const { world, read, lines, replica, take } = await watch('2026-11-10T00:00:00Z');
    world.answer = () => ({ limit: 100, months: [{ month: '2026-11', sent: 72 }] });
    await read();
    const schedule = new ManualSchedule();
    await take(acme, replica(schedule));
    await schedule.run('acme', world.now);
    expect(lines.flatMap(({ threshold }) => threshold ?? [])).toEqual([70]);
    expect(lines).toHaveLength(2);
  });

  it('reads at once what a file changed of the quota, and nothing else', async () => {
    const { schedule, take } = await watch('2026-11-10T00:00:00Z');
    await take({ ...acme, prune: 'owned' });
    expect(schedule.requests).toEqual([]);
    await take({ ...acme, quota: { ...QUOTA_POLICY, shed: 'enforce' } });
    await take({ ...acme, quota: { ...QUOTA_POLICY, shed: 'enforce' } });
    expect(schedule.requests).toEqual([{ tenant: 'acme', wish: { trigger: 'config', afterMs: 0 } }]);
  });

  const enforced = { ...acme, quota: { ...QUOTA_POLICY, shed: 'enforce' as const } };

  it.each<[string, DesiredTenant, DesiredTenant]>([
    ['shedding switched on', acme, enforced],
    ['shedding switched off', enforced, acme],
    ['shedding only advised', enforced, { ...acme, quota: { ...QUOTA_POLICY, shed: 'advise' } }],
    ['another ladder', enforced, { ...acme, quota: { ...enforced.quota, ladder: [{ at: 50, priority: 1 }] } }],
    ['another threshold', acme, { ...acme, quota: { ...QUOTA_POLICY, warnAt: [60] } }],
    ['another time zone', acme, { ...acme, quota: { ...QUOTA_POLICY, timeZone: 'Asia/Tokyo' } }],
  ])('reads at once what the file changed while nothing ran: %s', async (_, before, after) => {
    const { read, take, replica } = await watch('2026-11-10T00:00:00Z');
    await take(before);
    await read();
    const schedule = new ManualSchedule();
    const started = replica(schedule);
    await take({ ...before, prune: 'owned' }, started);
    expect(schedule.requests).toEqual([]);
    const changed = new ManualSchedule();
    await take(after, replica(changed));
    expect(changed.requests).toEqual([{ tenant: 'acme', wish: { trigger: 'config', afterMs: 0 } }]);
  });

  it('reads at once where nobody knows by what the last look was judged, and once is enough', async () => {
    const { world, take, replica, marked } = await watch('2026-11-10T00:00:00Z');
    marked({ quotaState: { at: world.now } });
    const [first, second] = [new ManualSchedule(), new ManualSchedule()];
    await take(acme, replica(first));
    expect(first.requests).toHaveLength(1);
    await first.run('acme', world.now);
    await take(acme, replica(second));
    expect(second.requests).toEqual([]);
  });

  it('leaves a tenant of which nothing is kept to the schedule', async () => {
    const { schedule, quotaWatch } = await watch('2026-11-10T00:00:00Z');
    await quotaWatch.arrange(true);
    expect([schedule.tenants, schedule.requests]).toEqual([['acme'], []]);
  });

  it('asks for nothing that another replica has read already, and for nothing while it stands by', async () => {
    const { world, read, schedule, take, replica, gateway } = await watch('2026-11-10T00:00:00Z');
    await read();
    const standing = new ManualSchedule();
    const late = replica(standing);
    late.take({ tenants: [{ desired: enforced, gateway }], jitter: 0, pace: PACE });
    await late.arrange(false);
    expect(standing.requests).toEqual([]);

    const reloaded = new ManualSchedule();
    const second = replica(reloaded);
    await take(acme, second);
    await take(enforced);
    await schedule.run('acme', world.now);
    expect(schedule.requests).toHaveLength(1);
    await take(enforced, second);
    expect(reloaded.requests).toEqual([]);
    await late.arrange(true);
    expect(standing.requests).toEqual([]);
  });

  it('spreads the readings of tenants that changed while nothing ran as those of a reload', async () => {
    const { read, replica, gateway } = await watch('2026-11-10T00:00:00Z');
    await read();
    const schedule = new ManualSchedule();
    const started = replica(schedule);
    const names = ['acme', 'beta', 'gamma', 'delta'];
    const tenants = names.map((tenant) => ({ desired: { ...enforced, tenant }, gateway }));
    const same = { desired: { ...acme, tenant: 'same' }, gateway };
    started.take({ tenants: [same, ...tenants], jitter: 0, pace: { ...PACE, spacingMs: (count) => 1_000 / count } });
    await started.arrange(true);
    expect(schedule.requests.map(({ tenant, wish }) => [tenant, wish.afterMs])).toEqual([
      ['acme', 0],
      ['beta', 250],
      ['gamma', 500],
      ['delta', 750],
    ]);
  });

  it('tells the log which tenants there are, so that it forgets the others', async () => {
    const { world, quotaWatch } = await watch('2026-11-10T00:00:00Z');
    expect(world.keeps).toEqual(['acme']);
    quotaWatch.take({ tenants: [], jitter: 0, pace: PACE });
    expect(world.keeps).toEqual([]);
  });

  it('reads on request', async () => {
    const { quotaWatch, schedule } = await watch('2026-11-10T00:00:00Z');
    await quotaWatch.request('acme');
    expect(schedule.requests).toEqual([{ tenant: 'acme', wish: { trigger: 'manual' } }]);
  });
});
