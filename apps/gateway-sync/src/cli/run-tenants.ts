import pLimit from 'p-limit';
import type { DesiredFile, FileTenant } from '../adapters/desired-file/desired-file.js';
import { EMPTY_MEMORY } from '../core/memory.js';
import type { Ledger } from '../core/ports.js';
import { reconcile } from '../core/reconcile.js';
import type { ReconcileResult } from '../core/result.js';
import type { TenantName } from '../core/state.js';
import type { Cli } from './cli.js';
import { Progress } from './progress.js';

export interface TenantRuns {
  /** In the order of the file. */
  readonly results: readonly ReconcileResult[];
  /** Tenants that were not finished when the command was interrupted. */
  readonly interrupted: readonly TenantName[];
}

export interface RunTenantsOptions {
  readonly dryRun: boolean;
  readonly signal: AbortSignal;
  readonly ledger?: Ledger;
  /** Checksums of the plans that were reviewed; a tenant with another plan is withheld. */
  readonly expected?: ReadonlyMap<TenantName, string>;
}

/** One reconcile of every tenant, several at a time; whatever happens to one of them, the others get theirs. */
export async function runTenants(cli: Cli, file: DesiredFile, options: RunTenantsOptions): Promise<TenantRuns> {
  const { dryRun, signal, ledger, expected } = options;
  const gateways = cli.connect(file);
  const limit = pLimit(file.sync.concurrency);
  const progress = new Progress(cli.stderr, file.tenants.length);

  const runOne = async (tenant: FileTenant): Promise<ReconcileResult | TenantName> => {
    if (signal.aborted) return tenant.tenant;
    const startedAt = cli.clock.now();
    const reconcileId = cli.newId();
    try {
      const ports = { gateway: gateways.for(tenant), clock: cli.clock, ...(ledger && { ledger }) };
      const expectedChecksum = expected?.get(tenant.tenant);
      return await reconcile(tenant, ports, {
        dryRun,
        signal,
        reconcileId,
        trigger: 'command',
        actor: cli.actor,
        ...(expectedChecksum !== undefined && { expectedChecksum }),
      });
    } catch (error) {
      if (signal.aborted) return tenant.tenant;
      cli.logger.child({ tenant: tenant.tenant, reconcileId }).error({ err: error }, 'unforeseen');
      return failed(tenant, reconcileId, error, startedAt, cli.clock.now());
    } finally {
      progress.step();
    }
  };

  const all = await Promise.all(file.tenants.map((tenant) => limit(runOne, tenant)));
  progress.end();
  return {
    results: all.filter((one) => typeof one !== 'string'),
    interrupted: all.filter((one) => typeof one === 'string'),
  };
}

/** A bug met while reconciling one tenant, as that tenant's result. */
function failed(
  { tenant, mode }: FileTenant,
  reconcileId: string,
  error: unknown,
  startedAt: number,
  finishedAt: number,
): ReconcileResult {
  return {
    tenant,
    reconcileId,
    trigger: 'command',
    mode,
    outcome: 'failed',
    verdicts: [],
    items: [],
    calls: { reads: 0, writes: 0 },
    startedAt,
    finishedAt,
    transient: false,
    error: error instanceof Error ? error : new Error(String(error)),
    memory: EMPTY_MEMORY,
  };
}
