import type { DesiredFile } from '../adapters/desired-file/desired-file.js';
import { checkTenant } from '../core/check-tenant.js';
import type { Finding, FindingStatus } from '../core/finding.js';
import type { LedgerStore } from '../core/ports.js';
import type { TenantName } from '../core/state.js';
import type { Cli } from './cli.js';
import { eachTenant, type TenantResults } from './each-tenant.js';
import { EXIT, mostSevere, type ExitCode } from './exit-code.js';
import { interruptible, unlessAborted } from './interrupt.js';
import { errorJson, jsonText } from './render/json.js';
import { findingLine } from './render/finding-line.js';
import { createPaint, printable, wantsColor } from './render/paint.js';
import { count } from './render/words.js';
import type { ValidateOptions } from './validate-options.js';
import { closing } from './with-ledger.js';

interface DatabaseCheck {
  readonly status: FindingStatus;
  readonly message: string;
}

interface CheckedTenant {
  readonly tenant: TenantName;
  readonly findings: readonly Finding[];
}

/** Looks whether the tenants of a valid file are such that an apply can work. */
export function validateOnline(cli: Cli, options: ValidateOptions, file: DesiredFile): Promise<ExitCode> {
  const anywhere = isLoopback(file.emporix.baseUrl);
  return interruptible(async (signal) => {
    const opened = await openDatabase(cli, signal);
    // Open until everything is asked: it tells how fast all processes together may ask.
    return closing(cli, opened instanceof Error ? undefined : opened, async () => {
      const database = await checkDatabase(opened, signal);
      const checked = await eachTenant(cli, file, { signal }, async ({ tenant, gateway }): Promise<CheckedTenant> => {
        const findings = await checkTenant(tenant, { gateway: gateway(), probe: cli.probe }, { signal, anywhere });
        return { tenant: tenant.tenant, findings };
      });
      return report(cli, options, file, database, checked);
    });
  });
}

/** Who tries things out on one machine has the receivers there too. */
function isLoopback(baseUrl: string): boolean {
  const { hostname } = new URL(baseUrl);
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
}

async function openDatabase(cli: Cli, signal: AbortSignal): Promise<LedgerStore | Error | undefined> {
  try {
    return await unlessAborted(cli.openLedger(), signal);
  } catch (error) {
    signal.throwIfAborted();
    return error instanceof Error ? error : new Error(String(error));
  }
}

async function checkDatabase(opened: LedgerStore | Error | undefined, signal: AbortSignal): Promise<DatabaseCheck> {
  if (!opened) {
    return { status: 'warning', message: 'there is none, so with prune: owned nothing is removed; set DATABASE_URL' };
  }
  try {
    if (opened instanceof Error) throw opened;
    await opened.ping();
    return { status: 'ok', message: 'answers' };
  } catch (error) {
    signal.throwIfAborted();
    return { status: 'error', message: error instanceof Error ? error.message : String(error) };
  }
}

function report(
  cli: Cli,
  options: ValidateOptions,
  { path, hash }: DesiredFile,
  database: DatabaseCheck,
  { results, failures, interrupted }: TenantResults<CheckedTenant>,
): ExitCode {
  const statuses = [database.status, ...results.flatMap(({ findings }) => findings.map(({ status }) => status))];
  const failed = statuses.includes('error') || failures.length > 0;
  const code = mostSevere([failed ? EXIT.error : EXIT.ok, interrupted.length > 0 ? EXIT.interrupted : EXIT.ok]);
  if (options.json) {
    cli.stdout.write(
      jsonText({
        command: 'validate',
        exitCode: code,
        file: path,
        hash,
        database,
        tenants: results,
        failures: failures.map(({ tenant, error }) => ({ tenant, error: errorJson(error, tenant) })),
        interrupted,
      }),
    );
    return code;
  }
  const paint = createPaint(wantsColor(cli.env.color, cli.stdout.isTTY === true));
  const lines = [`${paint.good('✓')} ${path} is valid`, findingLine('database', database, paint)];
  for (const { tenant, findings } of results) {
    const shown = options.quiet ? findings.filter(({ status }) => status !== 'ok') : findings;
    if (shown.length > 0) lines.push('', paint.bold(tenant));
    lines.push(...shown.map((found) => `  ${findingLine(found.check, found, paint)}`));
  }
  for (const { tenant, error } of failures) {
    lines.push('', paint.bold(tenant), `  ${paint.bad('✗')} ${printable(error.message)}`);
  }
  const amountOf = (status: FindingStatus) => statuses.filter((one) => one === status).length;
  lines.push('', `${count(amountOf('error') + failures.length, 'error')}, ${count(amountOf('warning'), 'warning')}`);
  for (const line of lines) cli.stdout.write(`${line}\n`);
  return code;
}
