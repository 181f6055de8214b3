import { auditEntry } from './audit.js';
import { conclude } from './conclude.js';
import { EMPTY_MEMORY, type TenantMemory } from './memory.js';
import type { Clock, Gateway, Ledger, Recorder } from './ports.js';
import type { ReconcileResult, Trigger } from './result.js';
import { Run } from './run.js';
import type { DesiredTenant } from './state.js';

export interface ReconcilePorts {
  readonly gateway: Gateway;
  readonly clock: Clock;
  /** Without one nothing is known to be owned. */
  readonly ledger?: Ledger;
  readonly recorder?: Recorder;
}

export interface ReconcileOptions {
  readonly signal: AbortSignal;
  /** Names this run in logs and in the audit. */
  readonly reconcileId: string;
  readonly trigger: Trigger;
  /** What the previous run of this tenant returned. */
  readonly memory?: TenantMemory;
  /** Plan and guard, but write nothing. */
  readonly dryRun?: boolean;
}

/**
 * One run for one tenant: observe → plan → guard → apply → verify → record. The verifying reading is also the
 * observation of the next round, so a tenant in sync costs one reading, and a change one reading, one write, one reading.
 *
 * Whatever happens upstream comes back as a result. Rejects only when aborted (with `signal.reason`), when ledger or
 * recorder fail, and on bugs.
 */
export async function reconcile(
  tenant: DesiredTenant,
  ports: ReconcilePorts,
  options: ReconcileOptions,
): Promise<ReconcileResult> {
  const startedAt = ports.clock.now();
  const memory = options.memory ?? EMPTY_MEMORY;
  const writes = tenant.mode === 'enforce' && options.dryRun !== true;
  const owned = await ports.ledger?.read(tenant.tenant);

  const run = new Run(tenant, ports.gateway, options.signal, memory, owned);
  await run.complete(writes);
  const facts = run.facts();

  const result: ReconcileResult = {
    tenant: tenant.tenant,
    reconcileId: options.reconcileId,
    trigger: options.trigger,
    mode: tenant.mode,
    ...conclude(facts, { mode: tenant.mode, writes, memory }),
    startedAt,
    finishedAt: ports.clock.now(),
  };
  if (writes && facts.ours) await ports.ledger?.record(tenant.tenant, facts.ours);
  const entry = auditEntry(result);
  if (entry) await ports.recorder?.record(entry);
  return result;
}
