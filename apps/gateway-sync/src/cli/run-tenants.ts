import type { DesiredFile } from '../adapters/desired-file/desired-file.js';
import { EMPTY_MEMORY } from '../core/memory.js';
import type { Ledger } from '../core/ports.js';
import { reconcile } from '../core/reconcile.js';
import type { ReconcileResult } from '../core/result.js';
import type { TenantName } from '../core/state.js';
import type { Cli } from './cli.js';
import { forTenants, type Stops, type Visit, type Visited } from './for-tenants.js';

export type TenantRuns = Visited<ReconcileResult>;

export interface RunTenantsOptions extends Stops {
  readonly dryRun: boolean;
  readonly ledger?: Ledger;
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

export function reconcileOne(
  cli: Cli,
  { tenant, gateway, id }: Visit,
  { dryRun, signal, ledger, expected }: RunTenantsOptions,
): Promise<ReconcileResult> {
  const ports = { gateway: gateway(), clock: cli.clock, ...(ledger && { ledger }) };
  const expectedChecksum = expected?.get(tenant.tenant);
  return reconcile(tenant, ports, {
    dryRun,
    signal,
    reconcileId: id,
    trigger: 'command',
    actor: cli.actor,
    ...(expectedChecksum !== undefined && { expectedChecksum }),
  });
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
