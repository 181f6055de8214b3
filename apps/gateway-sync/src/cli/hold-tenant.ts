import { setTimeout as sleep } from 'node:timers/promises';
import { BusyError } from '../core/errors.js';
import type { HeldLock, RunLocks } from '../core/replica-ports.js';
import type { TenantName } from '../core/state.js';

export interface HoldOptions {
  /** Cuts the work off. */
  readonly signal: AbortSignal;
  /** Ends the wait before the work has begun: rejects with its reason. Absent: `signal`. */
  readonly stopping?: AbortSignal;
  /** How long to wait for whoever works on the tenant. */
  readonly waitMs?: number;
}

/** Longer than most runs take. */
const WAIT_MS = 60_000;
const ASK_MS = 250;

/**
 * Works on a tenant while nobody else does: no other command and no replica of the service. Throws a {@link BusyError}
 * when somebody does for too long. Without `locks` there is no database, so nobody can be told of.
 */
export async function holdingTenant<Result>(
  locks: RunLocks | undefined,
  tenant: TenantName,
  options: HoldOptions,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  if (!locks) return work(options.signal);
  const held = await holdOrWait(locks, tenant, options);
  try {
    return await work(AbortSignal.any([options.signal, held.signal]));
  } finally {
    await held.release();
  }
}

async function holdOrWait(
  locks: RunLocks,
  tenant: TenantName,
  { signal, stopping = signal, waitMs = WAIT_MS }: HoldOptions,
): Promise<HeldLock> {
  for (let waited = 0; ; waited += ASK_MS) {
    const held = await locks.hold(tenant);
    if (held) return held;
    if (waited >= waitMs) {
      throw new BusyError(
        `${tenant} is being worked on by another process for more than ${Math.round(waitMs / 1000)} s; try again later`,
      );
    }
    await sleep(ASK_MS, undefined, { signal: stopping }).catch(() => stopping.throwIfAborted());
  }
}
