import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { Gate, HOUR, LATER, pace } from '../../../test/support/schedules.js';
import type { Next } from '../../core/schedule.js';
import { InProcessSchedule } from './in-process-schedule.js';

const started: InProcessSchedule[] = [];
const RETRY: Next = { afterMs: 0, trigger: 'retry', failing: true };

function schedule(onError: (tenant: string, error: unknown) => void = () => undefined, now = () => Date.now()) {
  const instance = new InProcessSchedule({ clock: { now }, onError, heartbeatMs: 5 });
  started.push(instance);
  return instance;
}

afterEach(async () => {
  await Promise.all(started.splice(0).map((instance) => instance.stop(0)));
});

describe('InProcessSchedule', () => {
  it('runs every tenant at once and again after the wait it is told', async () => {
    const counts = new Map<string, number>();
    await schedule().start(['a', 'b'], pace(4), async ({ tenant }) => {
      counts.set(tenant, (counts.get(tenant) ?? 0) + 1);
      return { ...LATER, afterMs: tenant === 'a' ? 1 : HOUR };
    });
    await vi.waitFor(() => expect(counts.get('a')).toBeGreaterThan(3));
    expect(counts.get('b')).toBe(1);
  });

  it('starts tenants one after the other, as far apart as the pace says', async () => {
    const gate = new Gate();
    await schedule().start(['a', 'b'], pace(2, HOUR), gate.job);
    await vi.waitFor(() => expect(gate.running).toEqual(['a']));
    await nextTurn();
    expect(gate.running).toEqual(['a']);
    gate.release('a');
  });

  it('never runs more than its slots, and never one tenant twice at a time', async () => {
    let running = 0;
    let most = 0;
    const now = new Set<string>();
    let overlaps = 0;
    let runs = 0;
    const tenants = Array.from({ length: 12 }, (_, index) => `t${index}`);
    await schedule().start(tenants, pace(3), async ({ tenant }) => {
      most = Math.max(most, ++running);
      if (now.has(tenant)) overlaps++;
      now.add(tenant);
      await nextTurn();
      now.delete(tenant);
      running--;
      runs++;
      return { ...LATER, afterMs: 0, failing: runs % 2 === 0 };
    });
    await vi.waitFor(() => expect(runs).toBeGreaterThan(200));
    expect({ most, overlaps }).toEqual({ most: 3, overlaps: 0 });
  });

  it('keeps tenants that fail out of the slots of the others', async () => {
    const gate = new Gate();
    let healthy = 0;
    const attempts = new Map<string, number>();
    await schedule().start(['bad1', 'bad2', 'bad3', 'bad4', 'good'], pace(4), async (run) => {
      if (run.tenant === 'good') {
        healthy++;
        return { ...LATER, afterMs: 0 };
      }
      const attempt = (attempts.get(run.tenant) ?? 0) + 1;
      attempts.set(run.tenant, attempt);
      // The first failure is quick; from then on every run hangs.
      return attempt === 1 ? RETRY : gate.job(run);
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

  it('what is urgent goes first, even when it is asked for while it waits already', async () => {
    const gate = new Gate();
    const instance = schedule();
    await instance.start(['first', 'asked', 'changed'], pace(1, HOUR), gate.job);
    await vi.waitFor(() => expect(gate.running).toEqual(['first']));
    await instance.request('asked', { trigger: 'manual' });
    await instance.request('changed', { trigger: 'config' });
    // Until both have woken up and wait for the slot.
    await new Promise((resolve) => setTimeout(resolve, 50));
    gate.release('first', { ...LATER, afterMs: 0 });
    for (const tenant of ['changed', 'asked', 'first']) {
      await vi.waitFor(() => expect(gate.running).toEqual([tenant]));
      gate.release(tenant);
    }
    expect(gate.runs.map(({ trigger }) => trigger)).toEqual(['config', 'config', 'manual', 'interval']);
  });

  it('case 46: joins requests that wait, and runs when the first of them is due', async () => {
    const gate = new Gate();
    const instance = schedule();
    await instance.start(['a'], pace(1, 0), gate.job);
    await vi.waitFor(() => expect(gate.running).toEqual(['a']));
    gate.release('a');
    await vi.waitFor(() => expect(gate.running).toEqual([]));
    await instance.request('a', { trigger: 'config', afterMs: HOUR });
    await instance.request('a', { trigger: 'manual' });
    await instance.request('a', { trigger: 'config', afterMs: 1 });
    await vi.waitFor(() => expect(gate.running).toEqual(['a']));
    gate.release('a');
    await vi.waitFor(() => expect(gate.running).toEqual([]));
    await nextTurn();
    expect(gate.runs.map(({ trigger }) => trigger)).toEqual(['config', 'manual']);
  });

  it('case 48: requests during a run lead to exactly one more run after it', async () => {
    const gate = new Gate();
    const instance = schedule();
    await instance.start(['a'], pace(4), gate.job);
    await vi.waitFor(() => expect(gate.running).toEqual(['a']));
    for (let time = 0; time < 5; time++) await instance.request('a', { trigger: 'manual' });
    expect(gate.runs).toHaveLength(1);
    gate.release('a');
    await vi.waitFor(() => expect(gate.runs).toHaveLength(2));
    gate.release('a');
    await vi.waitFor(() => expect(gate.running).toEqual([]));
    await nextTurn();
    expect(gate.runs).toHaveLength(2);
  });

  it('ignores requests for tenants it does not have', async () => {
    const gate = new Gate();
    const instance = schedule();
    await instance.start([], pace(1), gate.job);
    await instance.request('a', { trigger: 'manual' });
    await nextTurn();
    expect(gate.runs).toEqual([]);
  });

  it('takes up new tenants, lets gone ones finish, and leaves the place of the others as it is', async () => {
    const gate = new Gate();
    const instance = schedule();
    await instance.start(['stays', 'goes'], pace(4), gate.job);
    await vi.waitFor(() => expect(gate.running).toEqual(['stays', 'goes']));
    gate.release('stays');
    await vi.waitFor(() => expect(gate.running).toEqual(['goes']));
    await instance.setTenants(['stays', 'new'], pace(4));
    await vi.waitFor(() => expect(gate.running).toEqual(['goes', 'new']));
    expect(gate.runs[1]?.signal.aborted).toBe(false);
    gate.release('goes', { ...LATER, afterMs: 0 });
    await vi.waitFor(() => expect(gate.running).toEqual(['new']));
    await nextTurn();
    expect(gate.runs.map(({ tenant }) => tenant)).toEqual(['stays', 'goes', 'new']);
    gate.release('new');
  });

  it('starts no run while it is held, and goes on when it no longer is', async () => {
    const gate = new Gate();
    const instance = schedule();
    await instance.hold(true);
    await instance.start(['a'], pace(1), gate.job);
    await instance.request('a', { trigger: 'manual' });
    const { beatAt } = instance.pulse();
    await vi.waitFor(() => expect(instance.pulse().beatAt).toBeGreaterThan(beatAt));
    expect(gate.runs).toEqual([]);
    await instance.hold(false);
    await vi.waitFor(() => expect(gate.running).toEqual(['a']));
    gate.release('a');
  });

  it('stops while it is held', async () => {
    const gate = new Gate();
    const instance = schedule();
    await instance.hold(true);
    await instance.start(['a'], pace(1), gate.job);
    await instance.stop(HOUR);
    expect(gate.runs).toEqual([]);
  });

  it('runs on time when the clock is set back meanwhile', async () => {
    let offset = 0;
    const instance = schedule(undefined, () => Date.now() + offset);
    let runs = 0;
    await instance.start(['a'], pace(1), async () => {
      runs++;
      return { ...LATER, afterMs: runs === 1 ? 200 : HOUR };
    });
    await vi.waitFor(() => expect(runs).toBe(1), { interval: 5 });
    offset = -HOUR;
    await vi.waitFor(() => expect(runs).toBe(2));
  });

  it('reports a job that throws and comes back to the tenant', async () => {
    const errors: unknown[] = [];
    let runs = 0;
    const instance = schedule((tenant, error) => errors.push([tenant, error]));
    await instance.start(['a'], { ...pace(1), intervalMs: 1 }, async () => {
      runs++;
      if (runs === 1) throw new Error('a bug');
      return LATER;
    });
    await vi.waitFor(() => expect(runs).toBe(2));
    expect(errors).toEqual([['a', new Error('a bug')]]);
  });

  it('does nothing when it is started after it was stopped', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const gate = new Gate();
    const instance = schedule();
    await instance.stop(0);
    await instance.start(['a'], pace(1), gate.job);
    expect([vi.getTimerCount(), gate.runs]).toEqual([0, []]);
  });

  it('case 44: waits for runs in flight when it stops, and starts none of the waiting ones', async () => {
    const gate = new Gate();
    const instance = schedule();
    await instance.start(['a', 'b'], pace(1), gate.job);
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
    const instance = schedule();
    const seen = Promise.withResolvers<AbortSignal>();
    await instance.start(['a'], pace(1), async ({ signal }) => {
      seen.resolve(signal);
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
      return RETRY;
    });
    const signal = await seen.promise;
    expect(signal.aborted).toBe(false);
    await instance.stop(5);
    expect(signal.aborted).toBe(true);
  });

  it('tells its heartbeat and its longest run', async () => {
    const gate = new Gate();
    const instance = schedule();
    expect(instance.pulse().oldestRunAt).toBeUndefined();
    const startedAt = Date.now();
    await instance.start(['a', 'b'], pace(2), gate.job);
    await vi.waitFor(() => expect(gate.running).toHaveLength(2));
    expect(instance.pulse().oldestRunAt).toBeGreaterThanOrEqual(startedAt);
    const { beatAt } = instance.pulse();
    await vi.waitFor(() => expect(instance.pulse().beatAt).toBeGreaterThan(beatAt));
    for (const tenant of ['a', 'b']) gate.release(tenant);
    await vi.waitFor(() => expect(instance.pulse().oldestRunAt).toBeUndefined());
  });
});
