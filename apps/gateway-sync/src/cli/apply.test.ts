import { describe, expect, test } from 'vitest';
import { commandLine, server, tenantLine, wanting } from '../../test/support/command-line.js';
import { fail, ModelServer, type Script } from '../../test/support/model-server.js';
import { MemoryStore } from '../../test/support/memory-store.js';
import { row, subscribed } from '../../test/support/values.js';
import { AccessDeniedError } from '../core/errors.js';

const { file, command } = commandLine();

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

  test('case 20: leaves a tenant that the file no longer names as it is, in the ledger too', async () => {
    const store = new MemoryStore();
    const servers = { acme: server([row('a.x')]), beta: server([row('b.x')]) };
    await file(tenantLine('acme', wanting('a.x')) + tenantLine('beta', wanting('b.x')));
    await command(['apply'], servers, { store });
    await file(tenantLine('acme', wanting('a.x'), ', prune: all'));
    expect(await command(['apply'], servers, { store })).toMatchObject({ code: 0 });
    expect(servers.beta.calls).toEqual(['read', 'write 1', 'read']);
    expect(await store.ledger.read('beta')).toMatchObject([{ key: 'b.x' }]);
  });

  test('tells programs too what helps where there is no access', async () => {
    await file(tenantLine('acme', wanting('a.x')));
    const error = new AccessDeniedError('No access token: 401', { operation: 'requestToken' });
    const { code, stdout } = await command(['apply', '--json'], { acme: server([], { onRead: () => fail(error) }) });
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      tenants: [
        {
          error: {
            name: 'AccessDeniedError',
            message: 'No access token: 401',
            remedy:
              'check credentials of tenant acme; they need webhook.subscription_read and webhook.subscription_manage',
          },
        },
      ],
    });
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
