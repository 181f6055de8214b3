import type { ReconcileResult } from '../core/result.js';
import type { Cli } from './cli.js';
import { EXIT, exitCode, mostSevere, type ExitCode, type ReconcilingCommand } from './exit-code.js';
import type { CommonOptions } from './options.js';
import { jsonText, resultJson } from './render/json.js';
import { createPaint, type Paint, wantsColor } from './render/paint.js';
import { totals } from './render/totals.js';
import { unfinishedLines } from './render/unfinished-lines.js';
import { someOf } from './render/words.js';
import { combinedChecksum } from './reviewed.js';
import type { TenantRuns } from './run-tenants.js';

interface Words {
  readonly command: 'plan' | 'apply';
  /** One tenant, as text. */
  readonly text: (result: ReconcileResult, paint: Paint) => string;
  /** Lines on what to do now; none when there is nothing to do. */
  readonly next: (code: ExitCode) => readonly string[];
}

/** Writes what became of every tenant, as text or as the one JSON document, and answers the exit code. */
export function report(cli: Cli, options: CommonOptions, runs: TenantRuns, { command, text, next }: Words): ExitCode {
  const { results, interrupted, notBegun } = runs;
  const code = codeOf(command, runs);
  if (options.json) {
    const checksum = combinedChecksum(runs) ?? null;
    const unfinished = command === 'apply' ? { interrupted, notBegun } : { interrupted };
    cli.stdout.write(jsonText({ command, exitCode: code, checksum, tenants: results.map(resultJson), ...unfinished }));
    return code;
  }
  const paint = createPaint(wantsColor(cli.env.color, cli.stdout.isTTY === true));
  const shown = options.quiet ? results.filter(({ outcome }) => outcome !== 'in-sync') : results;
  for (const result of shown) cli.stdout.write(`${text(result, paint)}\n`);
  cli.stdout.write(totals(results, paint));
  if (interrupted.length > 0 && command === 'apply') {
    for (const line of unfinishedLines(runs)) cli.stdout.write(`${line}\n`);
  } else if (interrupted.length > 0) {
    cli.stdout.write(`Interrupted before ${someOf(interrupted)}; gateway-sync plan shows how they stand.\n`);
  } else {
    for (const line of next(code)) cli.stdout.write(`${paint.dim(line)}\n`);
  }
  return code;
}

export function codeOf(
  command: ReconcilingCommand,
  { results, interrupted }: Pick<TenantRuns, 'results' | 'interrupted'>,
): ExitCode {
  const outcomes = results.map(({ outcome }) => outcome);
  return mostSevere([exitCode(command, outcomes), interrupted.length > 0 ? EXIT.interrupted : EXIT.ok]);
}
