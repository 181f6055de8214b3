import type { Cli } from './cli.js';
import { EXIT, type ExitCode } from './exit-code.js';
import { interruptible } from './interrupt.js';
import { openFile } from './open-file.js';
import type { PlanOptions } from './options.js';
import { planMarkdown } from './render/plan-markdown.js';
import { planText } from './render/plan-text.js';
import { someOf } from './render/words.js';
import { codeOf, report } from './report.js';
import { combinedChecksum, unplanned } from './reviewed.js';
import { backing, runTenants, type TenantRuns } from './run-tenants.js';
import { suggest } from './suggest.js';
import { withLedger } from './with-ledger.js';

/** Reads every tenant and shows what `apply` would do; writes nothing. */
export async function plan(cli: Cli, options: PlanOptions): Promise<ExitCode> {
  const file = await openFile(cli, options);
  const runs = await interruptible((signal) =>
    withLedger(
      cli,
      (store, ledger) => runTenants(cli, file, { dryRun: true, signal, ...backing(file, store, ledger) }),
      signal,
    ),
  );
  const checksum = combinedChecksum(runs);
  const more = checksum === undefined ? [] : ['--plan-checksum', checksum];
  const applyCommand = suggest('apply', { config: file.path, tenant: options.tenant }, ...more);
  const pending = hasPending(runs);
  const applicable = pending && codeOf('plan', runs) === EXIT.changes;
  if (options.markdown) {
    const { results, interrupted } = runs;
    const told = { results, interrupted, checksum, applyCommand: applicable ? applyCommand : undefined };
    cli.stdout.write(planMarkdown(told));
    return codeOf('plan', runs);
  }
  return report(cli, options, runs, {
    command: 'plan',
    text: planText,
    next: () => [...(pending ? [checksumLine(runs, checksum)] : []), ...(applicable ? [`Next: ${applyCommand}`] : [])],
  });
}

/** Whether `apply` would find anything to do. */
function hasPending({ results }: TenantRuns): boolean {
  return results.some((result) => result.mode === 'enforce' && (result.plan?.actions ?? []).length > 0);
}

function checksumLine(runs: TenantRuns, checksum: string | undefined): string {
  if (checksum !== undefined) return `Checksum: ${checksum}`;
  return `No checksum, because there is no plan of ${someOf(unplanned(runs))}`;
}
