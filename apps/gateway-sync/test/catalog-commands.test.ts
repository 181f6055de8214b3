import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createEmulator } from '@gateway-sync/emulator';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { fileText, listening } from './support/app.js';
import { runProgram } from './support/program.js';

// Starts several processes.
vi.setConfig({ testTimeout: 60_000 });

const COMMITTED = fileURLToPath(import.meta.resolve('@gateway-sync/specs/event-catalog.json'));

/** Two tenants in an emulator, and a copy of the catalogue file. */
async function shops() {
  const emulator = createEmulator({ tenants: [{ tenant: 'acme' }, { tenant: 'beta' }] });
  const { url } = await listening(emulator);
  const folder = await mkdtemp(join(tmpdir(), 'gateway-sync-catalog-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const [config, file] = [join(folder, 'shops.yaml'), join(folder, 'event-catalog.json')];
  await writeFile(config, fileText(url, { tenants: [{ tenant: 'acme' }, { tenant: 'beta' }] }));
  await copyFile(COMMITTED, file);
  const run = async (name: string, ...args: string[]) => {
    const { code, stdout, stderr } = await runProgram(['catalog', name, '--config', config, '--json', ...args]);
    return { code, stderr, answer: JSON.parse(stdout) as Record<string, unknown> };
  };
  const change = (tenant: string, body: object) =>
    fetch(`${url}/_emulator/tenants/${tenant}/catalogue`, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    });
  return { emulator, run, file, change };
}

const bytes = (path: string) => readFile(path, 'utf8');

describe('the catalogue of tenants', () => {
  it('is followed by the file, and no tenant is written', async () => {
    const { emulator, run, file, change } = await shops();
    expect(await run('diff', '--file', file)).toMatchObject({
      code: 0,
      stderr: '',
      answer: { level: null, missing: [] },
    });

    expect((await change('acme', { add: ['order.archived'], remove: ['cart.closed', 'quote.deleted'] })).ok).toBe(true);
    expect((await change('beta', { remove: ['cart.closed'] })).ok).toBe(true);
    const added = { kind: 'type-added', type: 'order.archived', level: 'additive' };
    const missing = [{ type: 'cart.closed', what: 'type' }];
    expect(await run('diff', '--file', file)).toMatchObject({ code: 2, answer: { changes: [added], missing } });
    expect(await bytes(file)).toBe(await bytes(COMMITTED));

    expect(await run('update', '--file', file)).toMatchObject({
      code: 0,
      answer: { written: true, changes: [added], missing },
    });
    const written = await bytes(file);
    expect(await run('update', '--file', file)).toMatchObject({
      code: 0,
      answer: { written: false, changes: [], missing },
    });
    expect(await bytes(file)).toBe(written);

    const gone = { kind: 'type-removed', type: 'cart.closed', level: 'breaking' };
    expect(await run('update', '--file', file, '--gone')).toMatchObject({
      code: 0,
      answer: { level: 'breaking', changes: [gone] },
    });
    expect(await run('diff', '--file', file, '--gone')).toMatchObject({
      code: 0,
      answer: { changes: [], missing: [] },
    });
    expect(await run('diff', '--file', file, COMMITTED)).toMatchObject({
      code: 2,
      answer: { changes: [{ kind: 'type-added' }, { kind: 'type-removed' }] },
    });

    const methods = new Set(
      emulator
        .requests({})
        .filter(({ path }) => path.startsWith('/webhook/'))
        .map(({ method }) => method),
    );
    expect([...methods]).toEqual(['GET']);
  });
});
