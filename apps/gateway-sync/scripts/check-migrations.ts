/** Fails when the committed migrations do not lead to the schema of the ledger, or contradict each other. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));
const drizzleKit = fileURLToPath(import.meta.resolve('drizzle-kit')).replace(/[^/\\]+$/, 'bin.cjs');
const folder = mkdtempSync(join(tmpdir(), 'gateway-sync-migrations-'));
const run = (command: string, ...args: string[]) => {
  // Relative, because drizzle-kit puts `./` in front.
  const options = ['--dialect=postgresql', `--out=${relative(root, folder)}`, ...args];
  execFileSync(process.execPath, [drizzleKit, command, ...options], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
};

try {
  cpSync(join(root, 'migrations'), folder, { recursive: true });
  const committed = readdirSync(folder);
  run('check');
  run('generate', '--schema=src/adapters/ledger/schema.ts', '--name=missing');
  const missing = readdirSync(folder).filter((name) => !committed.includes(name));
  if (missing.length > 0) {
    process.stderr.write(
      'apps/gateway-sync/migrations do not lead to src/adapters/ledger/schema.ts; run `pnpm --filter gateway-sync generate:migrations` and commit what it writes\n',
    );
    process.exitCode = 1;
  }
} finally {
  rmSync(folder, { recursive: true });
}
