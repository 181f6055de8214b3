import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { useDatabase } from '../../../../test/support/database.js';
import { Gate, HOUR, LATER, pace, useReplicas } from '../../../../test/support/schedules.js';
import type { Next } from '../../../core/schedule.js';

const database = useDatabase();
const replica = useReplicas(() => ({ url: database.url, bundled: false }));
const patience = { timeout: 10_000 };
const count = async (what: string) =>
  Number((await database.query<{ n: string }>(`select count(*) as n from ${what}`))[0]?.n);
const RETRY: Next = { afterMs: 0, trigger: 'retry', failing: true };

describe('BullSchedule', () => {
  it('runs every tenant, and again after the wait it is told', async () => {
    const { reconcile } = await replica('again');
    const runs: { tenant: string; trigger: string; late: boolean }[] = [];
    await reconcile.start(['a', 'b'], pace(4), async ({ tenant, trigger, dueAt }) => {
      runs.push({ tenant, trigger, late: Date.now() - dueAt > 5_000 });
      const again = runs.filter((run) => run.tenant === 'a').length < 4;
      return tenant === 'a' && again ? { ...RETRY, failing: false, afterMs: 5 } : LATER;
    });
    await vi.waitFor(() => expect(runs.filter(({ tenant }) => tenant === 'a')).toHaveLength(4), patience);
    expect(runs.filter(({ tenant }) => tenant === 'b')).toEqual([{ tenant: 'b', trigger: 'config', late: false }]);
    expect(runs.filter(({ tenant }) => tenant === 'a').map(({ trigger }) => trigger)).toEqual([
      'config',
      'retry',
      'retry',
      'retry',
    ]);
    expect(runs.some(({ late }) => late)).toBe(false);
  });

  it('never runs more than its slots', async () => {
    const { reconcile } = await replica('slots');
    let running = 0;
    let most = 0;
    let runs = 0;
    const tenants = Array.from({ length: 12 }, (_, index) => `t${index}`);
    await reconcile.start(tenants, pace(3), async () => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setTimeout(resolve, 2));
      running--;
      runs++;
      return { ...LATER, afterMs: 0 };
    });
    await vi.waitFor(() => expect(runs).toBeGreaterThan(100), patience);
    expect(most).toBe(3);
  });

  it('case 48: a request during a run leads to exactly one more run after it, however many there are', async () => {
    const { reconcile } = await replica('during');
    const gate = new Gate();
    await reconcile.start(['a'], pace(4), gate.job);
    await vi.waitFor(() => expect(gate.running).toEqual(['a']), patience);
    for (let time = 0; time < 5; time++) await reconcile.request('a', { trigger: 'manual' });
    expect(gate.runs).toHaveLength(1);
    gate.release('a');
    await vi.waitFor(() => expect(gate.runs).toHaveLength(2), patience);
    expect(gate.runs[1]).toMatchObject({ tenant: 'a', trigger: 'manual' });
    gate.release('a');
    await vi.waitFor(
      async () => expect(await count("gateway_sync_queue.job where queue like 'during.%'")).toBe(1),
      patience,
    );
    expect(gate.runs).toHaveLength(2);
  });

  it('case 46: requests that wait are joined, and the run they lead to is the next one of the rhythm too', async () => {
    const { reconcile } = await replica('joined');
    const gate = new Gate();
    await reconcile.start(['busy', 'a'], pace(1, HOUR), gate.job);
    await vi.waitFor(() => expect(gate.running).toEqual(['busy']), patience);
    await reconcile.request('a', { trigger: 'manual' });
    await reconcile.request('a', { trigger: 'config' });
    await reconcile.request('a', { trigger: 'manual' });
    gate.release('busy');
    await vi.waitFor(() => expect(gate.running).toEqual(['a']), patience);
    gate.release('a');
    await vi.waitFor(
      async () => expect(await count("gateway_sync_queue.job where queue like 'joined.%'")).toBe(2),
      patience,
    );
    expect(gate.runs.map(({ tenant, trigger }) => `${tenant} ${trigger}`)).toEqual(['busy config', 'a manual']);
  });

  it('ignores requests for tenants it does not have', async () => {
    const { reconcile } = await replica('nobody');
    const gate = new Gate();
    await reconcile.start([], pace(1), gate.job);
    await reconcile.request('a', { trigger: 'manual' });
    expect(await count("gateway_sync_queue.job where queue like 'nobody.%'")).toBe(0);
  });

  it('reports a job that throws and comes back to the tenant', async () => {
    const errors: unknown[] = [];
    const { reconcile } = await replica('throws', { onError: (_, tenant, error) => errors.push([tenant, error]) });
    let runs = 0;
    await reconcile.start(['a'], { ...pace(1), intervalMs: 10 }, async () => {
      runs++;
      if (runs === 1) throw new Error('a bug');
      return LATER;
    });
    await vi.waitFor(() => expect(runs).toBe(2), patience);
    expect(errors).toEqual([['a', new Error('a bug')]]);
  });

  it('two replicas share the work and never run one tenant twice at a time', { timeout: 60_000 }, async () => {
    const tenants = Array.from({ length: 8 }, (_, index) => `t${index}`);
    const now = new Set<string>();
    const by = [0, 0];
    let overlaps = 0;
    const replicas = [await replica('both'), await replica('both')];
    await Promise.all(
      replicas.map(({ reconcile }, index) =>
        reconcile.start(tenants, pace(4), async ({ tenant }) => {
          if (now.has(tenant)) overlaps++;
          now.add(tenant);
          await new Promise((resolve) => setTimeout(resolve, 3));
          now.delete(tenant);
          by[index] = (by[index] ?? 0) + 1;
          return { ...LATER, afterMs: 0 };
        }),
      ),
    );
    const asking = tenants.flatMap((tenant) =>
      replicas.map(({ reconcile }) => reconcile.request(tenant, { trigger: 'manual' })),
    );
    await Promise.all(asking);
    await vi.waitFor(() => expect(Math.min(...by)).toBeGreaterThan(100), { timeout: 40_000 });
    expect(overlaps).toBe(0);
  });

  it('case 44: waits for runs in flight when it stops, and leaves the waiting ones to others', async () => {
    const { reconcile } = await replica('stops');
    const gate = new Gate();
    await reconcile.start(['a', 'b'], pace(1, HOUR), gate.job);
    await vi.waitFor(() => expect(gate.running).toEqual(['a']), patience);
    let stopped = false;
    const stop = reconcile.stop(60_000).then(() => (stopped = true));
    await reconcile.request('b', { trigger: 'manual' });
    expect(stopped).toBe(false);
    gate.release('a');
    await stop;
    expect(gate.runs.map((run) => run.tenant)).toEqual(['a']);
    expect(gate.runs[0]?.signal.aborted).toBe(false);
    const others = new Gate();
    const { reconcile: other } = await replica('stops');
    await other.start(['a', 'b'], pace(1), others.job);
    await vi.waitFor(() => expect(others.running).toEqual(['b']), patience);
    others.release('b');
  });

  it('aborts what is still in flight after the grace period', async () => {
    const { reconcile } = await replica('aborts');
    const seen = Promise.withResolvers<AbortSignal>();
    await reconcile.start(['a'], pace(1), async ({ signal }) => {
      seen.resolve(signal);
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
      return RETRY;
    });
    const signal = await seen.promise;
    expect(signal.aborted).toBe(false);
    await reconcile.stop(5);
    expect(signal.aborted).toBe(true);
  });

  it('keeps tenants that fail out of the slots of the others', async () => {
    const { reconcile } = await replica('failing');
    const gate = new Gate();
    let healthy = 0;
    const attempts = new Map<string, number>();
    await reconcile.start(['bad1', 'bad2', 'bad3', 'bad4', 'good'], pace(4), async (run) => {
      if (run.tenant === 'good') {
        healthy++;
        return { ...LATER, afterMs: 0 };
      }
      const attempt = (attempts.get(run.tenant) ?? 0) + 1;
      attempts.set(run.tenant, attempt);
      return attempt === 1 ? RETRY : gate.job(run);
    });
    await vi.waitFor(() => expect(gate.running).toHaveLength(1), patience);
    const before = healthy;
    await vi.waitFor(() => expect(healthy).toBeGreaterThan(before + 30), patience);
    expect(gate.running).toHaveLength(1);
    const seen = new Set<string>();
    for (let round = 0; round < 4; round++) {
      await vi.waitFor(() => expect(gate.running).toHaveLength(1), { timeout: 15_000 });
      const [tenant = ''] = gate.running;
      seen.add(tenant);
      gate.release(tenant);
      await vi.waitFor(() => expect(gate.running).not.toContain(tenant), patience);
    }
    expect(seen.size).toBe(4);
  }, 60_000);

  it('what is urgent goes first', async () => {
    const { reconcile } = await replica('urgent');
    const gate = new Gate();
    await reconcile.start(['first', 'refresh', 'asked', 'changed'], pace(1, HOUR), gate.job);
    await vi.waitFor(() => expect(gate.running).toEqual(['first']), patience);
    await reconcile.request('asked', { trigger: 'manual' });
    await reconcile.request('changed', { trigger: 'config' });
    gate.release('first', { ...LATER, afterMs: 0 });
    for (const tenant of ['changed', 'asked', 'first']) {
      await vi.waitFor(() => expect(gate.running).toEqual([tenant]), patience);
      gate.release(tenant);
    }
    expect(gate.runs.map(({ trigger }) => trigger)).toEqual(['config', 'config', 'manual', 'interval']);
  });

  it('what has waited long enough goes before what is urgent', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now(), shouldAdvanceTime: true });
    onTestFinished(() => void vi.useRealTimers());
    // Nobody takes the first one for dead because two hours have passed.
    const { reconcile } = await replica('aged', { timing: { lockMs: 4 * HOUR, stalledMs: 4 * HOUR } });
    const gate = new Gate();
    await reconcile.start(['first', 'waits', 'asked'], pace(1, HOUR), gate.job);
    await vi.waitFor(() => expect(gate.running).toEqual(['first']), patience);
    await reconcile.request('asked', { trigger: 'manual', afterMs: HOUR });
    vi.setSystemTime(Date.now() + 2 * HOUR);
    gate.release('first');
    for (const tenant of ['waits', 'asked']) {
      await vi.waitFor(() => expect(gate.running).toEqual([tenant]), patience);
      gate.release(tenant);
    }
  });
});
