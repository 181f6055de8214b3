/** Writes docs/metrics.md from the definitions of the metrics; with --check only says whether it would change. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { runnerImport } from 'vite';

// Through Vite, because Node alone does not find `x.ts` behind an import of `x.js`, and a build should not be needed.
const source = fileURLToPath(import.meta.resolve('./metrics-document.ts'));
const { module } = await runnerImport<typeof import('./metrics-document.js')>(source);

const target = fileURLToPath(import.meta.resolve('../../../docs/metrics.md'));
const text = await format(await module.metricsDocument(), { ...(await resolveConfig(target)), parser: 'markdown' });
if (!process.argv.includes('--check')) {
  writeFileSync(target, text);
} else if (readFileSync(target, 'utf8') !== text) {
  process.stderr.write('docs/metrics.md is stale; run `pnpm --filter gateway-sync generate:metrics` and commit it\n');
  process.exitCode = 1;
}
