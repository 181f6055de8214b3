import type { Cli } from './cli.js';
import type { ExitCode } from './exit-code.js';
import { forTenants } from './for-tenants.js';
import { interruptible } from './interrupt.js';
import { openFile } from './open-file.js';
import type { StatusOptions } from './options.js';
import { jsonText } from './render/json.js';
import { createPaint, wantsColor } from './render/paint.js';
import { statusJson } from './render/status-json.js';
import { needsAttention, statusText } from './render/status-text.js';
import { tally } from './render/totals.js';
import { someOf } from './render/words.js';
import { codeOf } from './report.js';
import { backing, crashed } from './run-tenants.js';
import { statusOfServer } from './server-status.js';
import { standing, standingOf, standingView } from './standing.js';
import { withLedger } from './with-ledger.js';

/** Shows how every tenant stands: by reading it, or with `server` as a running service says; writes nothing. */
export async function status(cli: Cli, options: StatusOptions): Promise<ExitCode> {
  return options.server === undefined ? statusOfFile(cli, options) : statusOfServer(cli, options, options.server);
}

async function statusOfFile(cli: Cli, options: StatusOptions): Promise<ExitCode> {
  const file = await openFile(cli, options);
  const { results, interrupted } = await interruptible((signal) =>
    withLedger(
      cli,
      (store, ledger) =>
        forTenants(cli, file, {
          signal,
          visit: (visit) =>
            standingOf(cli, visit, { signal, ...(store && { store }), ...backing(file, store, ledger) }),
          crashed: (visit, error) => standing(crashed(cli, visit, error), {}),
          isFailure: ({ result }) => result.outcome === 'failed',
        }),
      signal,
    ),
  );
  const reconciles = results.map(({ result }) => result);
  const code = codeOf('status', { results: reconciles, interrupted });
  if (options.json) {
    cli.stdout.write(jsonText({ command: 'status', exitCode: code, tenants: results.map(statusJson), interrupted }));
    return code;
  }
  const shown = options.quiet
    ? results.filter((one) => needsAttention(standingView(one)) || one.result.pause)
    : results;
  const paint = createPaint(wantsColor(cli.env.color, cli.stdout.isTTY === true));
  for (const one of shown) cli.stdout.write(`${statusText(standingView(one), cli.clock.now(), paint)}\n`);
  cli.stdout.write(`${tally(reconciles, paint)}\n`);
  if (interrupted.length > 0) cli.stdout.write(`Interrupted before ${someOf(interrupted)}.\n`);
  return code;
}
