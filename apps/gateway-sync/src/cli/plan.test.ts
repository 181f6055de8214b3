import { describe, expect, test } from 'vitest';
import { commandLine, down, server, tenantLine, wanting } from '../../test/support/command-line.js';
import { MemoryStore } from '../../test/support/memory-store.js';
import { row, subscribed } from '../../test/support/values.js';
import { LedgerError } from '../core/errors.js';

const { file, command } = commandLine();
const WIPE = '\r\u001B[K';

describe('plan', () => {
  test('answers 2 for changes and names the next step, and writes nothing', async () => {
    const path = await file(tenantLine('acme', wanting('a.x')) + tenantLine('beta', ''));
    const acme = server([row('a.x')]);
    const { checksum } = JSON.parse((await command(['plan', '--json'], { acme, beta: server([]) })).stdout);
    acme.calls.length = 0;
    expect(await command(['plan'], { acme, beta: server([]) })).toEqual({
      code: 2,
      stdout: `acme
  + a.x  missing
  1 to subscribe, 0 unchanged

beta
  in sync, 0 unchanged

2 tenants: 1 with changes to make, 1 in sync: 1 to subscribe
Checksum: ${checksum}
Next: gateway-sync apply --config ${path} --plan-checksum ${checksum}
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
      checksum: expect.stringMatching(/^[0-9a-f]{64}$/),
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
                id: 'subscription:a.x',
                name: 'a.x',
                reason: 'missing',
                step: 'subscribe',
                before: { state: 'UNSUBSCRIBED', excludedFields: [] },
                after: { state: 'SUBSCRIBED', excludedFields: [] },
                eventType: 'a.x',
                fieldsToUnsubscribe: [],
                fieldsToSubscribe: [],
              },
            ],
            foreign: [],
            problems: [],
            managed: { subscription: 1, config: 0, target: 0, endpoint: 0 },
            unchanged: 0,
            checksum: expect.stringMatching(/^[0-9a-f]{64}$/),
          },
          verdicts: [],
          items: [],
          drift: 1,
          driftByResource: { subscription: 1, config: 0, target: 0, endpoint: 0 },
          shed: 0,
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
    const { stdout, stderr } = await command(['plan'], { acme: server([]), beta: server([]) }, { isTTY: true });
    expect(stderr).toBe(`${WIPE}1 of 2 tenants${WIPE}2 of 2 tenants${WIPE}`);
    expect(stdout).toContain('\u001B[1macme\u001B[22m');
  });

  test('names the tenants without a plan instead of a checksum', async () => {
    await file(tenantLine('acme', wanting('a.x')) + tenantLine('beta', ''));
    const servers = { acme: server([row('a.x')]), beta: server([], down) };
    expect((await command(['plan'], servers)).stdout).toContain('No checksum, because there is no plan of beta\n');
    const { stdout } = await command(['plan', '--json'], servers);
    expect(JSON.parse(stdout)).toMatchObject({ checksum: null, tenants: [{}, { outcome: 'failed' }] });
  });

  test('counts failures while it goes on, and makes room for a log line', async () => {
    await file(tenantLine('acme', '') + tenantLine('beta', '') + tenantLine('gamma', ''), 'sync: { concurrency: 1 }\n');
    const servers = { acme: server([], down), gamma: server([]) };
    const { stderr } = await command(['plan'], servers, { isTTY: true });
    const [before, log, after] = stderr.split(/(\{.*\}\n)/);
    expect(before).toBe(`${WIPE}1 of 3 tenants, 1 failed${WIPE}`);
    expect(log).toContain('no server for beta');
    expect(after).toBe(`${WIPE}2 of 3 tenants, 2 failed${WIPE}3 of 3 tenants, 2 failed${WIPE}`);
  });

  test('shows no progress in a pipe', async () => {
    await file(tenantLine('acme', '') + tenantLine('beta', ''));
    expect((await command(['plan'], { acme: server([]), beta: server([]) })).stderr).toBe('');
  });

  test('says when the ledger does not answer, and goes on without it', async () => {
    await file(tenantLine('acme', wanting('a.x')));
    const answer = await command(
      ['plan'],
      { acme: server([row('a.x')]) },
      { store: new LedgerError('connection refused', { transient: true }) },
    );
    expect(answer).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/✗ without the ledger nothing is known to be ours.*connection refused\n/),
      stderr: '! without the ledger, so nothing is removed and no pause is known: connection refused\n',
    });
  });

  test('is not spoilt by a ledger that does not close', async () => {
    await file(tenantLine('acme', wanting('a.x')));
    const store = new MemoryStore();
    store.closing = new Error('no goodbye');
    const { code, stdout, stderr } = await command(['plan'], { acme: server([row('a.x')]) }, { store });
    expect([code, store.closed]).toEqual([2, 1]);
    expect(stdout).toContain('+ a.x');
    expect(JSON.parse(stderr)).toMatchObject({ level: 'warn', err: { message: 'no goodbye' } });
  });
});
