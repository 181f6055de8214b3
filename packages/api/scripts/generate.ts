import { once } from 'node:events';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { defaultConfigFile, readConfig, type GenerateConfig } from './lib/config.ts';
import { generateFiles, sourceFiles } from './lib/generated-files.ts';
import { readOutput, writeOutput } from './lib/output-folder.ts';
import { InvalidSpecError } from './lib/problem.ts';
import { findStaleness, type Staleness } from './lib/staleness.ts';

const fixCommand = 'pnpm generate';
const patchLinesShown = 40;
const forForeignDocuments =
  'The house/ rules are for documents of our own: one of somebody else takes "rules": "foreign" in its entry of the configuration.';

const { values: options } = parseArgs({
  options: {
    check: { type: 'boolean', default: false },
    watch: { type: 'boolean', default: false },
    config: { type: 'string', default: defaultConfigFile },
  },
});

if (options.watch) await watch(options.config);
else if (!(await attempt(() => (options.check ? check(options.config) : write(options.config))))) process.exitCode = 1;

async function write(configFile: string): Promise<boolean> {
  const config = readConfig(configFile);
  const { written, deleted } = writeOutput(config.output, await generateFiles(config));
  for (const file of written) console.log(`wrote ${show(config, file)}`);
  for (const file of deleted) console.log(`deleted ${show(config, file)}`);
  if (written.length + deleted.length === 0) console.log('Generated code is up to date.');
  return true;
}

async function check(configFile: string): Promise<boolean> {
  const config = readConfig(configFile);
  const stale = findStaleness(await generateFiles(config), readOutput(config.output));
  for (const item of stale) console.error(describe(config, item));
  if (stale.length > 0) console.error(`Generated code is stale. Run \`${fixCommand}\` and commit the result.`);
  else console.log('Generated code is up to date.');
  return stale.length === 0;
}

async function watch(configFile: string): Promise<void> {
  const { watchFiles } = await import('./lib/watch-files.ts');
  const config = readConfig(configFile);
  const files = [...new Set([config.file, ...(await sourceFiles(config))])];
  const watching = watchFiles(files, async () => {
    await attempt(() => write(configFile));
  });
  await watching.ready;
  await attempt(() => write(configFile));
  console.log(`Watching ${files.map((file) => relative(process.cwd(), file)).join(', ')}`);
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  await watching.close();
}

/** Runs a step; what is wrong with a document or the configuration is printed without a stack and makes it false. */
async function attempt(step: () => Promise<boolean>): Promise<boolean> {
  try {
    return await step();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    if (error instanceof InvalidSpecError) {
      console.error('Nothing was generated: correct the document first.');
      if (error.problems.some(({ rule }) => rule.startsWith('house/'))) console.error(forForeignDocuments);
    }
    return false;
  }
}

function show(config: GenerateConfig, file: string): string {
  return relative(process.cwd(), join(config.output, file));
}

function describe(config: GenerateConfig, { file, reason, patch }: Staleness): string {
  const lines = patch.split('\n').filter((line) => !line.startsWith('====='));
  const more = lines.length > patchLinesShown ? [`… ${lines.length - patchLinesShown} more lines`] : [];
  return [`${show(config, file)} ${reason}`, ...lines.slice(0, patchLinesShown), ...more].join('\n').trimEnd();
}
