import { auditEntry } from './audit.js';
import { conclude } from './conclude.js';
import { LedgerBook } from './ledger-book.js';
import { EMPTY_MEMORY, type TenantMemory } from './memory.js';
import type { Pause } from './pause.js';
import type { Clock, Gateway, Ledger } from './ports.js';
import type { ShedState } from './quota-state.js';
import { restOfMonth } from './quota-effect.js';
import type { ReconcileResult, Trigger } from './result.js';
import { Run, type RunFacts } from './run.js';
import { shedInForce } from './shedding.js';
import type { DesiredTenant } from './state.js';
import type { TenantMarks } from './tenant-record.js';

export interface ReconcilePorts {
  readonly gateway: Gateway;
  readonly clock: Clock;
  /** Without one nothing is known to be owned, and nothing is removed. */
  readonly ledger?: Ledger;
}

export interface ReconcileOptions {
  readonly signal: AbortSignal;
  /** Names this run in logs and in the audit. */
  readonly reconcileId: string;
  readonly trigger: Trigger;
  /** Host and process, for the audit. */
  readonly actor: string;
  /** What the previous run of this tenant returned. */
  readonly memory?: TenantMemory;
  /** Plan and guard, but write nothing. */
  readonly dryRun?: boolean;
  /** The plan that was reviewed; another one is withheld. */
  readonly expectedChecksum?: string;
  /** What is given up while the quota runs out, as of the last look at it. */
  readonly shed?: ShedState;
  /** What was read of the quota last, for what the plan does to it. */
  readonly quota?: Pick<TenantMarks, 'quota' | 'quotaState'>;
  /** Somebody wants the tenant left alone: what would be written is withheld … */
  readonly pause?: Pause;
  /** … unless somebody wants it written all the same. */
  readonly despitePause?: boolean;
}

/**
 * One run for one tenant: observe → plan → guard → apply → verify → record. The verifying reading is also the
 * observation of the next round, so a tenant in sync costs one reading, and a change one reading, one write, one reading.
 *
 * Whatever happens upstream comes back as a result, and so does a ledger that fails: nothing is removed then. Rejects
 * only when aborted (with `signal.reason`), and on bugs; what was answered before an abort is recorded all the same.
 */
export async function reconcile(
  tenant: DesiredTenant,
  { gateway, clock, ledger }: ReconcilePorts,
  options: ReconcileOptions,
): Promise<ReconcileResult> {
  const startedAt = clock.now();
  const memory = options.memory ?? EMPTY_MEMORY;
  const writes = tenant.mode === 'enforce' && options.dryRun !== true;
  const { pause } = options;
  const shed = shedInForce(options.shed, tenant, startedAt);
  const rest = restOfMonth(options.quota ?? {}, tenant.quota, startedAt);
  const book = await LedgerBook.open(ledger, tenant);

  const run = new Run(tenant, gateway, {
    signal: options.signal,
    clock,
    memory,
    knowledge: {
      instance: tenant.instance,
      ...book.knowledge,
      ...(memory.seen && { seen: memory.seen }),
      ...(shed && { shed }),
      ...(memory.catalogue && { catalogue: memory.catalogue }),
      ...(rest && { rest }),
    },
    fight: options.trigger === 'manual' || options.trigger === 'command',
    beforeWrite: (actions) => book.intend(actions, clock.now()),
    ...(pause && writes && options.despitePause !== true && { pause }),
    ...(options.expectedChecksum !== undefined && { expectedChecksum: options.expectedChecksum }),
  });
  const record = async (facts: RunFacts): Promise<ReconcileResult> => {
    const result: ReconcileResult = {
      tenant: tenant.tenant,
      reconcileId: options.reconcileId,
      trigger: options.trigger,
      mode: tenant.mode,
      ...conclude(facts, { mode: tenant.mode, writes, memory, now: clock.now() }),
      ...(pause && { pause }),
      startedAt,
      finishedAt: clock.now(),
    };
    if (writes) await book.settle(facts, auditEntry(result, tenant.instance, options.actor));
    return result;
  };

  try {
    await run.complete(writes);
  } catch (error) {
    const facts = run.facts();
    // Nobody waits any longer for what was sent, but what came of it so far is on record.
    if (options.signal.aborted && facts.unread) await record(facts);
    throw error;
  }
  const result = await record(run.facts());
  return book.error ? withLedgerError(result, book.error) : result;
}

/** What is not recorded, or was planned without the ledger, does not count as done. */
function withLedgerError(result: ReconcileResult, ledgerError: Error): ReconcileResult {
  const { outcome, error = ledgerError } = result;
  if (outcome === 'failed' || outcome === 'blocked') return { ...result, ledgerError };
  return { ...result, outcome: 'partial', transient: true, error, ledgerError };
}
