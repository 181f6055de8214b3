import type { Cli } from './cli.js';
import { EXIT, type ExitCode } from './exit-code.js';
import { openFile } from './open-file.js';
import { jsonText } from './render/json.js';
import { createPaint, wantsColor } from './render/paint.js';
import { count } from './render/words.js';
import { validateOnline } from './validate-online.js';
import type { ValidateOptions } from './validate-options.js';

/** Checks the desired-state file, and on request what it is about. An invalid one is thrown as a `ConfigError`. */
export async function validate(cli: Cli, options: ValidateOptions): Promise<ExitCode> {
  const file = await openFile(cli, options);
  if (options.online) return validateOnline(cli, options, file);
  const { path, hash, tenants } = file;
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
