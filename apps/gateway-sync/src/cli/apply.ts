import type { DesiredFile } from '../adapters/desired-file/desired-file.js';
import type { Cli } from './cli.js';
import { EXIT, type ExitCode } from './exit-code.js';
import { stoppable, type Interruption } from './interrupt.js';
import { openFile } from './open-file.js';
import type { ApplyOptions } from './options.js';
import { refuse } from './refuse.js';
import { applyText } from './render/apply-text.js';
import { report } from './report.js';
import { expectedChecksums, isNothingLeft, isReviewed, parseChecksum } from './reviewed.js';
import { backing, type Backing, runTenants, type RunTenantsOptions, type TenantRuns } from './run-tenants.js';
import { suggest } from './suggest.js';
import { withLedger } from './with-ledger.js';

/** Brings every tenant in line with the file, once; with `planChecksum` only if the plan still is the reviewed one. */
export async function apply(cli: Cli, options: ApplyOptions): Promise<ExitCode> {
  const reviewed = options.planChecksum === undefined ? undefined : parseChecksum(options.planChecksum);
  const file = await openFile(cli, options);
  const { runs, refused, nothingLeft } = await stoppable((interruption) =>
    withLedger(
      cli,
      (store, ledger) => {
        const { despitePause } = options;
        return run(cli, file, { ...interruption, ...backing(file, store, ledger), despitePause }, reviewed);
      },
      interruption.stopping,
    ),
  );
  const again = suggest('plan', { config: file.path, tenant: options.tenant });
  if (refused !== undefined) return refuse(cli, options, runs, { reviewed: refused, again });
  return report(cli, options, runs, {
    command: 'apply',
    text: applyText,
    next: (code) => {
      if (code !== EXIT.ok) return [`Next: ${again} shows what is left to do`];
      return nothingLeft === true ? ['Nothing left to do: all of it is as the file says already'] : [];
    },
  });
}

interface Applied {
  readonly runs: TenantRuns;
  /** The checksum that the plans do not have; nothing was written then, and `runs` are the plans. */
  readonly refused?: string;
  /** Not the plan that was reviewed, but one without anything to do, as after an apply of the reviewed one. */
  readonly nothingLeft?: true;
}

async function run(
  cli: Cli,
  file: DesiredFile,
  { signal, stopping, ...around }: Interruption & Backing & Pick<RunTenantsOptions, 'despitePause'>,
  reviewed: string | undefined,
): Promise<Applied> {
  const writing = { dryRun: false, signal, stopping, ...around };
  if (reviewed === undefined) return { runs: await runTenants(cli, file, writing) };
  const planned = await runTenants(cli, file, { dryRun: true, signal: stopping, ...around });
  const is = isReviewed(planned, reviewed);
  if (!is && !isNothingLeft(planned)) return { runs: planned, refused: reviewed };
  const runs = await runTenants(cli, file, { ...writing, expected: expectedChecksums(planned) });
  return { runs, ...(!is && { nothingLeft: true }) };
}
