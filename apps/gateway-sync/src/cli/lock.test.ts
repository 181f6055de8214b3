import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { commandLine, down, server, tenantLine, wanting } from '../../test/support/command-line.js';
import { MemoryStore } from '../../test/support/memory-store.js';
import { tenantRecord } from '../../test/support/tenant-records.js';
import { row, subscribed } from '../../test/support/values.js';
import { EMPTY_MEMORY } from '../core/memory.js';

const { file, command } = commandLine();

const orders = () => server([row('order.created'), row('order.deleted'), row('cart.updated')]);
const grown = () => server([row('order.created'), row('Order.Archived'), row('cart.updated')]);
/** In sync before the catalogue grows, and after that. */
const had = () => server([subscribed('order.created'), subscribed('order.deleted')]);
const has = () => server([subscribed('order.created'), subscribed('order.deleted'), row('order.archived')]);
const LOCKED = ', lock: true';
const locked = (name: string) => tenantLine(name, wanting('order.*'), LOCKED);

/** Writes a file of these tenants; answers the path of its lock file. */
async function lockOf(tenants: string): Promise<string> {
  return join(dirname(await file(tenants)), 'gateway-sync.lock.json');
}

const read = async (path: string): Promise<unknown> => JSON.parse(await readFile(path, 'utf8'));
const block = (tenants: readonly string[], ...types: readonly string[]) => ({ tenants, globs: { 'order.*': types } });

describe('lock', () => {
  test('writes what the globs mean today, and says what is new', async () => {
    const path = await lockOf(locked('acme') + tenantLine('open', wanting('order.*')));
    const acme = orders();
    expect(await command(['lock'], { acme })).toEqual({
      code: 0,
      stdout: `acme (new)\n  order.* (new)\n    + order.created\n    + order.deleted\n\n✓ ${path} is written: 1 tenant, 1 changed\n`,
      stderr: '',
    });
    expect(await read(path)).toEqual({ version: 1, blocks: [block(['acme'], 'order.created', 'order.deleted')] });
    expect(acme.calls).toEqual(['read']);
  });

  test('says what came and went since, and is at rest afterwards', async () => {
    const path = await lockOf(locked('acme') + locked('beta'));
    await command(['lock'], { acme: orders(), beta: orders() });
    expect(await command(['lock'], { acme: grown(), beta: orders() })).toMatchObject({
      code: 0,
      stdout: `acme\n  order.*\n    + order.archived\n    - order.deleted\n\n✓ ${path} is written: 2 tenants, 1 changed\n`,
    });
    const before = await readFile(path, 'utf8');
    expect(await command(['lock'], { acme: grown(), beta: orders() })).toEqual({
      code: 0,
      stdout: `✓ ${path} is up to date: 2 tenants\n`,
      stderr: '',
    });
    expect(await readFile(path, 'utf8')).toBe(before);
  });

  test('with --check writes nothing, and answers 2 when it would', async () => {
    const path = await lockOf(locked('acme'));
    await command(['lock'], { acme: orders() });
    const before = await readFile(path, 'utf8');
    expect((await command(['lock', '--check'], { acme: orders() })).code).toBe(0);
    const { code, stdout } = await command(['lock', '--check'], { acme: grown() });
    expect([code, stdout]).toEqual([
      2,
      expect.stringContaining(
        `! ${path} is behind; gateway-sync lock --config ${join(dirname(path), 'gateway-sync.yaml')} writes it\n`,
      ),
    ]);
    expect(await readFile(path, 'utf8')).toBe(before);
  });

  test('keeps what it has of tenants that cannot be read, and of those it was not asked about', async () => {
    const path = await lockOf(locked('acme') + locked('beta') + locked('gamma'));
    await command(['lock'], { acme: orders(), beta: orders(), gamma: orders() });
    const answer = await command(['lock', '-t', 'acme', '-t', 'beta'], { acme: grown(), beta: server([], down) });
    expect(answer).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('✗ beta keeps what was locked: listSubscriptions: 503\n'),
    });
    expect(await read(path)).toEqual({
      version: 1,
      blocks: [
        block(['acme'], 'order.archived', 'order.created'),
        block(['beta', 'gamma'], 'order.created', 'order.deleted'),
      ],
    });
  });

  test('keeps what it has when a catalogue could not be read whole', async () => {
    const path = await lockOf(locked('acme'));
    await command(['lock'], { acme: orders() });
    const before = await readFile(path, 'utf8');
    const cut = server([], { onRead: () => ({ subscriptions: [row('order.created')], incomplete: 'cut off' }) });
    expect(await command(['lock'], { acme: cut })).toMatchObject({
      code: 1,
      stdout: `✗ acme keeps what was locked: the catalogue could not be read whole: cut off\n${path} stays as it is\n`,
    });
    expect(await readFile(path, 'utf8')).toBe(before);
  });

  test('takes out the tenants that the file no longer has, or that have no lock any more', async () => {
    const path = await lockOf(locked('acme') + locked('beta') + locked('gone'));
    await command(['lock'], { acme: orders(), beta: orders(), gone: orders() });
    await file(locked('acme') + tenantLine('beta', wanting('order.*')));
    const { stdout } = await command(['lock'], { acme: orders() });
    expect(stdout).toMatch(/^beta \(no longer in the file\)\n[\s\S]*\ngone \(no longer in the file\)\n/);
    expect(await read(path)).toEqual({ version: 1, blocks: [block(['acme'], 'order.created', 'order.deleted')] });
  });

  test('answers one JSON document', async () => {
    const path = await lockOf(locked('acme'));
    const { stdout, ...rest } = await command(['lock', '--json'], { acme: orders() });
    expect([rest, JSON.parse(stdout)]).toEqual([
      { code: 0, stderr: '' },
      {
        command: 'lock',
        exitCode: 0,
        file: path,
        written: true,
        changes: [
          {
            tenant: 'acme',
            is: 'new',
            globs: [{ glob: 'order.*', is: 'new', added: ['order.created', 'order.deleted'], removed: [] }],
          },
        ],
        tenants: [{ tenant: 'acme', globs: { 'order.*': ['order.created', 'order.deleted'] } }],
        failures: [],
        interrupted: [],
      },
    ]);
  });

  test('has nothing to do where nothing is to be locked', async () => {
    const path = await lockOf(
      tenantLine('open', wanting('order.*')) + tenantLine('names', wanting('order.created'), LOCKED),
    );
    expect(await command(['lock'], { names: orders() })).toMatchObject({
      code: 0,
      stdout: '✓ no tenant has lock: true and globs, so there is nothing to lock\n',
    });
    await expect(readFile(path)).rejects.toThrow('ENOENT');
  });

  test('refuses a tenant that has no lock', async () => {
    const path = await file(tenantLine('open', wanting('order.*')));
    expect(await command(['lock', '-t', 'open'])).toMatchObject({
      code: 1,
      stderr: `✗ ${path} has no lock: true for open; without it globs follow the catalogue\n`,
    });
  });

  test('does not write over a lock file that it cannot read', async () => {
    const path = await lockOf(locked('acme'));
    await writeFile(path, '<<<<<<< ours\n');
    const acme = orders();
    expect(await command(['lock'], { acme })).toMatchObject({
      code: 5,
      stderr: expect.stringContaining('holds a conflict of a merge'),
    });
    expect([await readFile(path, 'utf8'), acme.calls]).toEqual(['<<<<<<< ours\n', []]);
  });
});

