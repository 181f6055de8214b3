import type { DesiredFile } from '../adapters/desired-file/desired-file.js';
import { adoptTenant, type AdoptionResult } from '../core/adopt-tenant.js';
import { PausedError } from '../core/errors.js';
import type { LedgerStore } from '../core/ports.js';
import { remedyFor } from '../core/remedy.js';
import { holdingTenant } from './hold-tenant.js';
import type { AdoptOptions } from './adopt-options.js';
import { type Cli, UsageError } from './cli.js';
import { eachTenant, type TenantResults } from './each-tenant.js';
import { EXIT, mostSevere, type ExitCode } from './exit-code.js';
import { stoppable, type Interruption } from './interrupt.js';
import { openFile } from './open-file.js';
import { adoptText } from './render/adopt-text.js';
import { errorJson, jsonText } from './render/json.js';
import { createPaint, printable, wantsColor } from './render/paint.js';
import { unfinishedLines } from './render/unfinished-lines.js';
import { count } from './render/words.js';
import { withLedgerOnly } from './with-ledger.js';

/** Makes ours what is live and the file names. */
export async function adopt(cli: Cli, options: AdoptOptions): Promise<ExitCode> {
  const file = await openFile(cli, options);
  return stoppable((interruption) =>
    withLedgerOnly(
      cli,
      async (store) => {
        const adoptAll = (dryRun: boolean) => adoptTenants(cli, file, { ...options, dryRun }, store, interruption);
        const asks = options.unnamed && !options.yes && !options.dryRun;
        const planned = asks ? await adoptAll(true) : undefined;
        if (planned && !(await agreed(cli, options, planned))) return EXIT.error;
        return report(cli, options, await adoptAll(options.dryRun));
      },
      interruption.stopping,
    ),
  );
}

function adoptTenants(
  cli: Cli,
  file: DesiredFile,
  { dryRun, unnamed, despitePause }: AdoptOptions,
  store: Pick<LedgerStore, 'ledger' | 'locks' | 'fleet'>,
  interruption: Interruption,
): Promise<TenantResults<AdoptionResult>> {
  // Reading is not worth waiting for.
  const stops = dryRun ? { signal: interruption.stopping } : interruption;
  const { ledger, locks } = store;
  const { records } = store.fleet(file.instance);
  return eachTenant(cli, file, stops, ({ tenant, gateway, id }) =>
    holdingTenant(dryRun ? undefined : locks, tenant.tenant, stops, async (signal) => {
      const { pause } = dryRun || despitePause ? {} : (await records.read(tenant.tenant)).marks;
      return adoptTenant(
        tenant,
        { gateway: gateway(), ledger, clock: cli.clock },
        { signal, id, actor: cli.actor, unnamed, dryRun, ...(pause && { pause }) },
      );
    }),
  );
}

/** Shows what would become ours although the file does not name it, and lets a person decide. */
async function agreed(cli: Cli, { json }: AdoptOptions, { results }: TenantResults<AdoptionResult>): Promise<boolean> {
  const amount = results.flatMap(({ items }) => items).filter(({ way }) => way === 'unnamed').length;
  if (amount === 0) return true;
  const paint = createPaint(wantsColor(cli.env.color, cli.stderr.isTTY === true));
  for (const result of results) cli.stderr.write(`${adoptText(result, paint)}\n`);
  const what = `${count(amount, 'subscription')} that the file does not name`;
  if (!cli.confirm || json) {
    throw new UsageError(
      `nothing was adopted: ${what} would become ours, and apply may remove them; allow it with --yes`,
    );
  }
  if (await cli.confirm(`Adopt all this, with ${what}, which apply may remove?`)) return true;
  cli.stderr.write('nothing was adopted\n');
  return false;
}

function report(
  cli: Cli,
  options: AdoptOptions,
  { results, failures, interrupted, notBegun }: TenantResults<AdoptionResult>,
): ExitCode {
  const code = mostSevere([
    ...results.map(codeOf),
    ...failures.map(({ error }) => (error instanceof PausedError ? EXIT.withheld : EXIT.error)),
    interrupted.length > 0 ? EXIT.interrupted : EXIT.ok,
  ]);
  if (options.json) {
    const failed = failures.map(({ tenant, error }) => ({ tenant, error: errorJson(error, tenant) }));
    const tenants = results.map(resultJson);
    cli.stdout.write(jsonText({ command: 'adopt', exitCode: code, tenants, failures: failed, interrupted, notBegun }));
    return code;
  }
  const paint = createPaint(wantsColor(cli.env.color, cli.stdout.isTTY === true));
  const shown = options.quiet ? results.filter(({ items, problems }) => items.length + problems.length > 0) : results;
  for (const result of shown) cli.stdout.write(`${adoptText(result, paint)}\n`);
  for (const { tenant, error } of failures) {
    const remedy = remedyFor(error, tenant);
    const hint = remedy === undefined ? '' : `      ${printable(remedy)}\n`;
    cli.stdout.write(`${paint.bold(tenant)}\n  ${paint.bad('✗')} ${printable(error.message)}\n${hint}\n`);
  }
  const amount = results.reduce((sum, { items }) => sum + items.length, 0);
  cli.stdout.write(`${amount} ${options.dryRun ? 'to adopt' : 'adopted'}\n`);
  for (const line of unfinishedLines({ interrupted, notBegun })) cli.stdout.write(`${line}\n`);
  return code;
}

function codeOf({ results, problems, error }: AdoptionResult): ExitCode {
  if (error) return EXIT.error;
  const done = results.every(({ status }) => status === 'applied');
  return done && problems.every(({ severity }) => severity !== 'error') ? EXIT.ok : EXIT.partial;
}

function resultJson({ tenant, dryRun, items, left, problems, results, error }: AdoptionResult) {
  return {
    tenant,
    dryRun,
    adopted: items.map(({ resource, name, way, from, action }) => ({
      resource,
      name,
      way,
      ...(from !== undefined && { from }),
      ...(action && { before: action.before, after: action.after }),
    })),
    left: left.map(({ resource, key, instance }) => ({ resource, key, instance })),
    problems,
    writes: results.map(({ action, status, code, message }) => ({ name: action.name, status, code, message })),
    ...(error && { error: errorJson(error, tenant) }),
  };
}
