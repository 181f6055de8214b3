import pLimit from 'p-limit';
import type { DesiredFile, FileTenant } from '../adapters/desired-file/desired-file.js';
import { GatewayError } from '../core/errors.js';
import type { TenantName } from '../core/state.js';
import type { Cli } from './cli.js';
import { Progress } from './progress.js';

/** What became of the tenants of a file, each in its order. */
export interface TenantResults<Result> {
  readonly results: readonly Result[];
  readonly failures: readonly TenantFailure[];
  /** Not finished when the command was interrupted. */
  readonly interrupted: readonly TenantName[];
}

export interface TenantFailure {
  readonly tenant: TenantName;
  readonly error: Error;
}

/** Does something with every tenant, several at a time; whatever happens to one of them, the others get theirs. */
export async function eachTenant<Result extends object>(
  cli: Cli,
  file: DesiredFile,
  signal: AbortSignal,
  run: (tenant: FileTenant) => Promise<Result>,
): Promise<TenantResults<Result>> {
  const limit = pLimit(file.sync.concurrency);
  const progress = new Progress(cli.stderr, file.tenants.length);
  const results: Result[] = [];
  const failures: TenantFailure[] = [];
  const interrupted: TenantName[] = [];

  const runOne = async (tenant: FileTenant): Promise<() => void> => {
    const name = tenant.tenant;
    if (signal.aborted) return () => interrupted.push(name);
    try {
      const result = await run(tenant);
      return () => results.push(result);
    } catch (error) {
      if (signal.aborted) return () => interrupted.push(name);
      const known = error instanceof GatewayError;
      if (!known) cli.logger.child({ tenant: name }).error({ err: error }, 'unforeseen');
      return () => failures.push({ tenant: name, error: error instanceof Error ? error : new Error(String(error)) });
    } finally {
      progress.step();
    }
  };

  const records = await Promise.all(file.tenants.map((tenant) => limit(runOne, tenant)));
  progress.end();
  for (const record of records) record();
  return { results, failures, interrupted };
}
