import { describe, expect, test } from 'vitest';
import { commandLine, tenantLine, wanting } from '../../test/support/command-line.js';
import { MemoryStore } from '../../test/support/memory-store.js';
import { ServedTenant } from '../../test/support/served-tenant.js';
import { row } from '../../test/support/values.js';

const { file, command } = commandLine();

describe('validate', () => {
  test('answers 0 and how much the file holds', async () => {
    const path = await file(tenantLine('acme', wanting('a.x')));
    expect(await command(['validate'])).toEqual({
      code: 0,
      stdout: `✓ ${path} is valid: 1 tenant, 1 entry\n`,
      stderr: '',
    });
  });

  test('counts targets and endpoints too, as text and as JSON', async () => {
    const http =
      ', delivery: { provider: HTTP, destinationUrl: "https://x.example", targets: [{ event: a.x }, { event: b.x }] }';
    const svix = ', endpoints: [{ uid: erp, url: "https://erp.example", events: all }]';
    await file(tenantLine('acme', wanting('a.x'), http) + tenantLine('beta', '', svix));
    expect((await command(['validate'])).stdout).toMatch(
      / is valid: 2 tenants, 4 entries \(1 subscription, 2 targets, 1 endpoint\)\n$/,
    );
    expect(JSON.parse((await command(['validate', '--json'])).stdout)).toMatchObject({
      tenants: [
        { tenant: 'acme', entries: 3, subscriptions: 1, targets: 2, endpoints: 0 },
        { tenant: 'beta', entries: 1, subscriptions: 0, targets: 0, endpoints: 1 },
      ],
    });
  });

  test('notes what is said of giving up without effect, once for all tenants, and answers 0', async () => {
    const [acme, beta] = ['acme', 'beta'].map((name) => tenantLine(name, wanting('a.x'), ', quota: { shed: enforce }'));
    await file(`${acme}${beta}`);
    const { code, stdout } = await command(['validate']);
    expect([code, stdout]).toEqual([
      0,
      expect.stringMatching(
        /is valid: 2 tenants, .*\n[^\n]*acme, beta: quota\.shed gives up nothing: no subscription[^\n]*\n$/,
      ),
    ]);
    expect(JSON.parse((await command(['validate', '--json'])).stdout)).toMatchObject({
      exitCode: 0,
      problems: [{ severity: 'note' }, { message: expect.stringMatching(/^beta: quota\.shed/) }],
    });
  });

  test('answers 5 and every problem on stderr for an invalid file', async () => {
    const path = await file(tenantLine('acme', '{ evnt: x }'));
    expect(await command(['validate'])).toEqual({
      code: 5,
      stdout: '',
      stderr: [
        `✗ ${path}:3:98 tenants[0].subscriptions[0].event is missing (add it)`,
        `✗ ${path}:3:100 tenants[0].subscriptions[0].evnt there is no key evnt here (did you mean event?)`,
        `${path}: 2 problems\n`,
      ].join('\n'),
    });
  });

  test('answers one JSON document, also for an invalid file', async () => {
    const path = await file(tenantLine('acme', ''), 'mod: 1\n');
    const { code, stdout, stderr } = await command(['validate', '--json']);
    expect([code, stderr]).toEqual([5, '']);
    expect(JSON.parse(stdout)).toEqual({
      command: 'validate',
      exitCode: 5,
      error: {
        name: 'ConfigError',
        message: `${path}: 1 problem`,
        problems: [
          {
            place: `${path}:2:1`,
            path: 'mod',
            message: 'there is no key mod here',
            remedy: expect.stringContaining('known keys: '),
          },
        ],
      },
    });
  });

  test('answers 5 when there is no file', async () => {
    expect(await command(['validate', '--config', 'none.yaml'])).toMatchObject({
      code: 5,
      stderr: expect.stringContaining('cannot be read (ENOENT)'),
    });
  });
});

describe('a command line that is not understood', () => {
  test('names the tenants that may be meant', async () => {
    await file(tenantLine('acme', '') + tenantLine('beta', ''));
    expect(await command(['plan', '--tenant', 'acmee', '-t', 'zzzzzz'])).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(
        /has no tenant acmee; did you mean acme\?\n.*has no tenant zzzzzz; it has acme, beta\n$/,
      ),
    });
  });

  test.each([
    ['an unknown command', ['aply']],
    ['an unknown option', ['plan', '--jsn']],
  ])('answers 1: %s', async (_, args) => {
    const { code, stdout, stderr } = await command(args);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain('Did you mean');
  });

  test('answers one JSON document where JSON was asked for', async () => {
    const { code, stdout } = await command(['plan', '--json', '--nonsense']);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      command: 'plan',
      exitCode: 1,
      error: { message: expect.stringContaining('--nonsense') },
    });
  });
});

test.each(['validate', 'plan', 'apply', 'serve', 'status', 'history', 'portal'])(
  'help of %s names options, examples and exit codes, and answers 0',
  async (name) => {
    const { code, stdout, stderr } = await command([name, '--help']);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/--config <file>[\s\S]*Examples:[\s\S]*Exit codes:/);
    expect(stdout).toContain(`  gateway-sync ${name}`);
  },
);

test('help shows the defaults that say something, and no others', async () => {
  const names = ['validate', 'plan', 'apply', 'adopt', 'dump', 'history', 'portal'];
  const answers = await Promise.all(names.map((name) => command([name, '--help'])));
  expect(answers.map(({ stdout }) => stdout).join('')).not.toMatch(/\(default: (false|\[\])\)/);
  expect(answers[5]?.stdout).toContain('(default: "20")');
});

test.each(['plan', 'apply', 'status'])('%s of a file without tenants ends its line', async (name) => {
  await file('  []\n');
  expect((await command([name])).stdout).toMatch(/^0 tenants$/m);
});

test('no answer of any command shows a secret', async () => {
  await file(tenantLine('acme', wanting('a.x')));
  const names = ['validate', 'plan', 'apply', 'status', 'history'];
  const commands = [...names.flatMap((name) => [[name], [name, '--json']]), ['plan', '--markdown'], ['portal']];
  const store = new MemoryStore();
  const answers = await Promise.all(
    commands.map((args) => command(args, { acme: new ServedTenant([row('a.x')], {}) }, { store })),
  );
  expect(answers.map(({ stdout }) => stdout.length > 0)).toEqual(commands.map(([name]) => name !== 'portal'));
  expect(JSON.stringify(answers)).not.toContain('hunter2');
});
