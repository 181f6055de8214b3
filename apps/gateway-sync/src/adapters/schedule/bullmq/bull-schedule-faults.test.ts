import { once } from 'node:events';
import { inspect } from 'node:util';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { proxiedDatabase } from '../../../../test/support/proxied-database.js';
import { useDatabase } from '../../../../test/support/database.js';
import { startScheduleProcess } from '../../../../test/support/schedule-process.js';
import { Gate, HOUR, LATER, pace, useReplicas } from '../../../../test/support/schedules.js';
import type { Next } from '../../../core/schedule.js';

const database = useDatabase();
const replica = useReplicas(() => ({ url: database.url, bundled: false }));
const patience = { timeout: 20_000 };
const SOON: Next = { ...LATER, afterMs: 10 };

const endSessions = () =>
  database.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and application_name = 'gateway-sync'`,
  );
const jobs = (instance: string) =>
  database.query<{ id: string; state: string }>(
    `select id, state::text from gateway_sync_queue.job where queue = $1 order by id`,
    [`${instance}.reconcile`],
  );

describe('a replica that is killed', () => {
  it('has its runs taken over by another one', { timeout: 40_000 }, async () => {
    const killed = startScheduleProcess(database.url, 'killed', ['a', 'b']);
    const first = [await killed.nextRun(), await killed.nextRun()];
    expect(first.toSorted()).toEqual(['a config', 'b config']);
    const gate = new Gate();
    const { reconcile } = await replica('killed');
    await reconcile.start(['a', 'b'], pace(4), gate.job);
    killed.child.kill('SIGKILL');
    await once(killed.child, 'close');
    await vi.waitFor(() => expect(gate.running.toSorted()).toEqual(['a', 'b']), patience);
    for (const tenant of ['a', 'b']) gate.release(tenant);
    // One place each, and nothing left of the dead.
    await vi.waitFor(
      async () => expect((await jobs('killed')).map(({ state }) => state)).toEqual(['delayed', 'delayed']),
      patience,
    );
    expect(gate.runs).toHaveLength(2);
  });

  it('loses no request, however often that happens', { timeout: 60_000 }, async () => {
    const own = await replica('often');
    await own.reconcile.hold(true);
    await own.reconcile.start(['a'], pace(1, HOUR), async () => LATER);
    for (let time = 0; time < 3; time++) {
      const killed = startScheduleProcess(database.url, 'often', ['a']);
      await killed.nextRun();
      if (time === 0) await own.reconcile.request('a', { trigger: 'manual' });
      killed.child.kill('SIGKILL');
      await once(killed.child, 'close');
    }
    const gate = new Gate();
    const { reconcile } = await replica('often');
    await reconcile.start(['a'], pace(1), gate.job);
    await vi.waitFor(() => {
      for (const tenant of gate.running) gate.release(tenant);
      expect(gate.runs.map(({ trigger }) => trigger)).toContain('manual');
    }, patience);
  });
});

describe('loss of the database', () => {
  it('ends no process and loses no run when the server ends every connection', { timeout: 40_000 }, async () => {
    const { reconcile } = await replica('ended');
    const tenants = ['a', 'b', 'c'];
    const counts = new Map<string, number>();
    await reconcile.start(tenants, pace(2), async ({ tenant }) => {
      counts.set(tenant, (counts.get(tenant) ?? 0) + 1);
      return SOON;
    });
    for (let time = 0; time < 5; time++) {
      const before = new Map(counts);
      await endSessions();
      await vi.waitFor(() => {
        for (const tenant of tenants) expect(counts.get(tenant)).toBeGreaterThan((before.get(tenant) ?? 0) + 2);
      }, patience);
    }
  });

  it('aborts the runs, whose lock is lost with it, and runs them again', { timeout: 40_000 }, async () => {
    const { reconcile } = await replica('lost');
    const signals: AbortSignal[] = [];
    await reconcile.start(['a'], pace(1), async ({ signal }) => {
      signals.push(signal);
      if (signals.length > 1) return LATER;
      await once(signal, 'abort');
      return { afterMs: 10, trigger: 'retry', failing: true };
    });
    await vi.waitFor(() => expect(signals).toHaveLength(1), patience);
    await endSessions();
    await vi.waitFor(() => expect(signals).toHaveLength(2), patience);
    expect(signals[0]?.reason).toMatchObject({ name: 'LedgerError', transient: true });
  });

  it(
    'is told once, without a password; meanwhile it shows that it lives, and after it all goes on',
    { timeout: 60_000 },
    async () => {
      const { proxy, url } = await proxiedDatabase(database);
      onTestFinished(() => proxy.close());
      const lines: { level: string; fields: object; message: string }[] = [];
      const log = {
        info: (fields: object, message: string) => void lines.push({ level: 'info', fields, message }),
        warn: (fields: object, message: string) => void lines.push({ level: 'warn', fields, message }),
      };
      const { reconcile } = await replica('told', { address: { url, bundled: false }, log });
      let runs = 0;
      const gate = new Gate();
      await reconcile.start(['a', 'b'], pace(2), async (run) => {
        if (run.tenant === 'b') return gate.job(run);
        runs++;
        return SOON;
      });
      await vi.waitFor(() => expect(runs).toBeGreaterThan(5), patience);
      await vi.waitFor(() => expect(gate.running).toEqual(['b']), patience);
      for (let time = 0; time < 3; time++) {
        await proxy.set('reset');
        await expect(reconcile.request('a', { trigger: 'manual' })).rejects.toThrow('Could not reach');
        await proxy.set('pass');
        await vi.waitFor(() => reconcile.request('a', { trigger: 'manual' }), patience);
      }
      const loop = Promise.withResolvers<void>();
      await proxy.set('reset');
      setTimeout(loop.resolve, 4_000);
      let oldest = 0;
      const watch = setInterval(() => (oldest = Math.max(oldest, Date.now() - reconcile.pulse().beatAt)), 20);
      await expect(reconcile.request('a', { trigger: 'manual' })).rejects.toMatchObject({
        name: 'LedgerError',
        transient: true,
      });
      // Ends while nobody can be told.
      gate.release('b', SOON);
      await loop.promise;
      clearInterval(watch);
      await proxy.set('pass');
      const before = runs;
      await vi.waitFor(() => expect(runs).toBeGreaterThan(before + 5), patience);
      await vi.waitFor(() => expect(gate.runs.length).toBeGreaterThan(1), patience);
      gate.release('b');
      expect(oldest).toBeLessThan(3_000);
      expect(lines.filter(({ level }) => level === 'warn').length).toBeLessThanOrEqual(4);
      const told = (text: string) => lines.filter(({ message }) => message === text).length;
      expect([told('the queue of runs cannot be reached'), told('the queue of runs is back')]).toEqual([1, 0]);
      await vi.waitFor(() => expect(told('the queue of runs is back')).toBe(1), patience);
      const { password } = new URL(url.reveal());
      expect(password).not.toBe('');
      expect(inspect(lines, { depth: 9, showHidden: true })).not.toContain(password);
    },
  );

  it('lets a process stop', { timeout: 40_000 }, async () => {
    const { proxy, url } = await proxiedDatabase(database);
    onTestFinished(() => proxy.close());
    const { reconcile } = await replica('stopped', { address: { url, bundled: false } });
    const gate = new Gate();
    await reconcile.start(['a'], pace(2), gate.job);
    await vi.waitFor(() => expect(gate.running).toEqual(['a']), patience);
    await proxy.set('reset');
    const stop = reconcile.stop(60_000);
    gate.release('a');
    await stop;
    const others = new Gate();
    const { reconcile: other } = await replica('stopped');
    await other.start(['a'], pace(1), others.job);
    await vi.waitFor(() => expect(others.running).toEqual(['a']), patience);
    others.release('a');
  });
});
