import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { ManualSchedule } from '../../test/support/manual-schedule.js';
import { fail, ModelServer, type Script } from '../../test/support/model-server.js';
import { entry, row, tenant } from '../../test/support/values.js';
import { MemoryRecords } from '../adapters/memory-records.js';
import { type GatewayError, LedgerError, RejectedError, UnavailableError } from '../core/errors.js';
import type { Standing, TenantRecords } from '../core/replica-ports.js';
import type { Trigger } from '../core/result.js';
import type { Mode } from '../core/state.js';
import { Metrics } from '../metrics/metrics.js';
import { Fleet, type FleetWish } from './fleet.js';

const MINUTE = 60_000;
const LEADING: Pick<Standing, 'role' | 'generation'> = { role: 'leading', generation: 2 };
const BEHIND: typeof LEADING = { role: 'behind', generation: 1 };

interface World {
  script?: Script;
  /** Decides the jitter of 10 %. */
  random?: number;
  mode?: Mode;
  /** Shared by several replicas. */
  records?: TenantRecords;
  /** Hash of what the file says. */
  hash?: string;
}

/** One tenant that wants `a.x`, run by hand. */
async function fleet({
  script = {},
  random = 0.5,
  mode = 'enforce',
  records = new MemoryRecords(),
  hash = 'h1',
}: World = {}) {
  const server = new ModelServer([row('a.x')], script);
  const schedule = new ManualSchedule();
  const world = { now: 1_000_000 };
  const lines: string[] = [];
  const metrics = new Metrics({ version: '0', revision: '0' }, { now: () => 0 });
  const instance = new Fleet({
    schedule,
    records,
    metrics,
    logger: pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) }),
    clock: { now: () => world.now },
    random: () => random,
    newId: () => 'r-1',
    actor: 'host:1',
  });
  const wish = (hashes: Readonly<Record<string, string>>): FleetWish => ({
    tenants: Object.entries(hashes).map(([name, of]) => ({
      desired: tenant({ tenant: name, mode, subscriptions: [entry('a.x')] }),
      gateway: server,
      hash: of,
    })),
    cadence: { intervalMs: 5 * MINUTE, maxIntervalMs: 20 * MINUTE, jitter: 0.1 },
    pace: { concurrency: 1, intervalMs: 5 * MINUTE, spacingMs: () => 0 },
  });
  const take = async (hashes: Readonly<Record<string, string>>, standing = LEADING) => {
    instance.take(wish(hashes));
    await instance.follow();
    await instance.arrange(standing);
  };
  await take({ acme: hash });
  const run = (signal?: AbortSignal, trigger?: Trigger) => schedule.run('acme', world.now, signal, trigger);
  const status = () => {
    const { last, conditions: _, ...rest } = instance.status('acme') ?? {};
    return { ...rest, outcome: last?.outcome };
  };
  return { fleet: instance, server, schedule, world, lines, metrics, wish, take, run, status, records };
}

const unavailable = (retryAfterMs?: number) =>
  new UnavailableError('listSubscriptions answered 503', {
    operation: 'listSubscriptions',
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  });

const broken = (error: GatewayError): World => ({ script: { onRead: () => fail(error) } });

const asked = async (ms: number) => (await fleet(broken(unavailable(ms)))).run();

describe('the wait for the next reconcile', () => {
  it('is the interval after a change, doubles while in sync up to the maximum, and starts again after drift', async () => {
    const { server, run } = await fleet();
    const waits: number[] = [];
    for (let pass = 0; pass < 5; pass++) waits.push((await run()).afterMs / MINUTE);
    server.touch('a.x', { state: 'UNSUBSCRIBED' });
    waits.push((await run()).afterMs / MINUTE, (await run()).afterMs / MINUTE);
    expect(waits).toEqual([5, 10, 20, 20, 20, 5, 10]);
  });

  it('is stretched or cut by the jitter', async () => {
    expect((await (await fleet({ random: 0 })).run()).afterMs).toBe(4.5 * MINUTE);
    expect((await (await fleet({ random: 0.75 })).run()).afterMs).toBe(5.25 * MINUTE);
  });

  it('is as long as the API asks for when that is longer, jitter or not', async () => {
    expect((await asked(30 * MINUTE)).afterMs).toBe(30 * MINUTE);
    expect((await asked(1 * MINUTE)).afterMs).toBe(5 * MINUTE);
    const { run } = await fleet({ ...broken(unavailable(30 * MINUTE)), random: 0 });
    expect((await run()).afterMs).toBe(30 * MINUTE);
  });

  it('is a retry after a failure, among the failing only when the tenant as a whole failed', async () => {
    expect(await (await fleet(broken(unavailable()))).run()).toMatchObject({ trigger: 'retry', failing: true });
    expect(await (await fleet()).run()).toMatchObject({ trigger: 'interval', failing: false });
  });
});

