import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEmulator, type Emulator, type Listening, type TenantSeed } from '@gateway-sync/emulator';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { bookedFaults } from './support/booked-faults.js';
import { runProgram, startProgram } from './support/program.js';

// Every test starts several processes.
vi.setConfig({ testTimeout: 60_000 });

let emulator: Emulator;
let server: Listening;
let folder: string;
let config: string;

beforeEach(async () => {
  emulator = createEmulator();
  server = await emulator.listen();
  folder = await mkdtemp(join(tmpdir(), 'gateway-sync-'));
  config = join(folder, 'gateway-sync.yaml');
});

afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

interface Wish {
  readonly events: readonly string[];
  /** Further lines of the tenant, as YAML. */
  readonly more?: string;
  readonly seed?: Omit<TenantSeed, 'tenant'>;
}

/** Seeds tenants and writes a file that wants the given events of them. */
async function given(wishes: Readonly<Record<string, Wish>>, head = ''): Promise<void> {
  for (const [tenant, { seed }] of Object.entries(wishes)) emulator.seed({ tenant, ...seed });
  const tenants = Object.entries(wishes).map(
    ([tenant, { events, more = '' }]) =>
      `  - tenant: ${tenant}
    credentials: { clientId: ${tenant}-id, clientSecret: "${tenant}-secret" }
    subscriptions: [${events.map((event) => `{ event: "${event}" }`).join(', ')}]
    ${more}
`,
  );
  await writeFile(
    config,
    `version: 1\nemporix: { baseUrl: "${server.url}", requestsPerSecond: 500, timeout: 2s }\n${head}tenants:\n${tenants.join('')}`,
  );
}

const run = (...args: string[]) => runProgram([...args, '--config', config]);
const subscribedTo = (...events: string[]) => ({ subscriptions: events.map((eventType) => ({ eventType })) });

