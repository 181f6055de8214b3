import { describe, expect, test } from 'vitest';
import { commandLine, down, server, tenantLine, wanting } from '../../test/support/command-line.js';
import { MemoryStore } from '../../test/support/memory-store.js';
import { owned, row, subscribed } from '../../test/support/values.js';
import { LedgerError } from '../core/errors.js';

const { file, command } = commandLine();

const acme = () => server([subscribed('a.x'), subscribed('b.x'), row('c.x')]);
const theirs = (key: string) => owned(key, { instance: 'old' });

describe('adopt', () => {
  test('tells what became ours, and apply may then remove what the file no longer names', async () => {
    await file(tenantLine('acme', `${wanting('a.x')}, ${wanting('b.x')}`));
    const store = new MemoryStore({ acme: [theirs('a.x')] });
    const live = acme();
    expect(await command(['adopt'], { acme: live }, { store })).toEqual({
      code: 0,
      stdout: `acme
  ✓ a.x (taken over from old)
  ✓ b.x (is as the file says)

2 adopted
`,
      stderr: '',
    });
    expect([store.of('acme').keys(), store.closed, live.written]).toEqual([['a.x', 'b.x'], 1, []]);
    await file(tenantLine('acme', wanting('a.x'), ', guards: { maxPrunePercent: 100 }'));
    await command(['apply'], { acme: live }, { store });
    expect(Object.keys(live.subscriptions())).toEqual(['a.x']);
  });

  test('is refused without a ledger, and with one that does not answer', async () => {
    await file(tenantLine('acme', wanting('a.x')));
    expect(await command(['adopt'], { acme: acme() })).toEqual({
      code: 1,
      stdout: '',
      stderr: '✗ this needs the ledger, and there is none; set DATABASE_URL to the database of the service\n',
    });
    const silent = new LedgerError('connect ECONNREFUSED', { transient: true });
    const answer = await command(['adopt', '--json'], { acme: acme() }, { store: silent });
    expect([JSON.parse(answer.stdout), answer.stderr]).toEqual([
      {
        command: 'adopt',
        exitCode: 1,
        error: { name: 'NoLedgerError', message: expect.stringContaining('ECONNREFUSED') },
      },
      '',
    ]);
  });

  test('answers 1 for a tenant whose ledger fails on the way', async () => {
    await file(tenantLine('acme', wanting('a.x')));
    const store = new MemoryStore();
    store.failure = new LedgerError('connection lost', { transient: true });
    expect(await command(['adopt'], { acme: acme() }, { store })).toEqual({
      code: 1,
      stdout: 'acme\n  ✗ connection lost\n\n0 adopted\n',
      stderr: '',
    });
  });

  test('changes nothing in a dry run', async () => {
    await file(tenantLine('acme', wanting('a.x')));
    const store = new MemoryStore({ acme: [theirs('a.x'), theirs('z.x')] });
    expect(await command(['adopt', '--dry-run'], { acme: acme() }, { store })).toMatchObject({
      code: 0,
      stdout: `acme
  + a.x (taken over from old)
  · still of installation old, not in the file: subscription z.x

1 to adopt
`,
    });
    expect(store.of('acme').commits).toBe(0);
  });

  test.each([
    ['nobody can be asked', {}, 'nothing was adopted: 1 subscription that the file does not name would become ours'],
    ['a person says no', { answer: false }, 'nothing was adopted\n'],
  ])('adopts nothing unnamed when %s, and shows it', async (_, surroundings, message) => {
    await file(tenantLine('acme', wanting('a.x')));
    const store = new MemoryStore();
    const { code, stdout, stderr } = await command(
      ['adopt', '--unnamed'],
      { acme: acme() },
      { store, ...surroundings },
    );
    expect([code, stdout, store.of('acme').commits]).toEqual([1, '', 0]);
    expect(stderr).toContain('would become ours; with prune: owned or all, apply removes:\n      b.x\n');
    expect(stderr).toContain(message);
  });

  test.each([
    ['--yes', ['--yes'], {}],
    ['a person says yes', [], { answer: true }],
  ])('adopts what is not named with %s', async (_, more, surroundings) => {
    await file(tenantLine('acme', wanting('a.x')));
    const store = new MemoryStore();
    const args = ['adopt', '--unnamed', ...more];
    expect(await command(args, { acme: acme() }, { store, ...surroundings })).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('2 adopted\n'),
    });
    expect(store.of('acme').keys()).toEqual(['a.x', 'b.x']);
  });

  test('asks nothing when there is nothing unnamed', async () => {
    await file(tenantLine('acme', `${wanting('a.x')}, ${wanting('b.x')}`));
    expect((await command(['adopt', '--unnamed'], { acme: acme() }, { store: new MemoryStore() })).code).toBe(0);
  });

  test('answers 1 for a tenant that cannot be read, 3 for one whose file has errors, and adopts the others', async () => {
    await file(tenantLine('acme', wanting('a.x')) + tenantLine('beta', wanting('a.x')));
    const store = new MemoryStore();
    expect(await command(['adopt'], { acme: acme(), beta: server([], down) }, { store })).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('beta\n  ✗ listSubscriptions: 503\n'),
    });
    expect(store.of('acme').keys()).toEqual(['a.x']);
    await file(tenantLine('acme', `${wanting('a.x')}, ${wanting('a.y')}`));
    expect(await command(['adopt'], { acme: acme() }, { store })).toMatchObject({
      code: 3,
      stdout: expect.stringContaining('did you mean'),
    });
  });

  test('leaves an entry in the history', async () => {
    await file(tenantLine('acme', wanting('a.x')));
    const store = new MemoryStore({ acme: [theirs('a.x')] });
    await command(['adopt', '--json'], { acme: acme() }, { store });
    const { stdout } = await command(['history'], {}, { store });
    expect(stdout).toContain('a.x (adopted)');
    expect(stdout).toContain('instance: old → gateway-sync');
  });

  test('answers one JSON document', async () => {
    await file(tenantLine('acme', wanting('a.x')));
    const store = new MemoryStore({ acme: [theirs('a.x'), theirs('z.x')] });
    const { stdout, stderr } = await command(['adopt', '--json'], { acme: acme() }, { store });
    expect([JSON.parse(stdout), stderr]).toEqual([
      {
        command: 'adopt',
        exitCode: 0,
        tenants: [
          {
            tenant: 'acme',
            dryRun: false,
            adopted: [{ resource: 'subscription', name: 'a.x', way: 'taken-over', from: 'old' }],
            left: [{ resource: 'subscription', key: 'z.x', instance: 'old' }],
            problems: [],
            writes: [],
          },
        ],
        failures: [],
        interrupted: [],
        notBegun: [],
      },
      '',
    ]);
  });
});
