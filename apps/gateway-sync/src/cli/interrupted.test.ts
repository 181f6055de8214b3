import { readFile } from 'node:fs/promises';
import process from 'node:process';
import { describe, expect, test } from 'vitest';
import { commandLine, server, tenantLine, wanting } from '../../test/support/command-line.js';
import { MemoryStore } from '../../test/support/memory-store.js';
import { ModelServer } from '../../test/support/model-server.js';
import { owned, row, subscribed } from '../../test/support/values.js';
import type { SubscriptionChange } from '../core/ports.js';

const { file, command } = commandLine();

const ONE_BY_ONE = 'sync: { concurrency: 1 }\n';
const FINISHING = 'finishing what has begun; Ctrl-C again stops at once\n';

/** A tenant during whose write somebody presses Ctrl-C, once or more often. */
class Interrupted extends ModelServer {
  constructor(
    private readonly times: number,
    rows = [row('a.x')],
  ) {
    super(rows);
  }

  override async updateSubscriptions(changes: readonly SubscriptionChange[], signal: AbortSignal) {
    const answers = await super.updateSubscriptions(changes, signal);
    for (let count = 0; count < this.times; count++) process.emit('SIGINT');
    signal.throwIfAborted();
    return answers;
  }
}

const documentOf = ({ stdout }: { stdout: string }): unknown => JSON.parse(stdout);

/** Two tenants, of which the first is interrupted as often as that. */
const twoTenants = (times: number) => ({ acme: new Interrupted(times), beta: server([row('a.x')]) });

const both = () => file(tenantLine('acme', wanting('a.x')) + tenantLine('beta', wanting('a.x')), ONE_BY_ONE);

describe('apply', () => {
  test('finishes the tenant it is in after the first Ctrl-C, begins no other, and says so', async () => {
    await both();
    const store = new MemoryStore();
    const live = twoTenants(1);
    expect(await command(['apply'], live, { store })).toEqual({
      code: 130,
      stdout: `acme
  ✓ subscribed a.x (missing)
  done: 1 change, seen when read again

1 tenant: 1 changed
Not begun: beta.
`,
      stderr: FINISHING,
    });
    expect([live.acme.calls, live.beta.calls]).toEqual([['read', 'write 1', 'read'], []]);
    expect(store.of('acme').audit).toMatchObject([{ outcome: 'changed' }]);

    expect(documentOf(await command(['apply', '--json'], twoTenants(1)))).toMatchObject({
      exitCode: 130,
      tenants: [{ tenant: 'acme', outcome: 'changed', items: [{ status: 'applied' }] }],
      interrupted: ['beta'],
      notBegun: ['beta'],
    });
  });

  test('cuts the tenant off after the second, and the audit still tells what was sent', async () => {
    await both();
    const store = new MemoryStore();
    const live = twoTenants(2);
    const { code, stdout, stderr } = await command(['apply'], live, { store });
    expect([code, stderr]).toEqual([130, FINISHING]);
    expect(stdout).toContain('Interrupted during acme; gateway-sync history shows what was written');
    expect(stdout).toContain('Not begun: beta.');
    expect(store.of('acme').audit).toMatchObject([{ changes: [{ name: 'a.x', status: 'failed' }] }]);
    expect(live.beta.calls).toEqual([]);

    const history = await command(['history'], {}, { store });
    expect(history.stdout).toContain('a.x');
  });

  test('of several tenants at a time tells those that were finished from those that were cut off', async () => {
    await file(['acme', 'beta', 'gamma'].map((name) => tenantLine(name, wanting('a.x'))).join(''));
    const acmeDone = Promise.withResolvers<void>();
    class Finishing extends ModelServer {
      override async listSubscriptions(signal: AbortSignal) {
        const reading = await super.listSubscriptions(signal);
        if (this.written.length > 0) setImmediate(acmeDone.resolve);
        return reading;
      }
    }
    class Later extends Interrupted {
      override async updateSubscriptions(changes: readonly SubscriptionChange[], signal: AbortSignal) {
        await acmeDone.promise;
        return super.updateSubscriptions(changes, signal);
      }
    }
    const servers = { acme: new Finishing([row('a.x')]), beta: new Later(2), gamma: new Later(0) };
    expect(documentOf(await command(['apply', '--json'], servers))).toMatchObject({
      tenants: [{ tenant: 'acme', outcome: 'changed' }],
      interrupted: ['beta', 'gamma'],
      notBegun: [],
    });
  });

  test('that had only begun tenants and finished them answers as if nobody had interrupted it', async () => {
    await file(tenantLine('acme', wanting('a.x')));
    expect(await command(['apply'], { acme: new Interrupted(1) })).toMatchObject({ code: 0, stderr: FINISHING });
  });
});

test('adopt finishes the tenant it is in after the first Ctrl-C, and names the others', async () => {
  await file(tenantLine('acme', wanting('a.x')) + tenantLine('beta', wanting('a.x')), ONE_BY_ONE);
  class Read extends ModelServer {
    override async listSubscriptions(signal: AbortSignal) {
      process.emit('SIGINT');
      return super.listSubscriptions(signal);
    }
  }
  const store = new MemoryStore({ acme: [owned('a.x', { instance: 'old' })] });
  const servers = { acme: new Read([subscribed('a.x')]), beta: server([subscribed('a.x')]) };
  expect(await command(['adopt'], servers, { store })).toEqual({
    code: 130,
    stdout: 'acme\n  ✓ a.x (taken over from old)\n\n1 adopted\nNot begun: beta.\n',
    stderr: FINISHING,
  });
  expect([store.of('acme').rows.map(({ instance }) => instance), store.of('beta').keys()]).toEqual([
    [expect.not.stringMatching('old')],
    [],
  ]);
});

describe('lock', () => {
  test('writes nothing when it is interrupted, whatever it has read by then', async () => {
    const tenants = tenantLine('acme', wanting('a.*')) + tenantLine('beta', wanting('a.*'));
    const path = await file(tenants, `defaults: { lock: true }\n${ONE_BY_ONE}`);
    const acme = server([row('a.x')]);
    const beta = server([row('a.x')], { onRead: () => void process.emit('SIGINT') });
    const live = { acme, beta: aborting(beta) };
    expect(await command(['lock'], live)).toMatchObject({
      code: 130,
      stdout: expect.stringContaining('Interrupted before beta; nothing is written.\n'),
    });
    await expect(readFile(path.replace('.yaml', '.lock.json'))).rejects.toThrow('ENOENT');
  });
});

/** Does not answer once it is told to stop. */
function aborting(model: ModelServer): ModelServer {
  const list = model.listSubscriptions.bind(model);
  model.listSubscriptions = async (signal) => {
    const answer = await list(signal);
    signal.throwIfAborted();
    return answer;
  };
  return model;
}
