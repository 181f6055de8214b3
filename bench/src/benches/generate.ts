import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { inTurn, median } from '../lib/measure.ts';
import type { Bench } from '../lib/report.ts';

const run = promisify(execFile);
const API = fileURLToPath(new URL('../../../packages/api/', import.meta.url));

/** `generate:check` without pnpm, which makes everything and compares it with what is there; beside Node doing nothing. */
export const bench: Bench = async ({ runs }) => {
  const results = await inTurn(
    {
      'node --version': timed(['--version']),
      'generate:check': timed(['--experimental-strip-types', 'scripts/generate.ts', '--check']),
    },
    runs,
  );
  return [
    {
      title: 'Generating types, enums and operations of all documents',
      columns: ['what', 'seconds'],
      rows: Object.entries(results).map(([name, values]) => [name, median(values)]),
      raw: results,
    },
  ];
};

function timed(args: readonly string[]): () => Promise<number> {
  return async () => {
    const start = performance.now();
    await run(process.execPath, [...args], { cwd: API });
    return (performance.now() - start) / 1000;
  };
}
