import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fail, ModelServer, type Script } from '../../test/support/model-server.js';
import { row, subscribed } from '../../test/support/values.js';
import { UnavailableError } from '../core/errors.js';
import type { ObservedSubscription } from '../core/state.js';
import { readEnv } from '../env.js';
import { createLogger } from '../logger.js';
import type { Cli } from './cli.js';
import type { ExitCode } from './exit-code.js';
import { run } from './program.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gateway-sync-'));
});

afterEach(() => rm(folder, { recursive: true }));

const tenantLine = (name: string, events: string, more = '') =>
  `  - { tenant: ${name}, credentials: { clientId: id, clientSecret: "hunter2-${name}" }, subscriptions: [${events}]${more} }\n`;
const wanting = (event: string) => `{ event: ${event} }`;

async function file(tenants: string, head = ''): Promise<string> {
  const path = join(folder, 'gateway-sync.yaml');
  await writeFile(path, `version: 1\n${head}tenants:\n${tenants}`);
  return path;
}

interface Answer {
  readonly code: ExitCode;
  readonly stdout: string;
  readonly stderr: string;
}

async function command(
  args: readonly string[],
  servers: Readonly<Record<string, ModelServer>> = {},
  isTTY = false,
): Promise<Answer> {
  const written = { stdout: '', stderr: '' };
  const to = (name: keyof typeof written) => ({
    isTTY,
    write: (text: string) => {
      written[name] += text;
    },
  });
  const cli: Cli = {
    env: readEnv({ GATEWAY_SYNC_CONFIG: join(folder, 'gateway-sync.yaml') }),
    stdout: to('stdout'),
    stderr: to('stderr'),
    logger: createLogger('info', to('stderr')),
    clock: { now: () => 0 },
    newId: () => 'r1',
    connect: () => ({
      for: ({ tenant }) => {
        const server = servers[tenant];
        if (!server) throw new Error(`no server for ${tenant}`);
        return server;
      },
    }),
  };
  return { code: await run(args, cli), ...written };
}

const server = (rows: readonly ObservedSubscription[], script?: Script) => new ModelServer(rows, script);
const down: Script = {
  onRead: () => fail(new UnavailableError('listSubscriptions: 503', { operation: 'listSubscriptions' })),
};

