import pLimit from 'p-limit';
import type { DesiredFile, FileTenant } from '../adapters/desired-file/desired-file.js';
import type { Gateway } from '../core/ports.js';
import type { TenantName } from '../core/state.js';
import type { Cli } from './cli.js';
import type { Interruption } from './interrupt.js';
import { Progress } from './progress.js';

export interface Visit {
  readonly tenant: FileTenant;
  /** Made when it is first asked for. */
  readonly gateway: () => Gateway;
  /** Names the visit in logs. */
  readonly id: string;
}

/** What cuts visits off; a command that writes also has `stopping`, which lets them finish and begins no more. */
export type Stops = Pick<Interruption, 'signal'> & Partial<Interruption>;

interface Visiting<Result> extends Stops {
  /** What is to be done. When it rejects, that is a bug unless it was interrupted. */
  readonly visit: (visit: Visit) => Promise<Result>;
  /** What a bug amounts to; it is logged with its stack already. */
  readonly crashed: (visit: Visit, error: unknown) => Result;
  readonly isFailure: (result: Result) => boolean;
}

export interface Visited<Result> {
  /** In the order of the file. */
  readonly results: readonly Result[];
  /** Tenants that were not finished when the command was interrupted. */
  readonly interrupted: readonly TenantName[];
  /** Those of them for which nothing was done. */
  readonly notBegun: readonly TenantName[];
}

interface Unfinished {
  readonly unfinished: TenantName;
  readonly begun: boolean;
}

/** Does the same for every tenant, several at a time; whatever happens to one of them, the others get theirs. */
export async function forTenants<Result>(
  cli: Cli,
  file: DesiredFile,
  { signal, stopping = signal, visit, crashed, isFailure }: Visiting<Result>,
): Promise<Visited<Result>> {
  const gateways = cli.connect(file);
  const limit = pLimit(file.sync.concurrency);
  const progress = new Progress(cli.stderr, file.tenants.length);

  const sayStopping = () => {
    if (stopping === signal || limit.activeCount === 0) return;
    progress.wipe();
    cli.stderr.write('finishing what has begun; Ctrl-C again stops at once\n');
  };

  const visitOne = async (tenant: FileTenant): Promise<{ result: Result } | Unfinished> => {
    if (stopping.aborted) return { unfinished: tenant.tenant, begun: false };
    let gateway: Gateway | undefined;
    const one: Visit = { tenant, gateway: () => (gateway ??= gateways.for(tenant)), id: cli.newId() };
    try {
      const result = await visit(one);
      progress.step(isFailure(result));
      return { result };
    } catch (error) {
      if (signal.aborted) return { unfinished: tenant.tenant, begun: true };
      if (stopping.aborted && error === stopping.reason) return { unfinished: tenant.tenant, begun: false };
      progress.wipe();
      cli.logger.child({ tenant: tenant.tenant, reconcileId: one.id }).error({ err: error }, 'unforeseen');
      progress.step(true);
      return { result: crashed(one, error) };
    }
  };

  stopping.addEventListener('abort', sayStopping, { once: true });
  const all = await Promise.all(file.tenants.map((tenant) => limit(visitOne, tenant)));
  stopping.removeEventListener('abort', sayStopping);
  progress.wipe();
  const unfinished = all.flatMap((one) => ('unfinished' in one ? [one] : []));
  return {
    results: all.flatMap((one) => ('result' in one ? [one.result] : [])),
    interrupted: unfinished.map((one) => one.unfinished),
    notBegun: unfinished.filter(({ begun }) => !begun).map((one) => one.unfinished),
  };
}
