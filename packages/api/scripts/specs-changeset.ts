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

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    folder: { type: 'string', default: fileURLToPath(new URL('../../../.changeset', import.meta.url)) },
    package: { type: 'string', default: '@gateway-sync/api' },
    verify: { type: 'boolean', default: false },
  },
});

const [report] = positionals;
if (options.verify) verify();
else if (report === undefined) {
  console.error(usage);
  process.exitCode = 2;
} else write(report);

function write(file: string): void {
  const { level, exitCode, specs } = reportSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  if (exitCode === 2) {
    console.error(`${file}: the check could not tell what changed, so no release can be told either`);
    process.exitCode = 2;
    return;
  }
  if (specs.some(({ subject }) => subject === 'ours')) {
    console.error(
      `${file}: is about documents of our own; write the changeset with pnpm changeset, at the level ${level}`,
    );
    process.exitCode = 2;
    return;
  }
  const moved = specs.flatMap(({ spec, moved: found = [] }) => (found.length > 0 ? [spec] : []));
  const text = changesetText({ level, specs: moved, package: options.package });
  if (text === undefined) {
    console.log('No release is needed.');
    return;
  }
  mkdirSync(options.folder, { recursive: true });
  writeFileSync(join(options.folder, 'upstream.md'), text);
  console.log(`Wrote upstream.md: ${options.package} ${level}`);
}

function verify(): void {
  const files = existsSync(options.folder) ? readdirSync(options.folder).filter((file) => file.endsWith('.md')) : [];
  const unreviewed = files.filter((file) => readFileSync(join(options.folder, file), 'utf8').includes(unreviewedMark));
  for (const file of unreviewed) console.error(`.changeset/${file}: ${unreviewedMark}`);
  if (unreviewed.length > 0) process.exitCode = 1;
}
