import type { DesiredFile } from '../adapters/desired-file/desired-file.js';
import { BusyError, GatewayError, LedgerError, PausedError } from '../core/errors.js';
import type { TenantName } from '../core/state.js';
import type { Cli } from './cli.js';
import { forTenants, type Stops, type Visit } from './for-tenants.js';

/** What became of the tenants of a file, each list in its order. */
export interface TenantResults<Value> {
  readonly results: readonly Value[];
  readonly failures: readonly TenantFailure[];
  /** Not finished when the command was interrupted. */
  readonly interrupted: readonly TenantName[];
  /** Those of them for which nothing was done. */
  readonly notBegun: readonly TenantName[];
}

export interface TenantFailure {
  readonly tenant: TenantName;
  readonly error: Error;
}

/** Does the same for every tenant; one that fails is a failure, and the others get theirs. */
export async function eachTenant<Value>(
  cli: Cli,
  file: DesiredFile,
  stops: Stops,
  run: (visit: Visit) => Promise<Value>,
): Promise<TenantResults<Value>> {
  const { results, interrupted, notBegun } = await forTenants<{ readonly value: Value } | TenantFailure>(cli, file, {
    ...stops,
    visit: async (visit) => {
      try {
        return { value: await run(visit) };
      } catch (error) {
        if (stops.signal.aborted || !isForeseen(error)) throw error;
        return { tenant: visit.tenant.tenant, error };
      }
    },
    crashed: ({ tenant: { tenant } }, error) => ({
      tenant,
      error: error instanceof Error ? error : new Error(String(error)),
    }),
    isFailure: (result) => 'error' in result,
  });
  return {
    results: results.flatMap((result) => ('value' in result ? [result.value] : [])),
    failures: results.flatMap((result) => ('error' in result ? [result] : [])),
    interrupted,
    notBegun,
  };
}

function isForeseen(error: unknown): error is Error {
  return [GatewayError, LedgerError, BusyError, PausedError].some((kind) => error instanceof kind);
}
