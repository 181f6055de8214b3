import type { DesiredFile } from '../adapters/desired-file/desired-file.js';
import { EMPTY_MEMORY } from '../core/memory.js';
import type { Ledger, LedgerStore } from '../core/ports.js';
import type { RunLocks, TenantRecords } from '../core/replica-ports.js';
import { BusyError, LedgerError } from '../core/errors.js';
import { holdingTenant } from './hold-tenant.js';
import { reconcile } from '../core/reconcile.js';
import type { ReconcileResult } from '../core/result.js';
import type { TenantName } from '../core/state.js';
import type { TenantMarks } from '../core/tenant-record.js';
import type { Cli } from './cli.js';
import { forTenants, type Stops, type Visit, type Visited } from './for-tenants.js';

export type TenantRuns = Visited<ReconcileResult>;

/** What the database gives to a run; nothing of it without one. */
export interface Backing {
  readonly ledger?: Ledger;
  /** Keeps others away while something is written; absent: nobody can be told of. */
  readonly locks?: RunLocks;
  /** Tells of pauses, of the quota and of what is given up for it; absent: nobody can say. */
  readonly records?: Pick<TenantRecords, 'read'>;
}

/** The ledger is that of the store, or one that cannot be read. */
export function backing(
  { instance }: Pick<DesiredFile, 'instance'>,
  store: LedgerStore | undefined,
  ledger: Ledger | undefined,
): Backing {
  return {
    ...(ledger && { ledger }),
    ...(store && { locks: store.locks, records: store.fleet(instance).records }),
  };
}

export interface RunTenantsOptions extends Stops, Backing {
  readonly dryRun: boolean;
  /** Whether paused tenants are written all the same. */
  readonly despitePause?: boolean;
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
  { dryRun, signal, stopping = signal, ledger, locks, records, despitePause = false, expected }: RunTenantsOptions,
): Promise<ReconcileResult> {
  const { tenant, gateway, id } = visit;
  const ports = { gateway: gateway(), clock: cli.clock, ...(ledger && { ledger }) };
  const expectedChecksum = expected?.get(tenant.tenant);
  // Once the tenant is held: who waited for it may have waited for a pause.
  const run = async (running: AbortSignal) => {
    const { pause, quota, quotaState, catalogue } = await recall(tenant.tenant, records, dryRun);
    return reconcile(tenant, ports, {
      dryRun,
      signal: running,
      reconcileId: id,
      trigger: 'command',
      actor: cli.actor,
      despitePause,
      ...(catalogue && { memory: { ...EMPTY_MEMORY, catalogue } }),
      ...(pause && { pause }),
      quota: { ...(quota && { quota }), ...(quotaState && { quotaState }) },
      ...(quotaState?.shed && { shed: quotaState.shed }),
      ...(expectedChecksum !== undefined && { expectedChecksum }),
    });
  };
  try {
    return await holdingTenant(dryRun ? undefined : locks, tenant.tenant, { signal, stopping }, run);
  } catch (error) {
    if (!(error instanceof BusyError || error instanceof LedgerError)) throw error;
    // Nothing was done: what another process does at the same time must not be done twice.
    return { ...crashed(cli, visit, error), transient: true };
  }
}

/** The marks, and the catalogue as the service saw it last. Who only reads is not kept from it by a database that cannot say. */
async function recall(
  tenant: TenantName,
  records: RunTenantsOptions['records'],
  dryRun: boolean,
): Promise<TenantMarks & { readonly catalogue?: readonly string[] }> {
  try {
    const { marks, record } = (await records?.read(tenant)) ?? {};
    const catalogue = record?.memory.catalogue;
    return { ...marks, ...(catalogue && { catalogue }) };
  } catch (error) {
    if (dryRun && error instanceof LedgerError) return {};
    throw error;
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
