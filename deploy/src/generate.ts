/** Writes the dashboards to grafana/; with --check only says whether that would change them. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { dashboards } from './dashboards.ts';

const stale: string[] = [];
for (const [name, dashboard] of Object.entries(dashboards())) {
  const path = fileURLToPath(new URL(`../grafana/${name}.json`, import.meta.url));
  const text = await format(JSON.stringify(dashboard), { ...(await resolveConfig(path)), parser: 'json' });
  if (!process.argv.includes('--check')) writeFileSync(path, text);
  else if (written(path) !== text) stale.push(name);
}
if (stale.length > 0) {
  const names = stale.join(', ');
  process.stderr.write(`deploy/grafana is stale (${names}); run \`pnpm --filter @gateway-sync/deploy generate\`\n`);
  process.exitCode = 1;
}

function written(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
