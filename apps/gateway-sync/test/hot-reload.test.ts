import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEmulator } from '@gateway-sync/emulator';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { fileText, listening, ORDER_EVENTS, subscribed } from './support/app.js';
import { servingAt, startProgram } from './support/program.js';

const PATIENCE = { timeout: 20_000, interval: 50 };

/** A mounted ConfigMap: the file is reached through links, and every change exchanges the folder behind them. */
async function configMap() {
  const folder = await mkdtemp(join(tmpdir(), 'gateway-sync-mounted-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  let version = 0;
  const put = async (files: Readonly<Record<string, string>>) => {
    const data = `..data-${++version}`;
    await mkdir(join(folder, data));
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, data, name), text);
    await symlink(data, join(folder, '..new'));
    await rename(join(folder, '..new'), join(folder, '..data'));
    if (version > 1) return rm(join(folder, `..data-${version - 1}`), { recursive: true });
    for (const name of Object.keys(files)) await symlink(join('..data', name), join(folder, name));
  };
  return { put, config: join(folder, 'shops.yaml') };
}

/** Both change with the mounted secret. */
const credentials = (tenant: string) => ({ clientId: `${tenant}-\${file:secret}`, clientSecret: '${file:secret}' });

async function served() {
  const emulator = createEmulator({
    tenants: ['acme', 'beta', 'gamma'].map((tenant) => ({
      tenant,
      credentials: ['one', 'two'].map((clientSecret) => ({ clientId: `${tenant}-${clientSecret}`, clientSecret })),
    })),
  });
  const { url: upstream } = await listening(emulator);
  const { put, config } = await configMap();
  const shops = (tenants: readonly string[], further: object = {}) =>
    JSON.stringify({
      ...JSON.parse(
        fileText(upstream, { tenants: tenants.map((tenant) => ({ tenant, credentials: credentials(tenant) })) }),
      ),
      ...further,
    });
  await put({ 'shops.yaml': shops(['acme', 'beta']), secret: 'one' });
  const program = startProgram(['serve', '--config', config], { PORT: '0' });
  const url = await servingAt(program);
  const get = (path: string) => fetch(`${url}${path}`).then((response) => response.text());
  await vi.waitFor(() => expect(subscribed(emulator, 'beta')).toEqual(ORDER_EVENTS), PATIENCE);
  return {
    emulator,
    put,
    shops,
    get,
    hangUp: () => program.child.kill('SIGHUP'),
    /** Log lines with a message. */
    told: (message: string) =>
      program.output.stderr
        .split('\n')
        .filter((line) => line.includes(message))
        .map((line) => JSON.parse(line) as Record<string, unknown>),
    end: async () => {
      program.child.kill('SIGTERM');
      return (await program.finished).code;
    },
  };
}

const TAKEN_UP = 'the file was read again and is in force';

describe('a service whose file changes', () => {
  it('finds out by itself, takes up new tenants and rotated secrets, and lets go of the others', async () => {
    const { emulator, put, shops, get, told, end } = await served();
    await put({ 'shops.yaml': shops(['acme', 'gamma']), secret: 'one' });
    await vi.waitFor(() => expect(subscribed(emulator, 'gamma')).toEqual(ORDER_EVENTS), PATIENCE);
    const metrics = await get('/metrics');
    expect(metrics).toContain('tenant="gamma"');
    expect(metrics).not.toContain('tenant="beta"');
    expect(subscribed(emulator, 'beta')).toEqual(ORDER_EVENTS);

    await put({ 'shops.yaml': shops(['acme', 'gamma']), secret: 'two' });
    await vi.waitFor(() => expect(told(TAKEN_UP)).toHaveLength(2), PATIENCE);
    expect(told(TAKEN_UP)).toMatchObject([
      { cause: 'watch', added: { tenants: ['gamma'] }, removed: { tenants: ['beta'] }, changed: { count: 0 } },
      { cause: 'watch', added: { count: 0 }, removed: { count: 0 }, changed: { tenants: ['acme', 'gamma'] } },
    ]);
    expect(await end()).toBe(0);
  }, 60_000);

  it('keeps the last good one on SIGHUP while the new one is broken or loses every tenant, and says so', async () => {
    const { put, shops, get, hangUp, end } = await served();
    const reloaded = async (successful: number) =>
      vi.waitFor(
        async () =>
          expect(await get('/metrics')).toContain(`\ngateway_sync_config_last_reload_successful ${successful}\n`),
        PATIENCE,
      );
    await put({ 'shops.yaml': shops(['acme', 'beta'], { version: 2 }), secret: 'one' });
    hangUp();
    await reloaded(0);
    expect(await get('/health')).toMatch(/shops\.yaml:1:\d+/);
    expect(await get('/metrics')).toContain('tenant="beta"');

    await put({ 'shops.yaml': shops(['acme', 'beta']), secret: 'one' });
    hangUp();
    await reloaded(1);

    await put({ 'shops.yaml': shops([]), secret: 'one' });
    hangUp();
    await reloaded(0);
    expect(await get('/health')).toContain('guards: { maxTenantRemovalPercent: 100 }');
    expect(await get('/metrics')).toContain('tenant="beta"');

    await put({ 'shops.yaml': shops([], { guards: { maxTenantRemovalPercent: 100 } }), secret: 'one' });
    hangUp();
    await reloaded(1);
    expect(await get('/metrics')).not.toContain('tenant="');
    expect(await end()).toBe(0);
  }, 60_000);
});
