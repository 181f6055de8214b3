import type { Cli } from './cli.js';
import { EXIT, type ExitCode } from './exit-code.js';
import { openFile } from './open-file.js';
import type { CommonOptions } from './options.js';
import { jsonText } from './render/json.js';
import { createPaint, wantsColor } from './render/paint.js';
import { count } from './render/words.js';

/** Checks the desired-state file without asking any tenant. An invalid one is thrown as a `ConfigError`. */
export async function validate(cli: Cli, options: CommonOptions): Promise<ExitCode> {
  const { path, hash, tenants } = await openFile(cli, options);
  if (options.json) {
    const told = tenants.map(({ tenant, mode, prune, subscriptions }) => ({
      tenant,
      mode,
      prune,
      entries: subscriptions.length,
    }));
    cli.stdout.write(jsonText({ command: 'validate', exitCode: EXIT.ok, file: path, hash, tenants: told }));
    return EXIT.ok;
  }
  const paint = createPaint(wantsColor(cli.env.color, cli.stdout.isTTY === true));
  const entries = tenants.reduce((sum, { subscriptions }) => sum + subscriptions.length, 0);
  const amounts = `${count(tenants.length, 'tenant')}, ${entries} ${entries === 1 ? 'entry' : 'entries'}`;
  cli.stdout.write(`${paint.good('✓')} ${path} is valid: ${amounts}\n`);
  return EXIT.ok;
}
