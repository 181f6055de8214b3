import { describe, expect, test } from 'vitest';
import { commandLine, server, tenantLine, wanting } from '../../test/support/command-line.js';
import { MemoryStore } from '../../test/support/memory-store.js';
import type { Script } from '../../test/support/model-server.js';
import { row } from '../../test/support/values.js';
import type { AuditChange } from '../core/ports.js';
import { LedgerError } from '../core/errors.js';

const { file, command } = commandLine();
const AT = Date.UTC(2026, 10, 25, 1, 20);

const change = (name: string, overrides: Partial<AuditChange> = {}): AuditChange => ({
  resource: 'subscription',
  type: 'create',
  id: `subscription:${name}`,
  name,
  reason: 'missing',
  before: { state: 'UNSUBSCRIBED', excludedFields: [] },
  after: { state: 'SUBSCRIBED', excludedFields: [] },
  secrets: [],
  status: 'applied',
  ...overrides,
});

function recording(tenant: string, ...changes: readonly AuditChange[]) {
  return {
    tenant,
    instance: 'gateway-sync',
    actor: 'host:1',
    reconcileId: 'r1',
    trigger: 'interval',
    at: AT,
    outcome: 'changed',
    checksum: 'c',
    changes,
  } as const;
}

describe('history', () => {
  test('shows what apply did, newest first: when, who, what, why, before → after, and what came of it', async () => {
    await file(tenantLine('acme', `{ event: a.x, excludedFields: [name] }, ${wanting('b.x')}`));
    const store = new MemoryStore();
    const script: Script = {
      onItem: ({ eventType }) => (eventType === 'b.x' ? { code: 400, message: 'no' } : undefined),
    };
    await command(['apply'], { acme: server([row('a.x'), row('b.x')], script) }, { store, now: AT });
    expect(await command(['history'], {}, { store })).toEqual({
      code: 0,
      stderr: '',
      stdout: `2026-11-25T01:20:00Z  acme  #2, by host:1 (command), reconcile r1
  ✗ b.x rejected: 400 no
      state: UNSUBSCRIBED → SUBSCRIBED

2026-11-25T01:20:00Z  acme  #1, by host:1 (command), reconcile r1
  ✓ subscribed a.x (missing)
      state: UNSUBSCRIBED → SUBSCRIBED
      excludedFields: none → name
`,
    });
    expect(store.closed).toBe(2);
  });

  test('shows what was there before a removal, and of a secret only that it was written', async () => {
    await file(tenantLine('acme', ''));
    const store = new MemoryStore();
    const created = {
      type: 'create',
      before: null,
      after: { url: 'https://a.example' },
      secrets: ['headers.x-key'],
    } as const;
    const removed = { type: 'delete', reason: 'removed', before: { url: 'https://a.example' }, after: null } as const;
    store.record(recording('acme', change('erp', { resource: 'endpoint', ...created })));
    store.record(recording('acme', change('erp', { resource: 'endpoint', ...removed })));
    const { stdout } = await command(['history'], {}, { store });
    expect(stdout).toContain(`✓ removed endpoint erp (removed)
      url: https://a.example → not set
`);
    expect(stdout).toContain(`✓ created endpoint erp (missing)
      url: https://a.example
      headers.x-key: [secret] is written
`);
  });

  test('is of the tenants that are named, or else of all in the file, and of no others', async () => {
    await file(tenantLine('acme', '') + tenantLine('beta', ''));
    const store = new MemoryStore();
    for (const tenant of ['acme', 'beta', 'gone']) store.record(recording(tenant, change(`${tenant}.x`)));
    const shown = async (...args: string[]) =>
      (await command(['history', ...args], {}, { store })).stdout.match(/\w+\.x/g);
    expect([await shown(), await shown('-t', 'acme')]).toEqual([['beta.x', 'acme.x'], ['acme.x']]);
  });

  test('goes back in steps', async () => {
    const path = await file(tenantLine('acme', ''));
    const store = new MemoryStore();
    store.record(recording('acme', ...['a', 'b', 'c'].map((name) => change(name))));
    const first = await command(['history', '-t', 'acme', '--limit', '2'], {}, { store });
    expect(first.stdout).toMatch(/subscribed c[\s\S]*subscribed b/);
    const next = `gateway-sync history --config ${path} --tenant acme --limit 2 --before 2`;
    expect(first.stdout).toContain(`Next: ${next} shows older changes\n`);
    const second = await command(next.split(' ').slice(1), {}, { store });
    expect(second.stdout).toContain('subscribed a (missing)');
    expect(second.stdout).not.toContain('Next:');
  });

  test('answers one JSON document with everything that is recorded', async () => {
    await file(tenantLine('acme', ''));
    const store = new MemoryStore();
    store.record(recording('acme', change('a.x'), change('b.x')));
    const { code, stdout, stderr } = await command(['history', '--json', '-n', '1'], {}, { store });
    expect([code, stderr]).toEqual([0, '']);
    const { changes: _, ...entry } = recording('acme');
    expect(JSON.parse(stdout)).toEqual({
      command: 'history',
      exitCode: 0,
      changes: [{ ...entry, id: '2', at: '2026-11-25T01:20:00.000Z', change: change('b.x') }],
      before: '2',
    });
  });

  test('says so when nothing is recorded', async () => {
    await file(tenantLine('acme', ''));
    const store = new MemoryStore();
    expect(await command(['history'], {}, { store })).toMatchObject({ code: 0, stdout: 'no changes are recorded\n' });
    const { stdout } = await command(['history', '--json'], {}, { store });
    expect(JSON.parse(stdout)).toMatchObject({ changes: [], before: null });
  });

  test('lets nothing from outside control the terminal', async () => {
    await file(tenantLine('acme', ''));
    const store = new MemoryStore();
    store.record(recording('acme', change('evil\u001B[2J', { status: 'rejected', message: 'no\r\u001B[31m' })));
    expect((await command(['history'], {}, { store })).stdout).toContain('evil�[2J rejected: no��[31m');
  });

  test.each([
    ['there is none', undefined, 'this needs the ledger, and there is none; set DATABASE_URL'],
    [
      'it does not answer',
      new LedgerError('connection refused', { transient: true }),
      'does not answer: connection refused',
    ],
  ])('answers 1 with the remedy when %s', async (_, store, message) => {
    await file(tenantLine('acme', ''));
    const surroundings = store ? { store } : {};
    expect(await command(['history'], {}, surroundings)).toEqual({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining(message),
    });
    const { code, stdout, stderr } = await command(['history', '--json'], {}, surroundings);
    expect([code, stderr]).toEqual([1, '']);
    expect(JSON.parse(stdout)).toMatchObject({
      error: { name: 'NoLedgerError', message: expect.stringContaining(message) },
    });
  });

  test('answers 1 when the ledger is lost while it reads', async () => {
    await file(tenantLine('acme', ''));
    const store = new MemoryStore();
    store.failure = new Error('connection lost');
    const { code, stderr } = await command(['history'], {}, { store });
    expect([code, stderr, store.closed]).toEqual([1, expect.stringContaining('connection lost'), 1]);
  });

  test.each([[['--limit', '0']], [['--limit', '1001']], [['--limit', 'all']], [['--before', 'yesterday']]])(
    'does not understand %j',
    async (args) => {
      await file(tenantLine('acme', ''));
      const answer = await command(['history', ...args], {}, { store: new MemoryStore() });
      expect(answer).toMatchObject({ code: 1, stderr: expect.stringContaining(`it was given ${args[1]}`) });
    },
  );
});
