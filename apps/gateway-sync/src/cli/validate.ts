import { resolveDesired } from '../core/desired.js';
import type { Problem } from '../core/problem.js';
import { shedNotes } from '../core/shed-reach.js';
import type { DesiredTenant, TenantName } from '../core/state.js';
import type { Cli } from './cli.js';
import { EXIT, type ExitCode } from './exit-code.js';
import { openFile } from './open-file.js';
import { jsonText } from './render/json.js';
import { problemLine } from './render/plan-text.js';
import { createPaint, wantsColor } from './render/paint.js';
import { count, someOf } from './render/words.js';
import { validateOnline } from './validate-online.js';
import type { ValidateOptions } from './validate-options.js';

/** Checks the desired-state file, and on request what it is about. An invalid one is thrown as a `ConfigError`. */
export async function validate(cli: Cli, options: ValidateOptions): Promise<ExitCode> {
  const file = await openFile(cli, options);
  if (options.online) return validateOnline(cli, options, file);
  const { path, hash, tenants } = file;
  const problems = tenants.flatMap(unlocked);
  const code = problems.length > 0 ? EXIT.error : EXIT.ok;
  const notes = tenants.flatMap((one) => shedNotes(one).map((problem) => ({ tenant: one.tenant, problem })));
  if (options.json) {
    const told = tenants.map((one) => {
      const { tenant, mode, prune } = one;
      return { tenant, mode, prune, entries: total(amountsOf([one])), ...amountsOf([one]) };
    });
    cli.stdout.write(
      jsonText({
        command: 'validate',
        exitCode: code,
        file: path,
        hash,
        tenants: told,
        problems: [...problems, ...notes.map(toldOf)],
      }),
    );
    return code;
  }
  const paint = createPaint(wantsColor(cli.env.color, cli.stdout.isTTY === true));
  cli.stdout.write(
    `${paint.good('✓')} ${path} is valid: ${count(tenants.length, 'tenant')}, ${entriesText(tenants)}\n`,
  );
  for (const problem of [...problems, ...together(notes)]) cli.stdout.write(`${problemLine(problem, paint)}\n`);
  return code;
}

/** What the lock file lacks; no catalogue is needed to know that. */
function unlocked(tenant: DesiredTenant): Problem[] {
  return resolveDesired(tenant.subscriptions, [], tenant).problems.filter(({ kind }) => kind === 'not-locked');
}

interface Note {
  readonly tenant: TenantName;
  readonly problem: Problem;
}

function toldOf({ tenant, problem }: Note): Problem {
  return { ...problem, message: `${tenant}: ${problem.message}` };
}

/** What the defaults say is so for all tenants, and told once. */
function together(notes: readonly Note[]): Problem[] {
  const same = Map.groupBy(notes, ({ problem }) => JSON.stringify(problem));
  return [...same.values()].flatMap((group) => {
    const [first] = group;
    return first ? [toldOf({ ...first, tenant: someOf(group.map(({ tenant }) => tenant)) })] : [];
  });
}

interface Amounts {
  readonly subscriptions: number;
  readonly targets: number;
  readonly endpoints: number;
}

/** How many entries of each kind the file holds; a glob is one. */
function amountsOf(tenants: readonly DesiredTenant[]): Amounts {
  const sum = (amountOf: (tenant: DesiredTenant) => number) => tenants.reduce((all, one) => all + amountOf(one), 0);
  return {
    subscriptions: sum(({ subscriptions }) => subscriptions.length),
    targets: sum(({ delivery }) => delivery?.targets?.length ?? 0),
    endpoints: sum(({ endpoints }) => endpoints?.length ?? 0),
  };
}

function total({ subscriptions, targets, endpoints }: Amounts): number {
  return subscriptions + targets + endpoints;
}

/** `1 entry`, `4 entries (1 subscription, 3 endpoints)`. */
function entriesText(tenants: readonly DesiredTenant[]): string {
  const amounts = amountsOf(tenants);
  const { subscriptions, targets, endpoints } = amounts;
  const entries = total(amounts) === 1 ? '1 entry' : `${total(amounts)} entries`;
  const kinds = [
    count(subscriptions, 'subscription'),
    ...(targets > 0 ? [count(targets, 'target')] : []),
    ...(endpoints > 0 ? [count(endpoints, 'endpoint')] : []),
  ];
  return kinds.length > 1 ? `${entries} (${kinds.join(', ')})` : entries;
}
