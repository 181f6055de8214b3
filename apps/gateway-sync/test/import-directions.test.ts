import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** What the linter of this workspace says to a file of one line at `path`. */
async function lint(path: string, line: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'gateway-sync-lint-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await copyFile(join(ROOT, '.oxlintrc.json'), join(folder, '.oxlintrc.json'));
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), `${line}\n`);
  return new Promise((resolve) => {
    const options = { cwd: folder, env: { NO_COLOR: '1' } };
    execFile(process.execPath, [join(ROOT, 'node_modules/oxlint/bin/oxlint'), '.'], options, (_, stdout) =>
      resolve(stdout),
    );
  });
}

test.each([
  ['apps/gateway-sync/src/core/plan.ts', `export * from '../adapters/emporix/index.js';`],
  ['apps/gateway-sync/src/core/plan.ts', `export * from '@nestjs/common';`],
  ['apps/gateway-sync/src/core/plan.ts', `export * from 'node:fs';`],
  ['apps/gateway-sync/src/core/plan.ts', `export * from '@gateway-sync/api';`],
  ['apps/gateway-sync/src/adapters/emporix/index.ts', `export * from '../../cli/cli.js';`],
  ['apps/gateway-sync/src/adapters/emporix/index.ts', `export * from '@nestjs/common';`],
  ['apps/gateway-sync/src/adapters/emporix/index.ts', `export * from '../../reload/reloader.js';`],
  ['apps/gateway-sync/src/reconcile/fleet.ts', `export * from '../cli/cli.js';`],
  ['apps/gateway-sync/src/reload/reloader.ts', `export * from '../cli/cli.js';`],
  ['apps/gateway-sync/src/cli/plan.ts', `export * from '@gateway-sync/emulator';`],
  ['apps/gateway-sync/src/adapters/emporix/index.ts', `export * from '@gateway-sync/emulator';`],
  ['apps/gateway-sync/src/quota/quota-watch.ts', `export * from '@gateway-sync/emulator';`],
  ['apps/gateway-sync/src/adapters/webhook-sender.ts', `export * from '../notify/notifier.js';`],
  ['apps/gateway-sync/src/notify/notifier.ts', `export * from '../cli/cli.js';`],
  ['apps/emulator/src/app.ts', `export * from '@gateway-sync/api';`],
  ['packages/api/src/client.ts', `export * from 'gateway-sync';`],
])('%s may not say: %s', async (path, line) => {
  expect(await lint(path, line)).toContain('no-restricted-imports');
});

test.each([
  ['apps/gateway-sync/src/core/plan.ts', `export * from './state.js';`],
  ['apps/gateway-sync/src/core/checksum.ts', `export { createHash } from 'node:crypto';`],
  ['apps/gateway-sync/src/adapters/emporix/index.ts', `export * from '../../core/ports.js';`],
  ['apps/gateway-sync/src/reconcile/fleet.ts', `export * from '../core/ports.js';`],
])('%s may say: %s', async (path, line) => {
  expect(await lint(path, line)).toContain('Found 0 warnings and 0 errors');
});

test('only env.ts reads the environment', async () => {
  const line = `export const port = process.env['PORT'];`;
  expect(await lint('apps/gateway-sync/src/service.ts', line)).toContain('no-process-env');
  expect(await lint('apps/gateway-sync/src/env.ts', line)).not.toContain('no-process-env');
});
