import { loadLocks, lockPathOf, saveLocks } from '../adapters/desired-file/lock-file.js';
import type { DesiredFile } from '../adapters/desired-file/desired-file.js';
import { UnavailableError } from '../core/errors.js';
import { expandGlobs, lockChanges, nextLocks, type LockChange, type LockedGlobs, type Locks } from '../core/lock.js';
import type { Gateway } from '../core/ports.js';
import type { TenantName } from '../core/state.js';
import { type Cli, UsageError } from './cli.js';
import { eachTenant, type TenantResults } from './each-tenant.js';
import { EXIT, mostSevere, type ExitCode } from './exit-code.js';
import { interruptible } from './interrupt.js';
import type { LockOptions } from './lock-options.js';
import { notWritten } from './not-written.js';
import { openFile, selectTenants } from './open-file.js';
import { errorJson, jsonText } from './render/json.js';
import { lockText } from './render/lock-text.js';
import { createPaint, wantsColor } from './render/paint.js';
import { suggest } from './suggest.js';

/** Writes down what the globs of the tenants mean by their catalogues as they are. */
export async function lock(cli: Cli, options: LockOptions): Promise<ExitCode> {
  const file = await openFile(cli, { ...options, tenant: [] });
  const path = lockPathOf(file.path);
  const asked = { ...file, tenants: askedOf(file, options.tenant) };
  const read = await interruptible((signal) =>
    eachTenant(cli, asked, { signal }, ({ tenant, gateway }) => expanded(tenant, gateway(), signal)),
  );
  // Only now, so that what somebody wrote meanwhile counts.
  const before = await loadLocks(path);
  const after = nextLocks(before, file.tenants, new Map(read.results));
  const changes = lockChanges(before, after);
  const isWhole = read.interrupted.length === 0;
  const written = changes.length > 0 && !options.check && isWhole;
  if (written) await saveLocks(path, after).catch(notWritten(path));

  const code = mostSevere([
    options.check && changes.length > 0 ? EXIT.changes : EXIT.ok,
    read.failures.length > 0 ? EXIT.error : EXIT.ok,
    isWhole ? EXIT.ok : EXIT.interrupted,
  ]);
  report(cli, options, { code, path, written, after, changes, read, config: file.path });
  return code;
}

async function expanded(
  tenant: DesiredFile['tenants'][number],
  gateway: Gateway,
  signal: AbortSignal,
): Promise<readonly [TenantName, LockedGlobs]> {
  const { subscriptions, incomplete } = await gateway.listSubscriptions(signal);
  if (incomplete !== undefined) {
    throw new UnavailableError(`the catalogue could not be read whole: ${incomplete}`, {
      operation: 'listSubscriptions',
    });
  }
  return [tenant.tenant, expandGlobs(tenant, subscriptions)];
}

function askedOf(file: DesiredFile, names: readonly TenantName[]): DesiredFile['tenants'] {
  if (names.length === 0) return file.tenants.filter(({ lock: locked }) => locked);
  const chosen = selectTenants(file, names);
  const open = chosen.filter(({ lock: locked }) => !locked).map(({ tenant }) => tenant);
  if (open.length === 0) return chosen;
  throw new UsageError(`${file.path} has no lock: true for ${open.join(', ')}; without it globs follow the catalogue`);
}

interface Outcome {
  readonly code: ExitCode;
  readonly config: string;
  readonly path: string;
  readonly written: boolean;
  readonly after: Locks;
  readonly changes: readonly LockChange[];
  readonly read: TenantResults<readonly [TenantName, LockedGlobs]>;
}

function report(cli: Cli, options: LockOptions, { code, config, path, written, after, changes, read }: Outcome): void {
  const { failures, interrupted } = read;
  if (options.json) {
    const tenants = [...after].map(([tenant, globs]) => ({ tenant, globs: Object.fromEntries(globs) }));
    const failed = failures.map(({ tenant, error }) => ({ tenant, error: errorJson(error, tenant) }));
    cli.stdout.write(
      jsonText({
        command: 'lock',
        exitCode: code,
        file: path,
        written,
        changes,
        tenants,
        failures: failed,
        interrupted,
      }),
    );
    return;
  }
  const paint = createPaint(wantsColor(cli.env.color, cli.stdout.isTTY === true));
  const told = { path, written, changes, failures, interrupted, locked: after.size, check: options.check };
  cli.stdout.write(lockText(told, suggest('lock', { config, tenant: options.tenant }), paint));
}
