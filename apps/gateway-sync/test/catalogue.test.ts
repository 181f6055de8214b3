import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEmulator } from '@gateway-sync/emulator';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { fileText, listening, startApp, subscribed } from './support/app.js';
import { runProgram, servingAt, startProgram } from './support/program.js';

// Some tests start several processes.
vi.setConfig({ testTimeout: 60_000 });

const PATIENCE = { timeout: 20_000, interval: 50 };
const CATALOGUE = ['order.created', 'order.deleted', 'cart.updated'];

interface Line {
  readonly level: number | string;
  readonly msg: string;
}

const linesOf = (log: readonly string[]): Line[] =>
  log.flatMap((line) => (line.startsWith('{') ? [JSON.parse(line) as Line] : []));

describe('a catalogue that changes under a glob', () => {
  it('is told once, and followed', async () => {
    const app = await startApp({
      tenants: [{ tenant: 'acme', subscriptions: [{ event: 'order.*' }, { event: 'none.*' }] }],
      sync: { interval: '100ms', maxInterval: '100ms' },
      emulator: { tenants: [{ tenant: 'acme', catalogue: CATALOGUE }] },
    });
    await app.firstPass();
    const told = (message: string) => linesOf(app.log).filter(({ msg }) => msg === message);
    const came = 'order.archived is new in the catalogue and matched by order.*';
    const went = 'order.deleted is no longer in the catalogue; it was matched by order.*';
    expect([told(came), told(went)]).toEqual([[], []]);

    const runs = async () => (await app.metric('reconciles_total{trigger="interval",result="in-sync"}')) ?? 0;
    const atRest = async () => {
      const before = await runs();
      await vi.waitFor(async () => expect(await runs()).toBeGreaterThan(before + 3), PATIENCE);
    };
    const warnings = () => linesOf(app.log).filter(({ level }) => level === 40).length;
    app.emulator.changeCatalogue('acme', { add: ['order.archived', 'quote.created'] });
    await vi.waitFor(() => expect(subscribed(app.emulator, 'acme')).toContain('order.archived'), PATIENCE);
    await atRest();
    const warned = warnings();
    app.emulator.changeCatalogue('acme', { remove: ['order.deleted'] });
    await vi.waitFor(() => expect(told(went)).toHaveLength(1), PATIENCE);
    await atRest();
    expect([told(came), told(went)]).toMatchObject([[{ level: 30 }], [{ level: 30 }]]);
    expect(linesOf(app.log).filter(({ msg }) => msg.includes('quote.created'))).toEqual([]);
    expect([warned > 0, warnings()]).toEqual([true, warned]);
  });
});

/** A file whose one tenant has a lock, in front of an emulator. */
async function lockedShop() {
  const emulator = createEmulator({ tenants: [{ tenant: 'acme', catalogue: CATALOGUE }] });
  const { url } = await listening(emulator);
  const folder = await mkdtemp(join(tmpdir(), 'gateway-sync-lock-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const config = join(folder, 'shops.yaml');
  await writeFile(config, fileText(url, { tenants: [{ tenant: 'acme' }], defaults: { lock: true } }));
  const run = (...args: string[]) => runProgram([...args, '--config', config]);
  return { emulator, config, run, lock: join(folder, 'shops.lock.json') };
}

const WAITS = 'order.* matches order.archived, which the lock file does not have';

describe('a tenant with a lock', () => {
  it('gets what the lock file has, and a new event type when lock was run', async () => {
    const { emulator, run, lock } = await lockedShop();
    expect(await run('plan')).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('does not have order.* of acme'),
    });
    expect(await run('lock')).toMatchObject({ code: 0 });
    expect(JSON.parse(await readFile(lock, 'utf8'))).toEqual({
      version: 1,
      blocks: [{ tenants: ['acme'], globs: { 'order.*': ['order.created', 'order.deleted'] } }],
    });
    expect((await run('apply')).code).toBe(0);
    expect(subscribed(emulator, 'acme')).toEqual(['order.created', 'order.deleted']);

    emulator.changeCatalogue('acme', { add: ['order.archived'] });
    expect(await run('plan')).toMatchObject({ code: 0, stdout: expect.stringContaining(WAITS) });
    expect(await run('validate', '--online')).toMatchObject({ stdout: expect.stringContaining(WAITS) });
    expect(await run('status')).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/CatalogueOk false +NewEventType/),
    });
    expect((await run('apply')).code).toBe(0);
    expect(subscribed(emulator, 'acme')).toEqual(['order.created', 'order.deleted']);

    expect(await run('lock', '--check')).toMatchObject({
      code: 2,
      stdout: expect.stringContaining('+ order.archived'),
    });
    expect((await run('lock')).code).toBe(0);
    expect((await run('plan')).stdout).toMatch(/\+ order\.archived/);
    expect((await run('apply')).code).toBe(0);
    expect(subscribed(emulator, 'acme')).toEqual(['order.archived', 'order.created', 'order.deleted']);
  });

  it('is looked after by a service that sees its lock file change', async () => {
    const { emulator, config, run } = await lockedShop();
    const program = startProgram(['serve', '--config', config], { PORT: '0' });
    const url = await servingAt(program);
    const condition = async () => {
      const response = await fetch(`${url}/api/v1/tenants/acme`);
      const { conditions } = (await response.json()) as { conditions: { type: string; reason: string }[] };
      return conditions.find(({ type }) => type === 'CatalogueOk')?.reason;
    };
    await vi.waitFor(async () => expect(await condition()).toBe('NotLocked'), PATIENCE);
    expect(subscribed(emulator, 'acme')).toEqual([]);
    expect((await run('lock')).code).toBe(0);
    await vi.waitFor(() => expect(subscribed(emulator, 'acme')).toEqual(['order.created', 'order.deleted']), PATIENCE);
    await vi.waitFor(async () => expect(await condition()).toBe('NothingNew'), PATIENCE);
    program.child.kill('SIGTERM');
    expect(await program.finished).toMatchObject({ code: 0 });
  });
});