describe('exit codes', () => {
  test('plan answers 2 for changes, apply 0 when they are done, plan 0 afterwards', async () => {
    await given({ acme: { events: ['order.*'] } });
    expect((await run('plan')).code).toBe(2);
    expect((await run('apply')).code).toBe(0);
    expect(await run('plan')).toEqual({ code: 0, stdout: expect.stringContaining('in sync, 5 unchanged'), stderr: '' });
  });

  test('a fresh tenant costs one token, one reading, one write and one verifying reading; one in sync a reading', async () => {
    await given({ acme: { events: ['order.*'] } });
    await run('apply');
    expect(emulator.counts('acme')).toEqual({ requestToken: 1, listSubscriptions: 2, updateSubscriptions: 1 });
    emulator.clearRequests();
    await run('apply');
    expect(emulator.counts('acme')).toEqual({ requestToken: 1, listSubscriptions: 1 });
  });

  test('apply answers 3 when one item is refused', async () => {
    await given({ acme: { events: ['order.created', 'order.deleted'] } });
    emulator.addFault({
      kind: 'item-status',
      code: 400,
      message: 'no',
      eventTypes: ['order.created'],
      times: 'always',
    });
    expect(await run('apply')).toMatchObject({
      code: 3,
      stdout: expect.stringContaining('✗ order.created rejected: 400 no'),
    });
  });

  test('apply answers 1 when a write is accepted and dropped', async () => {
    await given({ acme: { events: ['order.created'] } });
    emulator.addFault({ kind: 'drop-write', times: 'always' });
    expect(await run('apply')).toMatchObject({ code: 1, stdout: expect.stringContaining('order.created not-applied') });
  });

  test('apply answers 0 after a conflict with somebody else', async () => {
    await given({ acme: { events: ['order.created', 'order.deleted'], seed: subscribedTo('product.created') } });
    emulator.addFault({ kind: 'foreign-write', eventTypes: ['order.created'], subscription: 'UNSUBSCRIBED' });
    expect((await run('apply')).code).toBe(0);
    expect((await run('plan')).code).toBe(0);
  });

  test('plan and apply answer 4 when a guard withholds the plan, and nothing is written', async () => {
    await given({ acme: { events: [], more: 'prune: all', seed: subscribedTo('order.created') } });
    expect((await run('plan')).code).toBe(4);
    expect(await run('apply')).toMatchObject({
      code: 4,
      stdout: expect.stringContaining('guards: { allowEmpty: true }'),
    });
    expect(emulator.counts('acme')['updateSubscriptions']).toBeUndefined();
  });

  test('the line that a verdict names lets the plan through', async () => {
    const seed = subscribedTo('order.created');
    await given({ acme: { events: [], more: 'prune: all\n    guards: { allowEmpty: true }', seed } });
    expect((await run('apply')).code).toBe(0);
  });

  test('every command answers 5 for an invalid file, with every problem', async () => {
    await writeFile(config, 'version: 1\ntenants: [{ tenant: ACME, credential: {} }]\n');
    const answers = await Promise.all(['validate', 'plan', 'apply', 'serve'].map((name) => run(name)));
    expect(answers.map(({ code }) => code)).toEqual([5, 5, 5, 5]);
    expect(new Set(answers.map(({ stderr }) => stderr)).size).toBe(1);
    expect(answers[0]?.stderr.match(/gateway-sync\.yaml:2:\d+/g)).toEqual([
      'gateway-sync.yaml:2:11',
      'gateway-sync.yaml:2:11',
      'gateway-sync.yaml:2:21',
      'gateway-sync.yaml:2:27',
    ]);
  });

  test('validate asks no tenant', async () => {
    await given({ acme: { events: ['order.created'] } });
    expect((await run('validate')).code).toBe(0);
    expect(emulator.requests()).toEqual([]);
  });

  test('a tenant that fails hides no other, and the most severe code counts', async () => {
    await given({
      wrong: { events: ['order.created'], seed: { credentials: [{ clientId: 'other', clientSecret: 'other' }] } },
      fine: { events: ['order.created'] },
    });
    const { code, stdout } = await run('apply');
    expect(code).toBe(1);
    expect(stdout).toContain('check credentials of tenant wrong');
    expect(stdout).toContain('✓ subscribed order.created');
    expect(emulator.counts('fine')['updateSubscriptions']).toBe(1);
  });

  test('an API that is not there is an error', async () => {
    await given({ acme: { events: ['order.created'] } });
    await server.close();
    expect(await run('plan')).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('trying again later may help'),
    });
    server = await emulator.listen();
  });

  test.each(['SIGINT', 'SIGTERM'] as const)(
    '%s answers 130 and says which tenants were not finished',
    async (signal) => {
      await given({ acme: { events: ['order.created'] } });
      emulator.addFault({ kind: 'hang', match: { operationId: 'listSubscriptions' }, times: 'always' });
      const { child, finished } = startProgram(['plan', '--config', config, '--json']);
      await vi.waitFor(() => expect(emulator.counts()['requestToken']).toBe(1), { timeout: 10_000 });
      child.kill(signal);
      const { code, stdout } = await finished;
      expect(code).toBe(130);
      expect(JSON.parse(stdout)).toMatchObject({ exitCode: 130, tenants: [], interrupted: ['acme'] });
    },
  );

  test('apply finishes the tenant it is in after the first SIGINT, and begins no other', async () => {
    await given(TWO, 'sync: { concurrency: 1 }\n');
    emulator.addFault({ kind: 'latency', ms: 1_500, match: { operationId: 'updateSubscriptions' } });
    const { child, output, finished } = startProgram(['apply', '--config', config]);
    await vi.waitFor(async () => expect(await firings()).toBe(1), { timeout: 10_000 });
    child.kill('SIGINT');
    await vi.waitFor(() => expect(output.stderr).toContain('finishing what has begun'), { timeout: 10_000 });
    const { code, stdout } = await finished;
    expect(code).toBe(130);
    expect(stdout).toContain('✓ subscribed order.created');
    expect(stdout).toContain('Not begun: beta.');
    expect(emulator.counts('beta')).toEqual({});
  });

  test('apply is cut off by the second SIGINT, and history tells what it had sent', async () => {
    await given(TWO, 'sync: { concurrency: 1 }\n');
    await writeFile(config, (await readFile(config, 'utf8')).replace('timeout: 2s', 'timeout: 60s'));
    const env = { DATABASE_URL: '', GATEWAY_SYNC_DATA_DIR: join(folder, 'data') };
    emulator.addFault({ kind: 'hang', match: { operationId: 'updateSubscriptions' }, times: 'always' });
    const { child, output, finished } = startProgram(['apply', '--config', config], env);
    await vi.waitFor(async () => expect(await firings()).toBe(1), { timeout: 30_000 });
    child.kill('SIGINT');
    await vi.waitFor(() => expect(output.stderr).toContain('finishing what has begun'), { timeout: 10_000 });
    child.kill('SIGINT');
    const { code, stdout } = await finished;
    expect(code).toBe(130);
    expect(stdout).toMatch(/Interrupted during acme;.*\nNot begun: beta\./);
    const history = await runProgram(['history', '--config', config], env);
    expect(history.stdout).toContain('interrupted before the answer came');
  });
});