describe('validate', () => {
  test('answers 0 and how much the file holds', async () => {
    const path = await file(tenantLine('acme', wanting('a.x')));
    expect(await command(['validate'])).toEqual({
      code: 0,
      stdout: `✓ ${path} is valid: 1 tenant, 1 entry\n`,
      stderr: '',
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
    expect(await command(['validate', '--config', join(folder, 'none.yaml')])).toMatchObject({
      code: 5,
      stderr: expect.stringContaining('cannot be read (ENOENT)'),
    });
  });
});

describe('plan', () => {
  test('answers 2 for changes and names the next step, and writes nothing', async () => {
    const path = await file(tenantLine('acme', wanting('a.x')) + tenantLine('beta', ''));
    const acme = server([row('a.x')]);
    expect(await command(['plan'], { acme, beta: server([]) })).toEqual({
      code: 2,
      stdout: `acme
  + a.x  missing
  1 to subscribe, 0 unchanged

beta
  in sync, 0 unchanged

2 tenants: 1 with changes to make, 1 in sync: 1 to subscribe
Next: gateway-sync apply --config ${path}
`,
      stderr: '',
    });
    expect(acme.calls).toEqual(['read']);
  });

  test('answers 0 when all is in sync, and says nothing of it with --quiet', async () => {
    await file(tenantLine('acme', wanting('a.x')));
    expect(await command(['plan', '-q'], { acme: server([subscribed('a.x')]) })).toEqual({
      code: 0,
      stdout: '1 tenant: 1 in sync\n',
      stderr: '',
    });
  });

  test('shows the other tenants when one cannot be read, and answers 1', async () => {
    await file(tenantLine('acme', wanting('a.x')) + tenantLine('beta', wanting('b.x')));
    const { code, stdout } = await command(['plan'], { acme: server([], down), beta: server([row('b.x')]) });
    expect(code).toBe(1);
    expect(stdout).toContain('✗ listSubscriptions: 503');
    expect(stdout).toContain('+ b.x');
  });

  test('shows the other tenants when one meets a bug, and logs that with its stack', async () => {
    await file(tenantLine('acme', '') + tenantLine('beta', wanting('b.x')));
    const { code, stdout, stderr } = await command(['plan'], { beta: server([row('b.x')]) });
    expect(code).toBe(1);
    expect(stdout).toContain('✗ no server for acme');
    expect(stdout).toContain('+ b.x');
    expect(JSON.parse(stderr)).toMatchObject({ level: 'error', tenant: 'acme', err: { stack: expect.any(String) } });
  });

  test('answers 4 when a guard withholds it', async () => {
    await file(tenantLine('acme', '', ', prune: all'));
    expect(await command(['plan'], { acme: server([subscribed('a.x')]) })).toMatchObject({ code: 4 });
  });

  test('answers 1 for an unknown event type', async () => {
    await file(tenantLine('acme', wanting('order.creatd')));
    const { code, stdout } = await command(['plan'], { acme: server([row('order.created')]) });
    expect([code, stdout]).toEqual([1, expect.stringContaining('did you mean order.created?')]);
  });

  test('answers one JSON document with plan, reasons and checksum', async () => {
    await file(tenantLine('acme', wanting('a.x')));
    const { code, stdout, stderr } = await command(['plan', '--json'], { acme: server([row('a.x')]) });
    expect([code, stderr]).toEqual([2, '']);
    expect(JSON.parse(stdout)).toEqual({
      command: 'plan',
      exitCode: 2,
      tenants: [
        {
          tenant: 'acme',
          reconcileId: 'r1',
          mode: 'enforce',
          outcome: 'drifted',
          plan: {
            tenant: 'acme',
            actions: [
              {
                resource: 'subscription',
                type: 'create',
                eventType: 'a.x',
                reason: 'missing',
                before: { state: 'UNSUBSCRIBED', excludedFields: [] },
                after: { state: 'SUBSCRIBED', excludedFields: [] },
                fieldsToUnsubscribe: [],
                fieldsToSubscribe: [],
              },
            ],
            foreign: [],
            problems: [],
            managed: 1,
            unchanged: 0,
            checksum: expect.stringMatching(/^[0-9a-f]{64}$/),
          },
          verdicts: [],
          items: [],
          drift: 1,
          calls: { reads: 1, writes: 0 },
          durationMs: 0,
          transient: false,
        },
      ],
      interrupted: [],
    });
  });

  test('shows progress on a terminal and wipes it', async () => {
    await file(tenantLine('acme', '') + tenantLine('beta', ''));
    const { stdout, stderr } = await command(['plan'], { acme: server([]), beta: server([]) }, true);
    expect(stderr).toBe('\r1 of 2 tenants\r2 of 2 tenants\r\u001B[K');
    expect(stdout).toContain('\u001B[1macme\u001B[22m');
  });
});

describe('apply', () => {
  test('answers 0, tells every item, and finds nothing to do the second time', async () => {
    await file(tenantLine('acme', wanting('a.x')));
    const acme = server([row('a.x')]);
    expect(await command(['apply'], { acme })).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('✓ subscribed a.x'),
    });
    expect(await command(['apply'], { acme })).toMatchObject({ code: 0, stdout: expect.stringContaining('1 in sync') });
    expect(acme.calls).toEqual(['read', 'write 1', 'read', 'read']);
  });

  test('answers 3 when one of two items is refused', async () => {
    await file(tenantLine('acme', `${wanting('a.x')}, ${wanting('b.x')}`));
    const script: Script = { onItem: ({ eventType }) => (eventType === 'a.x' ? { code: 400 } : undefined) };
    expect(await command(['apply'], { acme: server([row('a.x'), row('b.x')], script) })).toMatchObject({ code: 3 });
  });

  test('answers 4 when a guard withholds it, and applies the other tenants', async () => {
    await file(tenantLine('acme', '', ', prune: all') + tenantLine('beta', wanting('b.x')));
    const beta = server([row('b.x')]);
    expect(await command(['apply'], { acme: server([subscribed('a.x')]), beta })).toMatchObject({ code: 4 });
    expect(beta.subscriptions()).toEqual({ 'b.x': [] });
  });

  test('answers 0 for a tenant that is only observed, and writes nothing', async () => {
    await file(tenantLine('acme', wanting('a.x'), ', mode: observe'));
    const acme = server([row('a.x')]);
    expect(await command(['apply'], { acme })).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('mode is observe'),
    });
    expect(acme.calls).toEqual(['read']);
  });

  test('is limited to the tenants that are named', async () => {
    await file(tenantLine('acme', '') + tenantLine('beta', '') + tenantLine('gamma', ''));
    const { stdout } = await command(['apply', '-t', 'gamma', '--tenant', 'acme'], {
      acme: server([]),
      gamma: server([]),
    });
    expect(stdout.match(/^\w+$/gm)).toEqual(['acme', 'gamma']);
  });

  test('runs as many tenants at a time as sync.concurrency says', async () => {
    const names = Array.from({ length: 9 }, (_, index) => `t${index}`);
    await file(names.map((name) => tenantLine(name, '')).join(''), 'sync: { concurrency: 3 }\n');
    let running = 0;
    let most = 0;
    class Slow extends ModelServer {
      override async listSubscriptions(signal: AbortSignal) {
        most = Math.max(most, ++running);
        await new Promise((resolve) => setImmediate(resolve));
        running--;
        return super.listSubscriptions(signal);
      }
    }
    await command(['apply'], Object.fromEntries(names.map((name) => [name, new Slow([])])));
    expect(most).toBe(3);
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

test('help names options, examples and exit codes, and answers 0', async () => {
  const { code, stdout } = await command(['apply', '--help']);
  expect(code).toBe(0);
  expect(stdout).toMatch(/--config <file>[\s\S]*Examples:[\s\S]*Exit codes:/);
});

test('no answer of any command shows a secret', async () => {
  await file(tenantLine('acme', wanting('a.x')));
  const commands = [['validate'], ['plan'], ['apply'], ['plan', '--json'], ['apply', '--json'], ['validate', '--json']];
  const answers = await Promise.all(commands.map((args) => command(args, { acme: server([row('a.x')]) })));
  expect(JSON.stringify(answers)).not.toContain('hunter2');
});