describe('the status of a tenant', () => {
  it('is pending before the first reconcile', async () => {
    expect((await fleet()).status()).toEqual({
      tenant: 'acme',
      state: 'pending',
      consecutiveFailures: 0,
      outcome: undefined,
    });
  });

  it('counts failures until the next success, and keeps the time of the last sync', async () => {
    const { world, run, status } = await fleet({
      script: { onRead: (n) => (n === 3 || n === 4 ? fail(unavailable()) : undefined) },
    });
    await run();
    expect(status()).toMatchObject({ state: 'in_sync', outcome: 'changed', lastSyncAt: 1_000_000 });
    for (const failures of [1, 2]) {
      world.now += 1_000;
      await run();
      expect(status()).toMatchObject({ state: 'failing', consecutiveFailures: failures, lastSyncAt: 1_000_000 });
    }
    world.now += 1_000;
    await run();
    expect(status()).toMatchObject({ state: 'in_sync', consecutiveFailures: 0, lastSyncAt: 1_003_000 });
  });

  it('says in the log whether trying again helps', async () => {
    const error = new RejectedError('listSubscriptions answered 404', { operation: 'listSubscriptions' });
    const { lines, run } = await fleet(broken(error));
    await run();
    const told = lines.map((line) => JSON.parse(line) as { readonly condition?: string });
    expect(told.filter(({ condition }) => condition === undefined)).toMatchObject([
      { tenant: 'acme', trigger: 'interval', lagMs: 0, msg: 'reconcile starts' },
      { tenant: 'acme', reconcileId: 'r-1', transient: false, error: error.message, msg: 'failed' },
    ]);
    expect(told.find(({ condition }) => condition === 'Ready')).toMatchObject({
      status: 'false',
      reason: 'Unreadable',
    });
  });
});

describe('drift that is only observed', () => {
  it('is a warning once, and again when it is another', async () => {
    const { server, lines, run } = await fleet({ mode: 'observe' });
    const warnings = async () => {
      await run();
      return lines.splice(0).filter((line) => line.includes('"level":40')).length;
    };
    expect([await warnings(), await warnings()]).toEqual([1, 0]);
    server.touch('a.x', { state: 'SUBSCRIBED' });
    expect(await warnings()).toBe(0);
    server.touch('a.x', { state: 'UNSUBSCRIBED' });
    expect([await warnings(), await warnings()]).toEqual([1, 0]);
  });
});

describe('an end in the middle of a reconcile', () => {
  it('is no failure of the tenant', async () => {
    const { run, status } = await fleet();
    const next = await run(AbortSignal.abort(new Error('shutting down')));
    expect(next).toEqual({ afterMs: 5 * MINUTE, trigger: 'interval', failing: false });
    expect(status()).toMatchObject({ state: 'pending', consecutiveFailures: 0 });
  });

  it('is a bug when nobody asked for it, and goes up to the schedule', async () => {
    const { run } = await fleet({
      script: {
        onRead: () => {
          throw new TypeError('a bug');
        },
      },
    });
    await expect(run()).rejects.toThrow('a bug');
  });
});

describe('two replicas', () => {
  it('know what the other one did, and count on from it', async () => {
    const records = new MemoryRecords();
    const one = await fleet({ records, ...broken(unavailable()) });
    const two = await fleet({ records });
    await one.run();
    expect(two.status()).toMatchObject({ state: 'pending' });
    await two.fleet.follow();
    expect(two.status()).toMatchObject({ state: 'failing', consecutiveFailures: 1 });
    await two.run();
    await one.fleet.follow();
    expect(one.status()).toMatchObject({ state: 'in_sync', consecutiveFailures: 0 });
  });

  it('tell a condition in the log of the one that found it', async () => {
    const records = new MemoryRecords();
    const one = await fleet({ records, ...broken(unavailable()) });
    const two = await fleet({ records });
    await one.run();
    await two.fleet.follow();
    expect(one.lines.filter((line) => line.includes('condition Ready'))).toHaveLength(1);
    expect(two.lines.filter((line) => line.includes('condition Ready'))).toEqual([]);
  });

  it('start no run while another one has a newer file, and take up theirs when that is gone', async () => {
    const { schedule, take, fleet: instance } = await fleet();
    await take({ acme: 'h1', beta: 'h1' }, BEHIND);
    expect({ held: schedule.held, tenants: schedule.tenants }).toEqual({ held: true, tenants: ['acme'] });
    expect(instance.standingBy).toBe(true);
    await instance.arrange(LEADING);
    expect({ held: schedule.held, tenants: schedule.tenants }).toEqual({ held: false, tenants: ['acme', 'beta'] });
  });
});

