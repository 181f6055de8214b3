import { readdir } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { environment } from './lib/environment.ts';
import { interruptible } from './lib/interruption.ts';
import { printTable, saveResults, type Bench } from './lib/report.ts';

const FOLDER = new URL('benches/', import.meta.url);
const ALL = 'all';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { runs: { type: 'string', default: '5' }, help: { type: 'boolean', short: 'h', default: false } },
});
const names = (await readdir(FOLDER)).map((file) => file.replace(/\.ts$/, '')).toSorted();
const wanted = positionals.flatMap((name) => (name === ALL ? names : [name]));
const unknown = wanted.filter((name) => !names.includes(name));
const runs = Number(values.runs);

if (values.help || wanted.length === 0 || unknown.length > 0 || !(runs >= 1)) {
  process.stderr.write(`Usage: pnpm bench <name>... [--runs <n>]\n\nBenches: ${names.join(', ')}; ${ALL} of them\n`);
  process.exitCode = values.help ? 0 : 1;
} else {
  process.stdout.write(`${environment()}\n`);
  await interruptible(async () => {
    for (const name of wanted) {
      // oxlint-disable-next-line no-unsafe-type-assertion -- every file of the folder exports a bench
      const { bench } = (await import(new URL(`${name}.ts`, FOLDER).href)) as { readonly bench: Bench };
      const tables = await bench({ runs });
      for (const table of tables) printTable(table);
      await saveResults(name, tables);
    }
  });
}
