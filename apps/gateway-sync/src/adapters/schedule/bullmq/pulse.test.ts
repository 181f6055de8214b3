import { ConnectionClosedError, PostgresQueueBackend } from 'bullmq';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { useDatabase } from '../../../../test/support/database.js';
import { Gate, HOUR, LATER, pace, useReplicas } from '../../../../test/support/schedules.js';
import type { Next, Schedule } from '../../../core/schedule.js';

const database = useDatabase();
const replica = useReplicas(() => ({ url: database.url, bundled: false }));
const patience = { timeout: 15_000 };

/** From now on the database does not answer this step of a queue or worker, as while it is away. */
function refuse(step: 'updateJobSchedulerNextMillis' | 'addJobScheduler') {
  const refused = vi
    .spyOn(PostgresQueueBackend.prototype, step)
    .mockImplementation(() => Promise.reject(new ConnectionClosedError()));
  onTestFinished(() => refused.mockRestore());
  return refused;
}

/** Age of the oldest heartbeat until `isOver`. */
async function oldestBeat(schedule: Schedule, isOver: () => boolean): Promise<number> {
  let oldest = 0;
  await vi.waitFor(
    () => {
      oldest = Math.max(oldest, Date.now() - schedule.pulse().beatAt);
      expect(isOver()).toBe(true);
    },
    { ...patience, interval: 20 },
  );
  return oldest;
}

describe('the pulse of a schedule', () => {
  it('stays fresh while there is nothing to do', { timeout: 60_000 }, async () => {
    const { reconcile } = await replica('empty');
    await reconcile.start([], pace(2), async () => LATER);
    const beats = new Set<number>();
    let oldest = 0;
    await vi.waitFor(
      () => {
        const { beatAt } = reconcile.pulse();
        beats.add(beatAt);
        oldest = Math.max(oldest, Date.now() - beatAt);
        expect(beats.size).toBeGreaterThan(4);
      },
      { timeout: 40_000, interval: 50 },
    );
    expect(oldest).toBeLessThan(7_000);
  });

  it('is that of the runs while every slot is taken', async () => {
    const { reconcile } = await replica('full');
    const gate = new Gate();
    const startedAt = Date.now();
    await reconcile.start(['a'], pace(1), gate.job);
    await vi.waitFor(() => expect(gate.running).toEqual(['a']), patience);
    const { beatAt, oldestRunAt } = reconcile.pulse();
    expect(Date.now() - beatAt).toBeLessThan(500);
    expect(oldestRunAt).toBeGreaterThanOrEqual(startedAt);
    gate.release('a');
    await vi.waitFor(() => expect(reconcile.pulse().oldestRunAt).toBeUndefined(), patience);
  });

  it('stops when the loop is stuck', { timeout: 30_000 }, async () => {
    const { reconcile } = await replica('stuck');
    let runs = 0;
    await reconcile.start(['a'], pace(2), async () => {
      runs++;
      return { ...LATER, afterMs: 20 };
    });
    await vi.waitFor(() => expect(runs).toBeGreaterThan(3), patience);
    // What BullMQ asks next is never answered, and no limit of time ends it.
    const stuck = Promise.withResolvers<never>();
    const wedge = vi.spyOn(PostgresQueueBackend.prototype, 'moveToActive').mockReturnValue(stuck.promise);
    const alsoWedge = vi.spyOn(PostgresQueueBackend.prototype, 'moveToCompleted').mockReturnValue(stuck.promise);
    await vi.waitFor(() => expect(wedge.mock.calls.length + alsoWedge.mock.calls.length).toBeGreaterThan(0), patience);
    await vi.waitFor(() => expect(Date.now() - reconcile.pulse().beatAt).toBeGreaterThan(8_000), patience);
    wedge.mockRestore();
    alsoWedge.mockRestore();
    stuck.reject(new Error('Connection is closed.'));
    await vi.waitFor(() => expect(Date.now() - reconcile.pulse().beatAt).toBeLessThan(1_000), patience);
    const before = runs;
    await vi.waitFor(() => expect(runs).toBeGreaterThan(before), patience);
  });

  it('stays fresh while the job after a fetched one cannot be made', { timeout: 30_000 }, async () => {
    const { reconcile } = await replica('fetched');
    let runs = 0;
    await reconcile.start(['a'], pace(2), async () => {
      runs++;
      return { ...LATER, afterMs: 20 };
    });
    await vi.waitFor(() => expect(runs).toBeGreaterThan(3), patience);
    const refused = refuse('updateJobSchedulerNextMillis');
    const oldest = await oldestBeat(reconcile, () => refused.mock.calls.length > 5);
    expect(oldest).toBeLessThan(3_000);
    refused.mockRestore();
    const before = runs;
    await vi.waitFor(() => expect(runs).toBeGreaterThan(before), patience);
  });

  it('stays fresh while a failing tenant cannot be put off', { timeout: 30_000 }, async () => {
    const { reconcile } = await replica('put-off');
    const gate = new Gate();
    const failing: Next = { afterMs: 10, trigger: 'retry', failing: true };
    const failed = new Set<string>();
    // The second run of one of them takes the only slot that failing ones have.
    await reconcile.start(['a', 'b'], pace(2), async (run) => {
      if (failed.has(run.tenant)) return gate.job(run);
      failed.add(run.tenant);
      return failing;
    });
    await vi.waitFor(() => expect(failed.size + gate.running.length).toBe(3), patience);
    const refused = refuse('addJobScheduler');
    const oldest = await oldestBeat(reconcile, () => refused.mock.calls.length > 5);
    expect(oldest).toBeLessThan(3_000);
    expect(gate.runs).toHaveLength(1);
    refused.mockRestore();
    for (const tenant of gate.running) gate.release(tenant);
    await vi.waitFor(() => expect(gate.runs).toHaveLength(2), patience);
    for (const tenant of gate.running) gate.release(tenant);
  });

  it('is fresh before the start and after the stop, when no loop has to run', async () => {
    const { reconcile } = await replica('idle');
    await reconcile.start([], pace(1, HOUR), async () => LATER);
    await reconcile.stop(0);
    expect(Date.now() - reconcile.pulse().beatAt).toBeLessThan(500);
  });
});