/** A run after one of a newer file; `standing` is what is learned when it is asked for. */
async function met(standing: typeof LEADING) {
  const records = new MemoryRecords();
  const newer = await fleet({ records });
  await newer.run();
  const one = await fleet({ records });
  await one.fleet.arrange({ role: 'leading', generation: 1 });
  one.fleet.onNewerFile(() => one.fleet.arrange(standing));
  return one;
}

describe('a run that meets the traces of a newer file', () => {
  it('does nothing when another replica has that file, which takes over soon', async () => {
    const { run, server } = await met(BEHIND);
    expect(await run()).toEqual({ afterMs: 1_000, trigger: 'interval', failing: false });
    expect(server.calls).toEqual([]);
  });

  it('does nothing either while the others do not know of the file that it has taken up', async () => {
    const { fleet: instance, run, server, wish } = await fleet();
    instance.take(wish({ acme: 'h2' }));
    expect(await run()).toEqual({ afterMs: 1_000, trigger: 'interval', failing: false });
    expect(server.calls).toEqual([]);
  });

  it('goes on when nobody has it any more', async () => {
    const { run, server, status } = await met({ role: 'leading', generation: 3 });
    await run();
    expect(server.calls).not.toEqual([]);
    expect(status()).toMatchObject({ state: 'in_sync' });
  });
});

describe('a reload', () => {
  it('asks for a run of each tenant of which the file says something else, and of no other', async () => {
    const { schedule, take, run } = await fleet();
    await run();
    await take({ acme: 'h1', beta: 'h1' });
    expect(schedule.requests).toEqual([]);
    await take({ acme: 'h2', beta: 'h2' });
    expect(schedule.requests).toEqual([{ tenant: 'acme', wish: { trigger: 'config', afterMs: 0 } }]);
  });

  it('keeps what is known of the tenants that stay, and forgets everything of those that go', async () => {
    const { fleet: instance, take, run, status, records, metrics } = await fleet();
    await run();
    await take({ acme: 'h2' });
    expect(status()).toMatchObject({ state: 'in_sync' });
    await take({ beta: 'h1' });
    expect(instance.statuses().map(({ tenant: name, state }) => [name, state])).toEqual([['beta', 'pending']]);
    expect(await records.read('acme')).toEqual({ marks: {} });
    expect(await metricsText(metrics)).not.toContain('acme');
  });

  it('forgets what is left of a tenant that the file lost while nobody ran', async () => {
    const records = new MemoryRecords();
    await (await fleet({ records })).run();
    const { take } = await fleet({ records });
    await records.pause('gone', { at: 1, by: 'ops' });
    await take({ acme: 'h1' }, BEHIND);
    expect((await records.changes()).rows.map(({ tenant: name }) => name)).toEqual(['acme', 'gone']);
    await take({ acme: 'h1' });
    expect((await records.changes()).rows.map(({ tenant: name }) => name)).toEqual(['acme']);
  });

  it('in the middle of a run is not what that run was made with, nor its generation', async () => {
    const onward: Array<() => Promise<void>> = [];
    const { records, run, take } = await fleet({ script: { onRead: (n) => void (n === 1 && onward[0]?.()) } });
    onward.push(() => take({ acme: 'h2' }, { role: 'leading', generation: 3 }));
    await run();
    expect((await records.read('acme')).record).toMatchObject({ desired: 'h1', generation: 2 });
    await run();
    expect((await records.read('acme')).record).toMatchObject({ desired: 'h2', generation: 3 });
  });

  it('before a run has its file is what that run is made with, wholly', async () => {
    const onward: Array<() => Promise<void>> = [];
    class Reloading extends MemoryRecords {
      override async read(name: string) {
        await onward.shift()?.();
        return super.read(name);
      }
    }
    const { records, run, take } = await fleet({ records: new Reloading() });
    onward.push(() => take({ acme: 'h2' }, { role: 'leading', generation: 3 }));
    await run();
    expect((await records.read('acme')).record).toMatchObject({ desired: 'h2', generation: 3 });
  });

  it('does nothing for a tenant whose turn comes after it has gone', async () => {
    const { take, run, server } = await fleet();
    await take({ beta: 'h1' });
    expect(await run()).toEqual({ afterMs: 5 * MINUTE, trigger: 'interval', failing: false });
    expect(server.calls).toEqual([]);
  });
});

