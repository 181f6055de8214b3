import type { DesiredFile } from '../adapters/desired-file/desired-file.js';
import type { Cli } from './cli.js';
import { EXIT, type ExitCode } from './exit-code.js';
import { interruptible } from './interrupt.js';
import { openFile } from './open-file.js';
import type { ApplyOptions } from './options.js';
import { refuse } from './refuse.js';
import { applyText } from './render/apply-text.js';
import { report } from './report.js';
import { expectedChecksums, isReviewed, parseChecksum } from './reviewed.js';
import { runTenants, type RunTenantsOptions, type TenantRuns } from './run-tenants.js';
import { suggest } from './suggest.js';
import { withLedger } from './with-ledger.js';

/** Brings every tenant in line with the file, once; with `planChecksum` only if the plan still is the reviewed one. */
export async function apply(cli: Cli, options: ApplyOptions): Promise<ExitCode> {
  const reviewed = options.planChecksum === undefined ? undefined : parseChecksum(options.planChecksum);
  const file = await openFile(cli, options);
  const { runs, refused } = await interruptible((signal) =>
    withLedger(cli, (_, ledger) => run(cli, file, { signal, ...(ledger && { ledger }) }, reviewed), signal),
  );
  const again = suggest('plan', { config: file.path, tenant: options.tenant });
  if (refused !== undefined) return refuse(cli, options, runs, { reviewed: refused, again });
  return report(cli, options, runs, {
    command: 'apply',
    text: applyText,
    next: (code) => (code === EXIT.ok ? [] : [`Next: ${again} shows what is left to do`]),
  });
}

interface Applied {
  readonly runs: TenantRuns;
  /** The checksum that the plans do not have; nothing was written then, and `runs` are the plans. */
  readonly refused?: string;
}

async function run(
  cli: Cli,
  file: DesiredFile,
  options: Pick<RunTenantsOptions, 'signal' | 'ledger'>,
  reviewed: string | undefined,
): Promise<Applied> {
  if (reviewed === undefined) return { runs: await runTenants(cli, file, { dryRun: false, ...options }) };
  const planned = await runTenants(cli, file, { dryRun: true, ...options });
  if (!isReviewed(planned, reviewed)) return { runs: planned, refused: reviewed };
  return { runs: await runTenants(cli, file, { dryRun: false, expected: expectedChecksums(planned), ...options }) };
}
