import { describe, expect, test } from 'vitest';
import { type Answer, commandLine, down, server, tenantLine, wanting } from '../../test/support/command-line.js';
import { MemoryStore } from '../../test/support/memory-store.js';
import type { ModelServer, Script } from '../../test/support/model-server.js';
import { ServedTenant } from '../../test/support/served-tenant.js';
import { row, subscribed } from '../../test/support/values.js';
import { LedgerError } from '../core/errors.js';
import { RECONCILING_COMMANDS } from './exit-code.js';

const { file, command } = commandLine();

/** One tenant, and what each command answers for it alone. */
interface Case {
  readonly wants: string;
  readonly more?: string;
  /** Absent: nobody can connect to it, which is a bug. */
  readonly server?: () => ModelServer;
  readonly codes: Readonly<Record<(typeof RECONCILING_COMMANDS)[number], number>>;
}

const refusing: Script = { onItem: ({ eventType }) => (eventType === 'a.x' ? { code: 400 } : undefined) };
const dropping: Script = { onItem: () => 'drop' };

const CASES: Readonly<Record<string, Case>> = {
  'in sync': {
    wants: wanting('a.x'),
    server: () => new ServedTenant([subscribed('a.x')], {}),
    codes: { plan: 0, apply: 0, status: 0 },
  },
  'with changes': {
    wants: wanting('a.x'),
    server: () => new ServedTenant([row('a.x')], {}),
    codes: { plan: 2, apply: 0, status: 2 },
  },
  'only observed': {
    wants: wanting('a.x'),
    more: ', mode: observe',
    server: () => new ServedTenant([row('a.x')], {}),
    codes: { plan: 2, apply: 0, status: 2 },
  },
  'with a refused item': {
    wants: `${wanting('a.x')}, ${wanting('b.x')}`,
    server: () => new ServedTenant([row('a.x'), row('b.x')], {}, refusing),
    codes: { plan: 2, apply: 3, status: 2 },
  },
  'with an unknown event': {
    wants: `${wanting('a.x')}, ${wanting('zzz.y')}`,
    server: () => new ServedTenant([row('a.x')], {}),
    codes: { plan: 1, apply: 3, status: 1 },
  },
  'with writes that are dropped': {
    wants: wanting('a.x'),
    server: () => new ServedTenant([row('a.x')], {}, dropping),
    codes: { plan: 2, apply: 1, status: 2 },
  },
  withheld: {
    wants: '',
    more: ', prune: all',
    server: () => new ServedTenant([subscribed('a.x')], {}),
    codes: { plan: 4, apply: 4, status: 4 },
  },
  unreadable: {
    wants: '',
    server: () => new ServedTenant([], {}, down),
    codes: { plan: 1, apply: 1, status: 1 },
  },
  crashing: { wants: '', codes: { plan: 1, apply: 1, status: 1 } },
};

/** From harmless to severe, as the documentation has it. */
const ORDER = [0, 2, 3, 4, 1, 5, 130];
const severest = (codes: readonly number[]): number => ORDER.findLast((code) => codes.includes(code)) ?? 0;

/** The only document on stdout. */
function documentOf({ stdout, code }: Answer): Record<string, unknown> {
  const parsed = JSON.parse(stdout) as Record<string, unknown>;
  expect([parsed['exitCode'], stdout.endsWith('}\n')]).toEqual([code, true]);
  return parsed;
}

/** Every line on stderr is a log line. */
function logsOf({ stderr }: Answer): unknown[] {
  return stderr
    .split('\n')
    .filter((line) => line !== '')
    .map((line): unknown => JSON.parse(line));
}