const firings = async () => (await bookedFaults(emulator)).reduce((sum, fault) => sum + fault.firings.length, 0);

const TWO = { acme: { events: ['order.created'] }, beta: { events: ['order.created'] } };

test('an item that the answer leaves out is told as such', async () => {
  await given({ acme: { events: ['order.created'] } });
  emulator.addFault({ kind: 'missing-item', times: 'always' });
  expect((await run('apply')).stdout).toContain('✗ order.created failed: the answer has no result for it');
});

describe('an unknown event type', () => {
  test('is told with its place and the nearest names, and the others are applied', async () => {
    await given({ acme: { events: ['order.creatd', 'order.deleted'] } });
    expect(await run('plan')).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(
        /gateway-sync\.yaml:6:21 the catalogue has no event type order\.creatd; did you mean order\.created/,
      ),
    });
    expect((await run('apply')).code).toBe(3);
    expect((await run('apply')).stdout).toContain('0 left');
  });
});

describe('prune: owned without a ledger', () => {
  test('removes nothing and says so', async () => {
    await given({ acme: { events: ['order.created'], seed: subscribedTo('order.created', 'cart.updated') } });
    const { code, stdout } = await run('plan');
    expect(code).toBe(0);
    expect(stdout).toContain('prune: owned removes nothing here: without a ledger');
    expect(stdout).toContain('cart.updated');
  });
});

describe('output', () => {
  test('with --json is exactly one document on stdout, whatever happens', async () => {
    await given({ acme: { events: ['order.created'] }, beta: { events: ['order.creatd'] } });
    const answers = [
      await run('validate', '--json'),
      await run('plan', '--json'),
      await run('apply', '--json'),
      await run('plan', '--json', '--tenant', 'acmee'),
      await run('plan', '--json', '--nonsense'),
      await runProgram(['plan', '--json', '--config', join(folder, 'none.yaml')]),
      await runProgram(['plan', '--json'], { PORT: 'none' }),
    ];
    expect(answers.map(({ code }) => code)).toEqual([0, 1, 3, 1, 1, 5, 1]);
    expect(answers.map(({ stdout }): unknown => JSON.parse(stdout))).toMatchObject(
      ['validate', 'plan', 'apply', 'plan', 'plan', 'plan', 'plan'].map((name, index) => ({
        command: name,
        exitCode: answers[index]?.code,
      })),
    );
  });

  test('has no colours in a pipe, and has them with FORCE_COLOR unless NO_COLOR says otherwise', async () => {
    await given({ acme: { events: ['order.created'] } });
    const args = ['plan', '--config', config];
    const [piped, forced, both] = await Promise.all([
      runProgram(args),
      runProgram(args, { FORCE_COLOR: '1' }),
      runProgram(args, { FORCE_COLOR: '1', NO_COLOR: '1' }),
    ]);
    expect([piped, forced, both].map(({ stdout }) => stdout.includes('\u001B['))).toEqual([false, true, false]);
  });

  test('shows no secret, not even when everything fails', async () => {
    await given({ acme: { events: ['order.created'] } });
    const text = (await readFile(config, 'utf8')).replace('acme-secret', '${env:ACME}');
    await writeFile(config, text);
    const wrong = { ACME: 'hunter2-hunter2', LOG_LEVEL: 'trace' };
    const answers = await Promise.all(
      [['plan'], ['apply'], ['plan', '--json'], ['validate', '--json']].map((args) =>
        runProgram([...args, '--config', config], wrong),
      ),
    );
    expect(answers.map(({ code }) => code)).toEqual([1, 1, 1, 0]);
    expect(JSON.stringify(answers)).not.toContain('hunter2');
  });
});