describe('a tenant with a lock', () => {
  test('is told by plan that the lock file does not have it, and keeps everything', async () => {
    await file(tenantLine('acme', wanting('order.*'), `${LOCKED}, prune: all`));
    const acme = server([subscribed('order.created'), row('order.deleted')]);
    const { code, stdout } = await command(['plan'], { acme });
    expect([code, stdout]).toEqual([
      1,
      expect.stringContaining(
        'the lock file does not have order.* of acme, so nothing is subscribed by it and nothing is removed; gateway-sync lock --tenant acme adds it',
      ),
    ]);
    expect(stdout).not.toMatch(/^ {2}[+-] /m);
  });

  test('is told by plan, as Markdown and as JSON too, of a new event type, which is no change', async () => {
    await file(locked('acme'));
    await command(['lock'], { acme: had() });
    const told = /order\.\* matches order\.archived, which the lock file does not have/;
    const plan = await command(['plan'], { acme: has() });
    expect([plan.code, plan.stdout]).toEqual([0, expect.stringMatching(told)]);
    expect((await command(['plan', '--markdown'], { acme: has() })).stdout).toContain('order.archived');
    const { tenants } = JSON.parse((await command(['plan', '--json'], { acme: has() })).stdout);
    expect(tenants[0].plan.problems).toMatchObject([{ kind: 'new-event-type', severity: 'warning' }]);

    await command(['lock'], { acme: has() });
    const { stdout } = await command(['plan'], { acme: has() });
    expect(stdout).toMatch(/\+ order\.archived/);
  });

  test('is told by validate what the lock file lacks, without a tenant being asked', async () => {
    const path = await file(locked('acme'));
    const { code, stdout } = await command(['validate']);
    const lacks = 'the lock file does not have order.* of acme';
    expect([code, stdout]).toEqual([
      1,
      expect.stringMatching(/^✓ .* is valid: 1 tenant, 1 entry\n {2}✗ .*the lock file does not have order\.\* of acme/),
    ]);
    const { problems } = JSON.parse((await command(['validate', '--json'])).stdout);
    expect(problems).toMatchObject([
      { kind: 'not-locked', message: expect.stringContaining(lacks), places: [expect.stringContaining(`${path}:3:`)] },
    ]);
    await command(['lock'], { acme: orders() });
    expect((await command(['validate'])).code).toBe(0);
  });
});

describe('without a lock', () => {
  test('plan tells what is new since the service looked last', async () => {
    await file(tenantLine('acme', wanting('order.*')));
    const store = new MemoryStore();
    const records = store.fleet('gateway-sync').records;
    const memory = { ...EMPTY_MEMORY, catalogue: ['order.created', 'order.deleted'] };
    await records.write(tenantRecord({ memory }), {});
    const { code, stdout } = await command(['plan'], { acme: has() }, { store });
    expect([code, stdout]).toEqual([
      2,
      expect.stringMatching(
        /\+ order\.archived[\s\S]*order\.archived is new in the catalogue and matched by order\.\*/,
      ),
    ]);
    expect((await command(['plan'], { acme: has() })).stdout).not.toContain('is new in the catalogue');
  });
});
