import type { DesiredFile } from '../adapters/desired-file/desired-file.js';
import { EMPTY_MEMORY } from '../core/memory.js';
import type { Ledger } from '../core/ports.js';
import type { RunLocks } from '../core/replica-ports.js';
import { BusyError, LedgerError } from '../core/errors.js';
import { holdingTenant } from './hold-tenant.js';
import { reconcile } from '../core/reconcile.js';
import type { ReconcileResult } from '../core/result.js';
import type { TenantName } from '../core/state.js';
import type { Cli } from './cli.js';
import { forTenants, type Stops, type Visit, type Visited } from './for-tenants.js';

export type TenantRuns = Visited<ReconcileResult>;

export interface RunTenantsOptions extends Stops {
  readonly dryRun: boolean;
  readonly ledger?: Ledger;
  /** Keeps others away while something is written; absent: nobody can be told of. */
  readonly locks?: RunLocks;
  /** Checksums of the plans that were reviewed; a tenant with another plan is withheld. */
  readonly expected?: ReadonlyMap<TenantName, string>;
}

/** One reconcile of every tenant, several at a time. */
export function runTenants(cli: Cli, file: DesiredFile, options: RunTenantsOptions): Promise<TenantRuns> {
  return forTenants(cli, file, {
    signal: options.signal,
    ...(options.stopping && { stopping: options.stopping }),
    visit: (visit) => reconcileOne(cli, visit, options),
    crashed: (visit, error) => crashed(cli, visit, error),
    isFailure: ({ outcome }) => outcome === 'failed',
  });
}

export async function reconcileOne(
  cli: Cli,
  visit: Visit,
  { dryRun, signal, stopping = signal, ledger, locks, expected }: RunTenantsOptions,
): Promise<ReconcileResult> {
  const { tenant, gateway, id } = visit;
  const ports = { gateway: gateway(), clock: cli.clock, ...(ledger && { ledger }) };
  const expectedChecksum = expected?.get(tenant.tenant);
  const run = (running: AbortSignal) =>
    reconcile(tenant, ports, {
      dryRun,
      signal: running,
      reconcileId: id,
      trigger: 'command',
      actor: cli.actor,
      ...(expectedChecksum !== undefined && { expectedChecksum }),
    });
  try {
    return await holdingTenant(dryRun ? undefined : locks, tenant.tenant, { signal, stopping }, run);
  } catch (error) {
    if (!(error instanceof BusyError || error instanceof LedgerError)) throw error;
    // Nothing was done: what another process does at the same time must not be done twice.
    return { ...crashed(cli, visit, error), transient: true };
  }
}

/** A bug met while reconciling one tenant, as that tenant's result. */
export function crashed(cli: Cli, { tenant: { tenant, mode }, id }: Visit, error: unknown): ReconcileResult {
  const now = cli.clock.now();
  return {
    tenant,
    reconcileId: id,
    trigger: 'command',
    mode,
    outcome: 'failed',
    verdicts: [],
    items: [],
    calls: { reads: 0, writes: 0 },
    startedAt: now,
    finishedAt: now,
    transient: false,
    error: error instanceof Error ? error : new Error(String(error)),
    memory: EMPTY_MEMORY,
  };
}
