import type { FileTenant } from '../adapters/desired-file/desired-file.js';
import { type Cli, UsageError } from './cli.js';
import { EXIT, type ExitCode } from './exit-code.js';
import { interruptible } from './interrupt.js';
import { openFile } from './open-file.js';
import type { PortalOptions } from './options.js';
import { jsonText, timeJson } from './render/json.js';
import { createPaint, printable, wantsColor } from './render/paint.js';
import { someOf, time } from './render/words.js';

/**
 * Shows a login link into the Event Gateway of one tenant. It is written to a terminal alone, where a person reads it and
 * no log keeps it, unless `print` says that it is meant otherwise.
 */
export async function portal(cli: Cli, options: PortalOptions): Promise<ExitCode> {
  const file = await openFile(cli, options);
  const tenant = theOne(file.tenants);
  const isSeen = cli.stdout.isTTY === true && !options.json;
  if (!isSeen && !options.print) {
    throw new UsageError(
      'whoever has the link is logged in, so it is shown on a terminal only; --print writes it all the same',
    );
  }
  const { url, expiresAt } = await interruptible((signal) => cli.connect(file).for(tenant).openPortal(signal));
  if (options.json) {
    const expires = expiresAt === undefined ? null : timeJson(expiresAt);
    const link = { tenant: tenant.tenant, url: url.reveal(), expiresAt: expires };
    cli.stdout.write(jsonText({ command: 'portal', exitCode: EXIT.ok, ...link }));
    return EXIT.ok;
  }
  cli.stdout.write(`${printable(url.reveal())}\n`);
  // In a pipe the link stands alone, so that it can be handed on.
  const beside = cli.stdout.isTTY === true ? cli.stdout : cli.stderr;
  const paint = createPaint(wantsColor(cli.env.color, beside.isTTY === true));
  const expiry = expiresAt === undefined ? 'when it expires is not known' : `it expires at ${time(expiresAt)}`;
  beside.write(`${paint.warning('!')} whoever has this link is logged in to tenant ${tenant.tenant}; ${expiry}\n`);
  return EXIT.ok;
}

function theOne(tenants: readonly FileTenant[]): FileTenant {
  const [tenant, ...others] = tenants;
  if (tenant && others.length === 0) return tenant;
  const names = tenants.map((one) => one.tenant);
  throw new UsageError(`a link is for one tenant; name it with --tenant: ${someOf(names)}`);
}
