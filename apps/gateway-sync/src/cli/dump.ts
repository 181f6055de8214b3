import { loadWritten, surroundingsOf } from '../adapters/desired-file/load.js';
import { exists, save } from '../adapters/desired-file/save.js';
import { writtenBase } from '../adapters/desired-file/written-base.js';
import { writeDesiredFile } from '../adapters/desired-file/write.js';
import { dumpTenant, type TenantDump } from '../core/dump.js';
import { Variables } from '../core/dump-words.js';
import { survey } from '../core/survey.js';
import { type Cli, UsageError } from './cli.js';
import type { DumpOptions } from './dump-options.js';
import { eachTenant, type TenantFailure } from './each-tenant.js';
import { EXIT, mostSevere, type ExitCode } from './exit-code.js';
import { interruptible } from './interrupt.js';
import { openFile } from './open-file.js';
import { provenDump } from './prove-dump.js';
import { errorJson, jsonText } from './render/json.js';
import { createPaint, printable, wantsColor } from './render/paint.js';
import { count } from './render/words.js';

/** Reads the tenants and writes a file for which a plan has nothing to do. */
export async function dump(cli: Cli, options: DumpOptions): Promise<ExitCode> {
  const file = await openFile(cli, options);
  const { output, force, full } = options;
  if (output !== undefined && !force && (await exists(output))) throw occupied(output);
  const variables = new Variables();
  const base = writtenBase(await loadWritten(file.path), variables);
  // A gateway reaches endpoints only where they are managed.
  const whole = { ...file, tenants: file.tenants.map((tenant) => ({ endpoints: [], ...tenant })) };

  const read = await interruptible((signal) =>
    eachTenant(cli, whole, { signal }, async ({ tenant, gateway }) => {
      const observation = await survey(tenant.instance, gateway(), signal);
      const passing = observation.failures?.find(({ error }) => error.transient);
      if (passing) throw passing.error;
      return { tenant, observation };
    }),
  );
  const { failures, interrupted } = read;
  const drafts = read.results.map(({ tenant, observation }) => ({
    observation,
    draft: dumpTenant(tenant, observation, { full, variables }),
  }));
  const env = variables.values((name) => cli.env.raw[name] ?? 'unknown');
  const surroundings = surroundingsOf(file.path, { ...cli.env.raw, ...env });
  const tenants = drafts.map(({ draft, observation }) => provenDump(base, draft, observation, surroundings));
  const missing = [...failures.map(({ tenant }) => tenant), ...interrupted];
  const remarks = missing.map((tenant) => `${tenant} is not in it, because it could not be read.`);
  const text = writeDesiredFile({ base, tenants, remarks });
  const written = output !== undefined && missing.length === 0;
  if (written) await write(output, text, force);

  const code = mostSevere([
    failures.length > 0 ? EXIT.error : EXIT.ok,
    interrupted.length > 0 ? EXIT.interrupted : EXIT.ok,
  ]);
  if (options.json) {
    cli.stdout.write(
      jsonText({
        command: 'dump',
        exitCode: code,
        ...(written && { output }),
        text,
        tenants: tenants.map(tenantJson),
        failures: failures.map(({ tenant, error }) => ({ tenant, error: errorJson(error, tenant) })),
        interrupted,
      }),
    );
    return code;
  }
  if (output === undefined) cli.stdout.write(text);
  cli.stderr.write(remarksText(cli, { tenants, failures, interrupted, output, written }));
  return code;
}

async function write(output: string, text: string, force: boolean): Promise<void> {
  let saved: boolean;
  try {
    saved = await save(output, text, force);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new UsageError(`${output} cannot be written (${code}); name a place in a folder of yours`, { cause: error });
  }
  if (!saved) throw occupied(output);
}

function occupied(output: string): UsageError {
  return new UsageError(`${output} is there already; name another file, or replace it with --force`);
}

function tenantJson({ tenant, subscriptions, delivery, endpoints, foreignEndpoints, notes }: TenantDump) {
  return {
    tenant,
    subscriptions: subscriptions.length,
    delivery: delivery !== undefined,
    endpoints: endpoints?.length ?? null,
    foreignEndpoints: foreignEndpoints.length,
    notes,
  };
}

interface Dumped {
  readonly tenants: readonly TenantDump[];
  readonly failures: readonly TenantFailure[];
  readonly interrupted: readonly string[];
  readonly output: string | undefined;
  readonly written: boolean;
}

/** For the person beside the file: on stderr, so that stdout is the file and nothing else. */
function remarksText(cli: Cli, { tenants, failures, interrupted, output, written }: Dumped): string {
  const paint = createPaint(wantsColor(cli.env.color, cli.stderr.isTTY === true));
  const lines = failures.map(({ tenant, error }) => `${paint.bad('✗')} ${tenant}: ${printable(error.message)}`);
  lines.push(...interrupted.map((tenant) => `${paint.bad('✗')} ${tenant}: interrupted`));
  const notes = tenants.reduce((sum, dumped) => sum + dumped.notes.length, 0);
  if (written) lines.push(`${paint.good('✓')} ${output} holds ${count(tenants.length, 'tenant')}`);
  else if (output !== undefined) lines.push(`${output} is not written: a tenant would be missing in it`);
  if (notes > 0)
    lines.push(`${count(notes, 'note')} on what could not be read back or needs a secret: see the comments`);
  return lines.map((line) => `${line}\n`).join('');
}
