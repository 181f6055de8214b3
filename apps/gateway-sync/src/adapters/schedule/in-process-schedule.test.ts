import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Next, Run } from '../../core/schedule.js';
import { InProcessSchedule } from './in-process-schedule.js';

const clock = { now: () => Date.now() };
const started: InProcessSchedule[] = [];

function schedule(concurrency: number, onError: (tenant: string, error: unknown) => void = () => undefined) {
  const instance = new InProcessSchedule({ concurrency, clock, onError, errorDelayMs: 1, heartbeatMs: 5 });
  started.push(instance);
  return instance;
}

/** Jobs that end when the test says so. */
class Gate {
  readonly running: string[] = [];
  readonly runs: Run[] = [];
  readonly #releases = new Map<string, (next: Next) => void>();

  readonly job = (run: Run): Promise<Next> => {
    this.running.push(run.tenant);
    this.runs.push(run);
    return new Promise<Next>((resolve) => this.#releases.set(run.tenant, resolve)).finally(() =>
      this.running.splice(this.running.indexOf(run.tenant), 1),
    );
  };

  release(tenant: string, next: Next = { afterMs: 60_000, failing: false }) {
    this.#releases.get(tenant)?.(next);
  }
}

afterEach(async () => {
  await Promise.all(started.splice(0).map((instance) => instance.stop(0)));
});

describe('InProcessSchedule', () => {
  it('runs every tenant at once and again after the wait it is told', async () => {
    const counts = new Map<string, number>();
    schedule(4).start(['a', 'b'], async ({ tenant }) => {
      counts.set(tenant, (counts.get(tenant) ?? 0) + 1);
      return { afterMs: tenant === 'a' ? 1 : 3_600_000, failing: false };
    });
    await vi.waitFor(() => expect(counts.get('a')).toBeGreaterThan(3));
    expect(counts.get('b')).toBe(1);
  });

  it('never runs more than its slots, and never one tenant twice at a time', async () => {
    let running = 0;
    let most = 0;
    const now = new Set<string>();
    let overlaps = 0;
    let runs = 0;
    const tenants = Array.from({ length: 12 }, (_, index) => `t${index}`);
    schedule(3).start(tenants, async ({ tenant }) => {
      most = Math.max(most, ++running);
      if (now.has(tenant)) overlaps++;
      now.add(tenant);
      await nextTurn();
      now.delete(tenant);
      running--;
      runs++;
      return { afterMs: 0, failing: false };
    });
    await vi.waitFor(() => expect(runs).toBeGreaterThan(200));
    expect({ most, overlaps }).toEqual({ most: 3, overlaps: 0 });
  });

  it('keeps tenants that fail out of the slots of the others', async () => {
    const gate = new Gate();
    let healthy = 0;
    const attempts = new Map<string, number>();
    schedule(4).start(['bad1', 'bad2', 'bad3', 'bad4', 'good'], async (run) => {
      if (run.tenant === 'good') {
        healthy++;
        return { afterMs: 0, failing: false };
      }
      const attempt = (attempts.get(run.tenant) ?? 0) + 1;
      attempts.set(run.tenant, attempt);
      // The first failure is quick; from then on every run hangs.
      return attempt === 1 ? { afterMs: 0, failing: true } : gate.job(run);
    });
    await vi.waitFor(() => expect(gate.running).toHaveLength(1));
    const before = healthy;
    await vi.waitFor(() => expect(healthy).toBeGreaterThan(before + 50));
    expect(gate.running).toHaveLength(1);
    for (let round = 0; round < 4; round++) {
      await vi.waitFor(() => expect(gate.running).toHaveLength(1));
      gate.release(gate.running[0] ?? '');
      await nextTurn();
    }
  });

  it('reports a job that throws and comes back to the tenant', async () => {
    const errors: unknown[] = [];
    let runs = 0;
    schedule(1, (tenant, error) => errors.push([tenant, error])).start(['a'], async () => {
      runs++;
      if (runs === 1) throw new Error('a bug');
      return { afterMs: 3_600_000, failing: false };
    });
    await vi.waitFor(() => expect(runs).toBe(2));
    expect(errors).toEqual([['a', new Error('a bug')]]);
  });

  it('waits for runs in flight when it stops, and starts none of the waiting ones', async () => {
    const gate = new Gate();
    const instance = schedule(1);
    instance.start(['a', 'b'], gate.job);
    await vi.waitFor(() => expect(gate.running).toEqual(['a']));
    let stopped = false;
    const stop = instance.stop(60_000).then(() => (stopped = true));
    await nextTurn();
    expect(stopped).toBe(false);
    gate.release('a');
    await stop;
    expect(gate.runs.map((run) => run.tenant)).toEqual(['a']);
    expect(gate.runs[0]?.signal.aborted).toBe(false);
  });

  it('aborts what is still in flight after the grace period', async () => {
    const instance = schedule(1);
    const seen = Promise.withResolvers<AbortSignal>();
    instance.start(['a'], async ({ signal }) => {
      seen.resolve(signal);
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
      return { afterMs: 0, failing: true };
    });
    const signal = await seen.promise;
    expect(signal.aborted).toBe(false);
    await instance.stop(5);
    expect(signal.aborted).toBe(true);
  });

  it('tells its heartbeat, its longest run and whether every tenant ran', async () => {
    const gate = new Gate();
    const instance = schedule(2);
    expect(instance.pulse().oldestRunAt).toBeUndefined();
    const startedAt = Date.now();
    instance.start(['a', 'b'], gate.job);
    await vi.waitFor(() => expect(gate.running).toHaveLength(2));
    expect(instance.pulse().firstPassDone).toBe(false);
    expect(instance.pulse().oldestRunAt).toBeGreaterThanOrEqual(startedAt);
    const { beatAt } = instance.pulse();
    await vi.waitFor(() => expect(instance.pulse().beatAt).toBeGreaterThan(beatAt));
    gate.release('a');
    await vi.waitFor(() => expect(gate.running).toEqual(['b']));
    expect(instance.pulse().firstPassDone).toBe(false);
    gate.release('b');
    await vi.waitFor(() => expect(instance.pulse().firstPassDone).toBe(true));
    expect(instance.pulse().oldestRunAt).toBeUndefined();
  });
});
