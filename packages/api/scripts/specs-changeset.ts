import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { changesetText, unreviewedMark } from './lib/changeset.ts';

const usage = `Usage: pnpm specs:changeset <report.json> | --verify

Writes .changeset/upstream.md at the level that a report of pnpm specs:check asks for; a breaking one carries a mark that
a person has to remove. --verify ends with 1 while a changeset carries it.`;

const reportSchema = z.object({
  level: z.enum(['none', 'minor', 'major']),
  exitCode: z.number(),
  specs: z.array(
    z.object({ spec: z.string(), subject: z.string().optional(), moved: z.array(z.unknown()).optional() }),
  ),
});

try {
  process.exitCode = main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}

/** Returns the exit code. */
function main(): number {
  const { values: options, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      folder: { type: 'string', default: fileURLToPath(new URL('../../../.changeset', import.meta.url)) },
      package: { type: 'string', default: '@gateway-sync/api' },
      verify: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (options.help) {
    console.log(usage);
    return 0;
  }
  if (options.verify) return verify(options.folder);
  const [report, ...surplus] = positionals;
  if (report === undefined || surplus.length > 0) throw new Error(usage);
  return write(report, options);
}

interface Target {
  /** Where changesets are. */
  readonly folder: string;
  readonly package: string;
}

function write(file: string, target: Target): number {
  const { level, exitCode, specs } = readReport(file);
  if (exitCode === 2)
    throw new Error(`${file}: the check could not tell what changed, so no release can be told either`);
  if (specs.some(({ subject }) => subject === 'ours')) {
    throw new Error(
      `${file}: is about documents of our own; write the changeset with pnpm changeset, at the level ${level}`,
    );
  }
  const moved = specs.flatMap(({ spec, moved: found = [] }) => (found.length > 0 ? [spec] : []));
  const text = changesetText({ level, specs: moved, package: target.package });
  if (text === undefined) {
    console.log('No release is needed.');
    return 0;
  }
  mkdirSync(target.folder, { recursive: true });
  writeFileSync(join(target.folder, 'upstream.md'), text);
  console.log(`Wrote upstream.md: ${target.package} ${level}`);
  return 0;
}

function readReport(file: string): z.infer<typeof reportSchema> {
  try {
    return reportSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw new Error(`${file}: is no report of pnpm specs:check: ${reason}`, { cause: error });
  }
}

function verify(folder: string): number {
  const files = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.md')) : [];
  const unreviewed = files.filter((file) => readFileSync(join(folder, file), 'utf8').includes(unreviewedMark));
  for (const file of unreviewed) console.error(`.changeset/${file}: ${unreviewedMark}`);
  return unreviewed.length > 0 ? 1 : 0;
}