describe('the first pass', () => {
  it('has not begun before a file is taken up, and is not over for want of tenants', () => {
    const instance = new Fleet({
      schedule: new ManualSchedule(),
      records: new MemoryRecords(),
      metrics: new Metrics({ version: '0', revision: '0' }, { now: () => 0 }),
      logger: pino({ level: 'silent' }),
      clock: { now: () => 0 },
      random: () => 0,
      newId: () => 'r-1',
      actor: 'host:1',
    });
    expect(instance.unseen()).toBeUndefined();
  });

  it('is over when every tenant was looked at, and stays over when tenants are added', async () => {
    const { fleet: instance, take, run } = await fleet();
    expect(instance.unseen()).toBe(1);
    await run();
    expect(instance.unseen()).toBe(0);
    await take({ acme: 'h1', beta: 'h1' });
    expect(instance.unseen()).toBe(0);
  });

  it('is over for a tenant that another process looked at for the same file, and not for another file', async () => {
    const { records, run } = await fleet();
    await run();
    expect((await fleet({ records })).fleet.unseen()).toBe(0);
    expect((await fleet({ records, hash: 'h2' })).fleet.unseen()).toBe(1);
  });

  it('is no matter for a replica that stands by', async () => {
    const { fleet: instance } = await fleet();
    await instance.arrange(BEHIND);
    expect(instance.unseen()).toBe(0);
  });
});

describe('a paused tenant', () => {
  const pause = { at: 5, by: 'ops', reason: 'migration' };

  it('is neither read nor written, whichever replica was told, until it is resumed', async () => {
    const records = new MemoryRecords();
    const one = await fleet({ records });
    const two = await fleet({ records });
    expect(await one.fleet.pause('acme', pause)).toBeUndefined();
    expect(await two.fleet.pause('acme', pause)).toEqual(pause);
    expect(await two.run()).toEqual({ afterMs: 5 * MINUTE, trigger: 'interval', failing: false });
    expect(two.server.calls).toEqual([]);
    expect([one.status(), two.status()]).toMatchObject([
      { state: 'paused', pause },
      { state: 'paused', pause },
    ]);
    two.schedule.requests.length = 0;
    await two.fleet.resume('acme');
    expect(two.schedule.requests).toEqual([{ tenant: 'acme', wish: { trigger: 'manual' } }]);
    await two.run();
    expect(two.status()).toMatchObject({ state: 'in_sync', outcome: 'changed' });
  });

  it('counts as looked at', async () => {
    const { fleet: instance } = await fleet();
    await instance.pause('acme', pause);
    expect(instance.unseen()).toBe(0);
  });

  it('stays paused when it was paused in the middle of a run', async () => {
    const {
      server,
      fleet: instance,
      run,
      status,
    } = await fleet({
      script: { onRead: () => void instance.pause('acme', pause) },
    });
    await run();
    expect(server.calls).not.toEqual([]);
    expect(status()).toMatchObject({ state: 'paused', outcome: 'changed' });
  });
});

describe('records that cannot be reached', () => {
  /** Fails while told to. */
  class Flaky extends MemoryRecords {
    down = false;

    override async read(name: string) {
      if (this.down) throw new LedgerError('no connection', { transient: true });
      return super.read(name);
    }

    override async write(...args: Parameters<TenantRecords['write']>) {
      if (this.down) throw new LedgerError('no connection', { transient: true });
      return super.write(...args);
    }

    override async changes(cursor?: string) {
      if (this.down) throw new LedgerError('no connection', { transient: true });
      return super.changes(cursor);
    }
  }

  it('keep nothing from running, are said once, and get what they missed with the next run', async () => {
    const records = new Flaky();
    const { fleet: instance, run, status, lines, world } = await fleet({ records, ...broken(unavailable()) });
    records.down = true;
    for (let n = 1; n <= 3; n++) {
      world.now += MINUTE;
      await run();
      await instance.follow();
    }
    expect(status()).toMatchObject({ state: 'failing', consecutiveFailures: 3 });
    expect(lines.filter((line) => line.includes('cannot be written'))).toHaveLength(1);
    records.down = false;
    world.now += MINUTE;
    await run();
    expect((await records.read('acme')).record?.consecutiveFailures).toBe(4);
  });
});

/** What a scrape would see. */
async function metricsText(metrics: Metrics): Promise<string> {
  let text = '';
  for await (const block of metrics.text()) text += block;
  return text;
}
