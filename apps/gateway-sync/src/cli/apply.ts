import type { Cli } from './cli.js';
import { EXIT, type ExitCode } from './exit-code.js';
import { interruptible } from './interrupt.js';
import { openFile } from './open-file.js';
import type { CommonOptions } from './options.js';
import { applyText } from './render/apply-text.js';
import { report } from './report.js';
import { runTenants } from './run-tenants.js';
import { withLedger } from './with-ledger.js';

/** Brings every tenant in line with the file, once. */
export async function apply(cli: Cli, options: CommonOptions): Promise<ExitCode> {
  const file = await openFile(cli, options);
  const runs = await withLedger(cli, (store) =>
    interruptible((signal) => runTenants(cli, file, { dryRun: false, signal, ...(store && { ledger: store.ledger }) })),
  );
  return report(cli, options, runs, {
    command: 'apply',
    text: applyText,
    next: (code) => (code === EXIT.ok ? '' : `Next: gateway-sync plan --config ${file.path} shows what is left to do`),
  });
}
