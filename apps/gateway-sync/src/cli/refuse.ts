import type { Cli } from './cli.js';
import { EXIT, mostSevere, type ExitCode } from './exit-code.js';
import type { CommonOptions } from './options.js';
import { jsonText, resultJson } from './render/json.js';
import { createPaint, wantsColor } from './render/paint.js';
import { planText } from './render/plan-text.js';
import { totals } from './render/totals.js';
import { someOf } from './render/words.js';
import { combinedChecksum, unplanned } from './reviewed.js';
import type { TenantRuns } from './run-tenants.js';

interface Review {
  /** The checksum that was asked for. */
  readonly reviewed: string;
  /** The command that shows the plan as it is now. */
  readonly again: string;
}

/** Tells that nothing was applied because the plan is not the reviewed one, and shows the plan that there is now. */
export function refuse(cli: Cli, options: CommonOptions, runs: TenantRuns, { reviewed, again }: Review): ExitCode {
  const { results, interrupted } = runs;
  const code = mostSevere([
    EXIT.withheld,
    unplanned(runs).length > 0 ? EXIT.error : EXIT.ok,
    interrupted.length > 0 ? EXIT.interrupted : EXIT.ok,
  ]);
  const checksum = combinedChecksum(runs);
  const message = `${whyRefused(runs, checksum)}; nothing was written`;
  if (options.json) {
    const error = { name: 'PlanChangedError', message, reviewed, remedy: again };
    const tenants = results.map(resultJson);
    cli.stdout.write(
      jsonText({ command: 'apply', exitCode: code, checksum: checksum ?? null, tenants, interrupted, error }),
    );
    return code;
  }
  const paint = createPaint(wantsColor(cli.env.color, cli.stdout.isTTY === true));
  const shown = results.filter(({ outcome }) => outcome !== 'in-sync');
  for (const result of shown) cli.stdout.write(`${planText(result, paint)}\n`);
  cli.stdout.write(totals(results, paint));
  cli.stdout.write(`${paint.warning('withheld by plan-changed')}: ${message}\n`);
  cli.stdout.write(`  reviewed  ${reviewed}\n`);
  if (checksum !== undefined) cli.stdout.write(`  now       ${checksum}\n`);
  cli.stdout.write(`${paint.dim(`Next: ${again} to review it again`)}\n`);
  return code;
}

function whyRefused(runs: TenantRuns, checksum: string | undefined): string {
  if (checksum !== undefined) {
    return 'the plan is no longer the one that was reviewed: the file, a tenant or the ledger has changed since';
  }
  return `nobody knows whether the plan still is the one that was reviewed, without a plan of ${someOf(unplanned(runs))}`;
}
