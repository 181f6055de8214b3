import type { Cli } from './cli.js';
import { EXIT, type ExitCode } from './exit-code.js';
import { interruptible } from './interrupt.js';
import { openFile } from './open-file.js';
import type { CommonOptions } from './options.js';
import { planText } from './render/plan-text.js';
import { report } from './report.js';
import { runTenants } from './run-tenants.js';
import { withLedger } from './with-ledger.js';

/** Reads every tenant and shows what `apply` would do; writes nothing. */
export async function plan(cli: Cli, options: CommonOptions): Promise<ExitCode> {
  const file = await openFile(cli, options);
  const runs = await withLedger(cli, (store) =>
    interruptible((signal) => runTenants(cli, file, { dryRun: true, signal, ...(store && { ledger: store.ledger }) })),
  );
  return report(cli, options, runs, {
    command: 'plan',
    text: planText,
    next: (code) => {
      const only = options.tenant.map((name) => ` --tenant ${name}`).join('');
      return code === EXIT.changes ? `Next: gateway-sync apply --config ${file.path}${only}` : '';
    },
  });
}
