import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { InvalidCatalogueError } from './lib/catalogue.ts';
import { generateFiles } from './lib/generated-files.ts';

const source = 'specs/event-catalog.json';
const folder = 'packages/events/src/generated';

const { values: options } = parseArgs({
  options: {
    check: { type: 'boolean', default: false },
    root: { type: 'string', default: fileURLToPath(new URL('../../../', import.meta.url)) },
  },
});

try {
  const files = await generateFiles(
    readFileSync(join(options.root, source), 'utf8'),
    source,
    fileURLToPath(import.meta.url),
  );
  const stale = [...files].filter(([path, text]) => read(path) !== text).map(([path]) => path);
  const foreign = readdirSync(join(options.root, folder), { encoding: 'utf8', recursive: true })
    .map((name) => `${folder}/${name}`)
    .filter((path) => !files.has(path));
  if (options.check) check(stale, foreign);
  else write(files, stale, foreign);
} catch (error) {
  if (!(error instanceof InvalidCatalogueError)) throw error;
  console.error(error.message);
  console.error('Nothing was generated: correct the catalogue first.');
  process.exitCode = 1;
}

function check(stale: readonly string[], foreign: readonly string[]): void {
  for (const path of stale) console.error(`${show(path)} is not what the catalogue gives`);
  for (const path of foreign) console.error(`${show(path)} is not made by the generator`);
  if (stale.length + foreign.length === 0) {
    console.log('Generated code is up to date.');
    return;
  }
  console.error('Generated code is stale. Run `pnpm generate` and commit the result.');
  process.exitCode = 1;
}

function write(files: ReadonlyMap<string, string>, stale: readonly string[], foreign: readonly string[]): void {
  for (const path of stale) {
    writeFileSync(join(options.root, path), files.get(path) ?? '');
    console.log(`wrote ${show(path)}`);
  }
  for (const path of foreign) {
    rmSync(join(options.root, path), { recursive: true });
    console.log(`deleted ${show(path)}`);
  }
  if (stale.length + foreign.length === 0) console.log('Generated code is up to date.');
}

function read(path: string): string | undefined {
  const file = join(options.root, path);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

function show(path: string): string {
  return relative(process.cwd(), join(options.root, path));
}