describe.each(RECONCILING_COMMANDS)('%s', (name) => {
  test.each(Object.keys(CASES))('of a tenant %s and any other answers the severest code', async (first) => {
    for (const second of Object.keys(CASES)) {
      const cases = [CASES[first], CASES[second]].flatMap((one) => (one ? [one] : []));
      await file(cases.map(({ wants, more }, index) => tenantLine(`t${index}`, wants, more)).join(''));
      const servers = () =>
        Object.fromEntries(cases.flatMap(({ server: start }, index) => (start ? [[`t${index}`, start()]] : [])));
      const json = await command([name, '--json'], servers());
      const expected = severest(cases.map(({ codes }) => codes[name]));
      expect([first, second, json.code]).toEqual([first, second, expected]);
      expect(documentOf(json)).toMatchObject({
        command: name,
        tenants: [{ tenant: 't0' }, { tenant: 't1' }],
        interrupted: [],
      });
      expect(logsOf(json)).toHaveLength(cases.filter(({ server: start }) => !start).length);

      const text = await command([name], servers());
      expect([first, second, text.code]).toEqual([first, second, expected]);
      expect(text.stdout).toMatch(/^t0/m);
      expect(text.stdout).toMatch(/^t1/m);
    }
  });

  test('interrupted answers 130 and names the tenants that were not finished, whatever became of the others', async () => {
    for (const other of Object.values(CASES)) {
      await file(tenantLine('t0', other.wants, other.more) + tenantLine('t1', '') + tenantLine('t2', ''), ONE_BY_ONE);
      const servers = () => ({
        ...(other.server && { t0: other.server() }),
        t1: server([], interrupting(name === 'apply' ? 2 : 1)),
        t2: server([]),
      });
      const json = await command([name, '--json'], servers());
      expect(json.code).toBe(130);
      expect(documentOf(json)).toMatchObject({ tenants: [{ tenant: 't0' }], interrupted: ['t1', 't2'] });
      const text = await command([name], servers());
      const told = name === 'apply' ? /Interrupted during t1;.*\nNot begun: t2\.\n/ : /Interrupted before t1, t2/;
      expect(text).toMatchObject({ code: 130, stdout: expect.stringMatching(told) });
    }
  });

  test('goes on without a ledger that does not answer, and does not call that in sync', async () => {
    await file(tenantLine('acme', wanting('a.x')));
    const lost = { store: new LedgerError('connection refused', { transient: true }) };
    const answer = await command([name, '--json'], { acme: new ServedTenant([subscribed('a.x')], {}) }, lost);
    const told = name === 'status' ? { tenant: 'acme' } : { tenant: 'acme', outcome: 'partial' };
    expect(answer.code).toBe(name === 'apply' ? 3 : 1);
    expect(documentOf(answer)).toMatchObject({ tenants: [told] });
    expect(answer.stderr).toContain('connection refused');
  });
});

const ONE_BY_ONE = 'sync: { concurrency: 1 }\n';

/** Ctrl-C while the tenant is read; `apply` lets it finish unless it is pressed twice. */
const interrupting = (times = 1): Script => ({
  onRead: () => {
    for (let count = 0; count < times; count++) process.emit('SIGINT');
    throw new DOMException('aborted', 'AbortError');
  },
});

test('apply of a reviewed plan that is interrupted while it compares answers 130 and writes nothing', async () => {
  await file(tenantLine('t0', wanting('a.x')) + tenantLine('t1', ''), ONE_BY_ONE);
  const t0 = server([row('a.x')]);
  const args = ['apply', '--json', '--plan-checksum', 'a'.repeat(64)];
  const answer = await command(args, { t0, t1: server([], interrupting()) });
  expect(answer.code).toBe(130);
  expect(documentOf(answer)).toMatchObject({ tenants: [{ tenant: 't0' }], interrupted: ['t1'] });
  expect(t0.written).toEqual([]);
});

/** Nobody answers, and somebody loses patience. */
function interruptedOpening(): Promise<never> {
  setImmediate(() => process.emit('SIGTERM'));
  return new Promise(() => {});
}

test.each([['plan'], ['apply'], ['status'], ['history'], ['quota']])(
  '%s interrupted while it waits for the ledger answers 130 with one document',
  async (name) => {
    await file(tenantLine('acme', ''));
    const answer = await command([name, '--json'], { acme: server([]) }, { openLedger: interruptedOpening });
    expect(answer.code).toBe(130);
    expect(documentOf(answer)).toMatchObject({ command: name, error: { name: 'InterruptedError' } });
  },
);

test('portal interrupted while it waits answers 130 with one document', async () => {
  await file(tenantLine('acme', ''));
  class Slow extends ServedTenant {
    override openPortal(signal?: AbortSignal): Promise<never> {
      setImmediate(() => process.emit('SIGINT'));
      return new Promise((_, reject) =>
        signal?.addEventListener('abort', () => reject(new Error('aborted')), { once: true }),
      );
    }
  }
  const answer = await command(['portal', '--json', '--print'], { acme: new Slow([], {}) });
  expect(answer.code).toBe(130);
  expect(documentOf(answer)).toMatchObject({ command: 'portal', error: { name: 'InterruptedError' } });
});

const COMMANDS = ['validate', 'plan', 'apply', 'status', 'quota', 'history', 'portal', 'serve'];

