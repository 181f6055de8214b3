import { describe, expect, test } from 'vitest';
import { commandLine, down, server, tenantLine, wanting } from '../../test/support/command-line.js';
import { MemoryStore } from '../../test/support/memory-store.js';
import { ModelConfigs } from '../../test/support/model-configs.js';
import type { ModelServer } from '../../test/support/model-server.js';
import { ModelSvix } from '../../test/support/model-svix.js';
import { Effects, ModelTenant } from '../../test/support/model-tenant.js';
import { row, subscribed } from '../../test/support/values.js';
import { LedgerError } from '../core/errors.js';

const { file, command } = commandLine();

interface Planned {
  readonly checksum: string | null;
  readonly tenants: readonly { readonly plan: { readonly checksum: string } }[];
}

async function planned(servers: Readonly<Record<string, ModelServer>>): Promise<Planned> {
  return JSON.parse((await command(['plan', '--json'], servers)).stdout) as Planned;
}

const SOME = 'a'.repeat(64);

describe('apply --plan-checksum', () => {
  test('applies the plan that was reviewed, in all tenants', async () => {
    await file(tenantLine('acme', wanting('a.x')) + tenantLine('beta', wanting('b.x')));
    const acme = server([row('a.x')]);
    const beta = server([row('b.x')]);
    const { checksum } = await planned({ acme, beta });
    expect(await command(['apply', '--plan-checksum', `${checksum}`], { acme, beta })).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('✓ subscribed a.x'),
    });
    expect([acme.subscriptions(), beta.subscriptions()]).toEqual([{ 'a.x': [] }, { 'b.x': [] }]);
  });

  test('goes by what a plan does: a version that moved changes nothing', async () => {
    await file(tenantLine('acme', wanting('a.x')));
    const acme = server([row('a.x'), row('b.x')]);
    const { checksum } = await planned({ acme });
    acme.touch('a.x');
    expect((await command(['apply', '--plan-checksum', `${checksum}`], { acme })).code).toBe(0);
  });

  test('refuses with 4 when a tenant has another plan now, shows it, and writes nothing anywhere', async () => {
    const path = await file(
      tenantLine('acme', `${wanting('a.x')}, ${wanting('c.x')}`) + tenantLine('beta', wanting('b.x')),
    );
    const acme = server([row('a.x'), row('c.x')]);
    const beta = server([row('b.x')]);
    const { checksum } = await planned({ acme, beta });
    acme.touch('c.x', { state: 'SUBSCRIBED' });
    const now = await planned({ acme, beta });
    expect(await command(['apply', '--plan-checksum', `${checksum}`], { acme, beta })).toEqual({
      code: 4,
      stderr: '',
      stdout: `acme
  + a.x  missing
  1 to subscribe, 1 unchanged

beta
  + b.x  missing
  1 to subscribe, 0 unchanged

2 tenants: 2 with changes to make: 2 to subscribe
withheld by plan-changed: the plan is no longer the one that was reviewed: the file, a tenant or the ledger has changed since; nothing was written
  reviewed  ${checksum}
  now       ${now.checksum}
Next: gateway-sync plan --config ${path} to review it again
`,
    });
    expect([...acme.written, ...beta.written]).toEqual([]);
  });

  test('answers one JSON document when it refuses', async () => {
    await file(tenantLine('acme', wanting('a.x')));
    const acme = server([row('a.x')]);
    const { checksum } = await planned({ acme });
    const { code, stdout, stderr } = await command(['apply', '--json', '--plan-checksum', SOME], { acme });
    expect([code, stderr]).toEqual([4, '']);
    expect(JSON.parse(stdout)).toMatchObject({
      command: 'apply',
      exitCode: 4,
      checksum,
      tenants: [{ tenant: 'acme', outcome: 'drifted', items: [], plan: { actions: [{ name: 'a.x' }] } }],
      interrupted: [],
      error: {
        name: 'PlanChangedError',
        message: expect.stringContaining('nothing was written'),
        reviewed: SOME,
        remedy: expect.stringContaining('gateway-sync plan --config'),
      },
    });
  });

  test('answers 0 when nothing is left to do, as for a job that is run again', async () => {
    await file(tenantLine('acme', wanting('a.x')) + tenantLine('beta', wanting('b.x'), ', mode: observe'));
    const acme = server([row('a.x')]);
    const beta = server([row('b.x')]);
    const { checksum } = await planned({ acme, beta });
    const args = ['apply', '--plan-checksum', `${checksum}`];
    await command(args, { acme, beta });
    const before = acme.written.length;
    const again = await command(args, { acme, beta });
    expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining('\nNothing left to do: ') });
    expect(JSON.parse((await command([...args, '--json'], { acme, beta })).stdout)).toMatchObject({
      exitCode: 0,
      tenants: [{ tenant: 'acme', outcome: 'in-sync', items: [] }, { tenant: 'beta' }],
    });
    expect([acme.written.length, beta.written]).toEqual([before, []]);
  });

  test.each([
    [
      'only one of two tenants is in sync',
      tenantLine('acme', wanting('a.x'), ', prune: none') + tenantLine('beta', wanting('b.x')),
    ],
    ['no tenant is written', tenantLine('acme', wanting('a.x'), ', mode: observe')],
    ['no ledger says what is ours', tenantLine('acme', wanting('a.x'), ', prune: owned')],
  ])('refuses as ever while %s', async (_, tenants) => {
    await file(tenants);
    const servers = { acme: server([subscribed('a.x'), subscribed('c.x')]), beta: server([row('b.x')]) };
    expect((await command(['apply', '--plan-checksum', SOME], servers)).code).toBe(4);
    expect([...servers.acme.written, ...servers.beta.written]).toEqual([]);
  });

  test('refuses as ever while the ledger does not answer', async () => {
    await file(tenantLine('acme', wanting('a.x'), ', prune: none'));
    const store = new LedgerError('connection refused', { transient: true });
    const servers = { acme: server([subscribed('a.x')]) };
    expect((await command(['apply', '--plan-checksum', SOME], servers, { store })).code).toBe(4);
  });

  test('refuses as ever while nobody knows whether a secret is the one of the file', async () => {
    const http = { code: 'http', provider: 'HTTP', active: true, secretKey: 'other' } as const;
    const acme = new ModelTenant(server([subscribed('a.x')]), new ModelConfigs([http]), new ModelSvix(), new Effects());
    const args = ['apply', '--plan-checksum', SOME];
    await file(tenantLine('acme', wanting('a.x'), ', delivery: { provider: HTTP, secretKey: hunter2 }'));
    expect((await command(args, { acme })).code).toBe(4);
    await file(tenantLine('acme', wanting('a.x'), ', delivery: { provider: HTTP }'));
    expect((await command(args, { acme })).code).toBe(0);
  });

  test('takes the checksum of the tenant alone where there is one tenant only', async () => {
    await file(tenantLine('acme', wanting('a.x')) + tenantLine('beta', wanting('b.x')));
    const servers = { acme: server([row('a.x')]), beta: server([row('b.x')]) };
    const { tenants } = await planned(servers);
    const checksum = `${tenants[0]?.plan.checksum}`;
    expect((await command(['apply', '--plan-checksum', checksum], servers)).code).toBe(4);
    expect((await command(['apply', '-t', 'acme', '--plan-checksum', checksum.toUpperCase()], servers)).code).toBe(0);
    expect([servers.acme.subscriptions(), servers.beta.subscriptions()]).toEqual([{ 'a.x': [] }, {}]);
  });

  test('withholds a tenant whose plan changes after the comparison, and applies the others', async () => {
    await file(tenantLine('acme', wanting('a.x')) + tenantLine('beta', wanting('b.x')));
    // The third reading is the one of applying: plan, comparison, apply.
    const acme = server([row('a.x', { excludedFields: [] })], {
      onRead: (reading, model) => {
        if (reading === 3) model.rows.set('a.x', row('a.x', { excludedFields: ['name'] }));
      },
    });
    const beta = server([row('b.x')]);
    const { checksum } = await planned({ acme, beta });
    const { code, stdout } = await command(['apply', '--plan-checksum', `${checksum}`], { acme, beta });
    expect(code).toBe(4);
    expect(stdout).toContain('withheld by plan-changed: the plan is no longer the one that was reviewed');
    expect([acme.subscriptions(), beta.subscriptions()]).toEqual([{}, { 'b.x': [] }]);
  });

  test('does not count tenants that are only observed: nothing is written there', async () => {
    await file(tenantLine('acme', wanting('a.x')) + tenantLine('beta', wanting('b.x'), ', mode: observe'));
    const acme = server([row('a.x')]);
    const { checksum } = await planned({ acme, beta: server([subscribed('b.x')]) });
    const beta = server([row('b.x')]);
    expect((await command(['apply', '--plan-checksum', `${checksum}`], { acme, beta })).code).toBe(0);
    expect(beta.written).toEqual([]);
  });

  test('answers 1 when a tenant has no plan to compare, and writes nothing', async () => {
    await file(tenantLine('acme', wanting('a.x')) + tenantLine('beta', ''));
    const acme = server([row('a.x')]);
    const { checksum } = await planned({ acme, beta: server([]) });
    const answer = await command(['apply', '--plan-checksum', `${checksum}`], { acme, beta: server([], down) });
    expect(answer).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('without a plan of beta; nothing was written'),
    });
    expect(acme.written).toEqual([]);
  });

  test('is another one when the ledger is lost, because nothing would be removed', async () => {
    const rows = Array.from({ length: 12 }, (_, index) => subscribed(`a.x${index}`));
    const wishes = rows.map(({ eventType }) => wanting(eventType));
    const store = new MemoryStore();
    await file(tenantLine('acme', wishes.join(', ')));
    await command(['apply'], { acme: server(rows) }, { store });
    await file(tenantLine('acme', wishes.slice(1).join(', '), ', prune: owned'));
    const withLedger = await command(['plan', '--json'], { acme: server(rows) }, { store });
    const { checksum } = JSON.parse(withLedger.stdout) as Planned;
    const args = ['apply', '--plan-checksum', `${checksum}`];
    const lost = await command(
      args,
      { acme: server(rows) },
      { store: new LedgerError('connection refused', { transient: true }) },
    );
    expect(lost).toMatchObject({ code: 4, stderr: expect.stringContaining('connection refused') });
    const acme = server(rows);
    expect((await command(args, { acme }, { store })).code).toBe(0);
    expect(Object.keys(acme.subscriptions())).not.toContain('a.x0');
  });

  test.each(['', 'abc', `${SOME}0`])('is not understood when it is %j, and no tenant is asked', async (text) => {
    await file(tenantLine('acme', wanting('a.x')));
    const acme = server([row('a.x')]);
    expect(await command(['apply', '--plan-checksum', text], { acme })).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('64 hexadecimal digits'),
    });
    expect(acme.calls).toEqual([]);
  });
});
