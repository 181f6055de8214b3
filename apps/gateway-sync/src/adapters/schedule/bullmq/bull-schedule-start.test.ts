import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { proxiedDatabase } from '../../../../test/support/proxied-database.js';
import { useDatabase } from '../../../../test/support/database.js';
import { Gate, HOUR, LATER, pace, useReplicas } from '../../../../test/support/schedules.js';

const database = useDatabase();
const replica = useReplicas(() => ({ url: database.url, bundled: false }));
const patience = { timeout: 15_000 };

/** Tenants that have a place. */
async function placed(instance: string): Promise<number> {
  const text = 'select count(*)::int as n from gateway_sync_queue.scheduler where queue = $1';
  const [row] = await database.query<{ n: number }>(text, [`${instance}.reconcile`]);
  return row?.n ?? NaN;
}

describe('a start', () => {
  it('that failed is done again without a word', { timeout: 40_000 }, async () => {
    const { proxy, url } = await proxiedDatabase(database);
    onTestFinished(() => proxy.close());
    const warnings: unknown[] = [];
    const log = { info: () => {}, warn: (fields: object, message: string) => void warnings.push({ fields, message }) };
    const { reconcile } = await replica('anew', { address: { url, bundled: false }, log });
    const gate = new Gate();
    await proxy.set('reset');
    await expect(reconcile.start(['a'], pace(1), gate.job)).rejects.toMatchObject({ transient: true });
    await proxy.set('pass');
    await vi.waitFor(() => reconcile.start(['a'], pace(1), gate.job), patience);
    await vi.waitFor(() => expect(gate.running).toEqual(['a']), patience);
    gate.release('a');
    expect(warnings).toEqual([expect.objectContaining({ message: 'the queue of runs cannot be reached' })]);
  });

  it('of thousands of tenants does not keep a stop waiting, and the next one goes on with them', async () => {
    const { reconcile } = await replica('thousands');
    const tenants = Array.from({ length: 5_000 }, (_, index) => `t${index}`);
    const start = reconcile.start(tenants, pace(1, HOUR), async () => LATER);
    await vi.waitFor(async () => expect(await placed('thousands')).toBeGreaterThan(50), patience);
    await reconcile.stop(0);
    await start;
    const count = await placed('thousands');
    expect(count).toBeLessThan(tenants.length);
    const { reconcile: next } = await replica('thousands');
    const first = tenants.slice(0, count + 50);
    await next.start(first, pace(1, HOUR), async () => LATER);
    expect(await placed('thousands')).toBe(first.length);
  });
});
