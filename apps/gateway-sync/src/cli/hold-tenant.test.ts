import { describe, expect, it } from 'vitest';
import { BusyError } from '../core/errors.js';
import type { HeldLock, RunLocks } from '../core/replica-ports.js';
import { holdingTenant } from './hold-tenant.js';

/** One tenant's lock, as a process would see it. */
class Lock implements RunLocks {
  readonly lost = new AbortController();
  busy = 0;
  held = false;

  async hold(): Promise<HeldLock | undefined> {
    if (this.held || this.busy-- > 0) return undefined;
    this.held = true;
    return { signal: this.lost.signal, release: async () => void (this.held = false) };
  }
}

const never = new AbortController().signal;

describe('holdingTenant', () => {
  it('works while it holds the tenant, and lets go whatever comes of it', async () => {
    const locks = new Lock();
    expect(await holdingTenant(locks, 'acme', { signal: never }, async () => locks.held)).toBe(true);
    expect(locks.held).toBe(false);
    const failing = holdingTenant(locks, 'acme', { signal: never }, () => Promise.reject(new Error('down')));
    await expect(failing).rejects.toThrow('down');
    expect(locks.held).toBe(false);
  });

  it('waits for whoever works on it', async () => {
    const locks = new Lock();
    locks.busy = 2;
    expect(await holdingTenant(locks, 'acme', { signal: never }, async () => 'done')).toBe('done');
  });

  it('gives up after a while, and says that trying again helps', async () => {
    const locks = new Lock();
    locks.held = true;
    const waiting = holdingTenant(locks, 'acme', { signal: never, waitMs: 0 }, async () => 'done');
    await expect(waiting).rejects.toThrow(
      new BusyError('acme is being worked on by another process for more than 0 s; try again later'),
    );
  });

  it('ends the wait when told to stop, with its reason', async () => {
    const locks = new Lock();
    locks.held = true;
    const stopping = new AbortController();
    const waiting = holdingTenant(locks, 'acme', { signal: never, stopping: stopping.signal }, async () => 'done');
    const reason = new Error('Ctrl-C');
    stopping.abort(reason);
    await expect(waiting).rejects.toBe(reason);
  });

  it('cuts the work off when the hold is lost', async () => {
    const locks = new Lock();
    const aborted = holdingTenant(locks, 'acme', { signal: never }, (signal) => {
      locks.lost.abort(new Error('connection lost'));
      return Promise.resolve(signal.aborted);
    });
    expect(await aborted).toBe(true);
  });

  it('works without a database to hold anything in', async () => {
    expect(await holdingTenant(undefined, 'acme', { signal: never }, async (signal) => signal === never)).toBe(true);
  });
});