describe('with --json every command answers one document', () => {
  test.each(COMMANDS)('%s: 5 for an invalid file, with every problem', async (name) => {
    await file(tenantLine('ACME', '{ evnt: x }'));
    const answer = await command([name, '--json', ...(name === 'portal' ? ['--print'] : [])]);
    expect([answer.code, answer.stderr]).toEqual([5, '']);
    expect(documentOf(answer)).toMatchObject({ command: name, error: { problems: [{}, {}, {}] } });
  });

  test.each(COMMANDS)('%s: 5 for a file that is not there', async (name) => {
    const print = name === 'portal' ? ['--print'] : [];
    const answer = await command([name, '--json', '--config', 'none.yaml', ...print]);
    expect(answer.code).toBe(5);
    expect(documentOf(answer)).toMatchObject({ command: name });
  });

  test.each(COMMANDS)('%s: 1 for a tenant that the file does not have', async (name) => {
    await file(tenantLine('acme', ''));
    const answer = await command([name, '--json', '-t', 'acmee', ...(name === 'portal' ? ['--print'] : [])]);
    expect(answer.code).toBe(1);
    expect(documentOf(answer)).toMatchObject({ command: name, error: { name: 'UsageError' } });
  });

  test.each([
    ['an unknown command', ['aply', '--json'], 'aply'],
    ['an unknown option', ['--json', 'plan', '--nonsense'], 'plan'],
    ['an option without its value', ['apply', '--json', '--plan-checksum'], 'apply'],
    ['too many arguments', ['plan', 'acme', '--json'], 'plan'],
    ['two forms at once', ['plan', '--json', '--markdown'], 'plan'],
    ['no command', ['--json'], ''],
  ])('1 for %s', async (_, args, name) => {
    const answer = await command(args);
    expect(answer.code).toBe(1);
    expect(documentOf(answer)).toMatchObject({ command: name, error: { message: expect.stringMatching(/./) } });
  });

  test.each([
    [['plan', '--json', '--help'], 'plan', 'Examples:'],
    [['--json', '--version'], '', '0.'],
  ])('0 for %j, which asks for no more', async (args, name, help) => {
    const answer = await command(args);
    expect([answer.code, answer.stderr]).toEqual([0, '']);
    expect(documentOf(answer)).toMatchObject({ command: name, help: expect.stringContaining(help) });
  });

  test('1 where nobody foresaw what happens, with the stack in the log alone', async () => {
    await file(tenantLine('acme', ''));
    const store = new MemoryStore();
    Object.defineProperty(store, 'audit', {
      get: () => {
        throw new TypeError('a bug');
      },
    });
    const answer = await command(['history', '--json'], {}, { store });
    expect(answer.code).toBe(1);
    expect(documentOf(answer)).toEqual({
      command: 'history',
      exitCode: 1,
      error: { name: 'TypeError', message: 'a bug' },
    });
    expect(logsOf(answer)).toMatchObject([{ level: 'error', err: { stack: expect.stringContaining('answers.test') } }]);
  });
});

test('with --markdown an invalid file is told on stdout too, where the comment is made of it', async () => {
  await file(tenantLine('acme', '{ evnt: x }'));
  const { code, stdout, stderr } = await command(['plan', '--markdown']);
  expect(code).toBe(5);
  expect(stdout).toMatch(/^<!-- gateway-sync plan none -->\n\n## gateway-sync: no plan\n\n- ✗ [^<]*evnt/);
  expect(stderr).toContain('there is no key evnt here');
});

test('with --markdown a plan has the checksum that apply asks for, and its exit code', async () => {
  await file(tenantLine('acme', wanting('a.x')));
  const acme = server([row('a.x')]);
  const { code, stdout, stderr } = await command(['plan', '--markdown'], { acme });
  expect([code, stderr]).toEqual([2, '']);
  const [, checksum = ''] = /^<!-- gateway-sync plan ([0-9a-f]{64}) -->\n/.exec(stdout) ?? [];
  expect(stdout).toContain(`--plan-checksum ${checksum}\n`);
  expect((await command(['apply', '--plan-checksum', checksum], { acme })).code).toBe(0);
});

test('with --markdown no command is shown while a plan has errors', async () => {
  await file(tenantLine('acme', `${wanting('a.x')}, ${wanting('zzz.y')}`));
  const { code, stdout } = await command(['plan', '--markdown'], { acme: server([row('a.x')]) });
  expect(code).toBe(1);
  expect(stdout).toMatch(/\nChecksum: <code>[0-9a-f]{64}<\/code>\n$/);
});
