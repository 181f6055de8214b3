import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { ManualSchedule } from '../../test/support/manual-schedule.js';
import { fail, ModelServer, type Script } from '../../test/support/model-server.js';
import { entry, row, tenant } from '../../test/support/values.js';
import { RejectedError, UnavailableError } from '../core/errors.js';
import type { Mode } from '../core/state.js';
import { Metrics } from '../metrics/metrics.js';
import { Fleet } from './fleet.js';

const MINUTE = 60_000;

/** One tenant that wants `a.x`, run by hand; `random` decides the jitter of 10 %. */
function fleet(script: Script = {}, random = 0.5, mode: Mode = 'enforce') {
  const server = new ModelServer([row('a.x')], script);
  const schedule = new ManualSchedule();
  const world = { now: 1_000_000 };
  const lines: string[] = [];
  const instance = new Fleet({
    tenants: [{ desired: tenant({ mode, subscriptions: [entry('a.x')] }), gateway: server }],
    schedule,
    cadence: { intervalMs: 5 * MINUTE, maxIntervalMs: 20 * MINUTE, jitter: 0.1 },
    metrics: new Metrics({ version: '0', revision: '0' }),
    logger: pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) }),
    clock: { now: () => world.now },
    random: () => random,
    newId: () => 'r-1',
    actor: 'host:1',
  });
  instance.start();
  const run = (signal?: AbortSignal) => schedule.run('acme', world.now, signal);
  const status = () => {
    const { result, conditions: _, ...rest } = instance.statuses()[0] ?? {};
    return { ...rest, outcome: result?.outcome };
  };
  return { server, world, lines, run, status };
}

const unavailable = (retryAfterMs?: number) =>
  new UnavailableError('listSubscriptions answered 503', {
    operation: 'listSubscriptions',
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  });

const asked = (ms: number) => fleet({ onRead: () => fail(unavailable(ms)) }).run();

describe('the wait for the next reconcile', () => {
  it('is the interval after a change, doubles while in sync up to the maximum, and starts again after drift', async () => {
    const { server, run } = fleet();
    const waits: number[] = [];
    for (let pass = 0; pass < 5; pass++) waits.push((await run()).afterMs / MINUTE);
    server.touch('a.x', { state: 'UNSUBSCRIBED' });
    waits.push((await run()).afterMs / MINUTE, (await run()).afterMs / MINUTE);
    expect(waits).toEqual([5, 10, 20, 20, 20, 5, 10]);
  });

  it('is stretched or cut by the jitter', async () => {
    expect((await fleet({}, 0).run()).afterMs).toBe(4.5 * MINUTE);
    expect((await fleet({}, 0.75).run()).afterMs).toBe(5.25 * MINUTE);
  });

  it('is as long as the API asks for when that is longer', async () => {
    expect((await asked(30 * MINUTE)).afterMs).toBe(30 * MINUTE);
    expect((await asked(1 * MINUTE)).afterMs).toBe(5 * MINUTE);
  });

  it('is spent among the failing only when the tenant as a whole failed', async () => {
    expect((await fleet({ onRead: () => fail(unavailable()) }).run()).failing).toBe(true);
    expect((await fleet().run()).failing).toBe(false);
  });
});

describe('the status of a tenant', () => {
  it('is pending before the first reconcile', () => {
    expect(fleet().status()).toEqual({ tenant: 'acme', state: 'pending', consecutiveFailures: 0, outcome: undefined });
  });

  it('counts failures until the next success, and keeps the time of the last sync', async () => {
    const { world, run, status } = fleet({ onRead: (n) => (n === 3 || n === 4 ? fail(unavailable()) : undefined) });
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
    const { lines, run } = fleet({ onRead: () => fail(error) });
    await run();
    const told = lines.map((line) => JSON.parse(line) as { readonly condition?: string });
    expect(told.filter(({ condition }) => condition === undefined)).toMatchObject([
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
    const { server, lines, run } = fleet({}, 0.5, 'observe');
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
    const { run, status } = fleet();
    expect(await run(AbortSignal.abort(new Error('shutting down')))).toEqual({ afterMs: 5 * MINUTE, failing: false });
    expect(status()).toMatchObject({ state: 'pending', consecutiveFailures: 0 });
  });

  it('is a bug when nobody asked for it, and goes up to the schedule', async () => {
    const { run } = fleet({
      onRead: () => {
        throw new TypeError('a bug');
      },
    });
    await expect(run()).rejects.toThrow('a bug');
  });
});
