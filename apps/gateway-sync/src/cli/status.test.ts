import { describe, expect, test } from 'vitest';
import { commandLine, down, tenantLine, wanting } from '../../test/support/command-line.js';
import { MemoryStore } from '../../test/support/memory-store.js';
import { DeliveringByHttp, ServedTenant } from '../../test/support/served-tenant.js';
import { row, subscribed } from '../../test/support/values.js';
import { AccessDeniedError } from '../core/errors.js';
import { quotaUsage } from '../core/quota.js';

const { file, command } = commandLine();
const NOW = Date.UTC(2026, 10, 25, 1, 20);

const used = (sent: number) => ({
  quota: (month: string) => ({ limit: 1000, months: [{ month, sent }] }),
});

const reading = (sent: number, month = '2026-11') =>
  quotaUsage({ limit: 1000, months: [{ month, sent }] }, month, [70, 85, 95]);

describe('status', () => {
  test('shows the conditions of every tenant, and answers 2 for differences', async () => {
    await file(tenantLine('acme', wanting('a.x')) + tenantLine('beta', wanting('b.x'), ', mode: observe'));
    const acme = new ServedTenant([subscribed('a.x')], used(10));
    const beta = new ServedTenant([row('b.x')], used(900));
    expect(await command(['status'], { acme, beta }, { now: NOW })).toEqual({
      code: 2,
      stderr: '',
      stdout: `acme
  Ready       true    Reconciled
  Synced      true    InSync
  Drifted     false   NoDifference
  Blocked     false   NoGuard
  Contended   false   NoContention
  CatalogueOk true    NothingNew
  QuotaOk     true    BelowThreshold 10 of 1000 events
  forecast 12 events by the end of 2026-11 (10 to 17, from used / elapsed)

beta (observe: never written)
  Ready       true    Reconciled
  Synced      false   ObserveOnly
  Drifted     true    Differs          1 difference
  Blocked     false   NoGuard
  Contended   false   NoContention
  CatalogueOk true    NothingNew
  QuotaOk     false   ThresholdReached 900 of 1000 events, 85 % reached
  forecast 1122 events by the end of 2026-11 (1075 to 1169, from used / elapsed), exhausted 2026-11-27T17:35:51Z

2 tenants: 1 in sync, 1 with changes to make
`,
    });
    expect([acme.calls, beta.calls]).toEqual([
      ['read', 'quota 2026-11'],
      ['read', 'quota 2026-11'],
    ]);
  });

  test('answers 0 in sync, and hides tenants in order with --quiet', async () => {
    await file(tenantLine('acme', wanting('a.x')) + tenantLine('beta', ''));
    const acme = new ServedTenant([subscribed('a.x')], used(10));
    const beta = new ServedTenant([], used(1200));
    expect(await command(['status', '--quiet'], { acme, beta }, { now: NOW })).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(
        /^beta\n(.*\n)*  QuotaOk     false   Exhausted .*\n  forecast .*\n\n2 tenants: 2 in sync\n$/,
      ),
    });
  });

  test('says that differences of an enforced tenant are not applied yet', async () => {
    await file(tenantLine('acme', wanting('a.x')));
    const answer = await command(['status'], { acme: new ServedTenant([row('a.x')], {}) }, { now: NOW });
    expect(answer).toMatchObject({ code: 2, stdout: expect.stringMatching(/Synced +false +NotApplied/) });
  });

  test('answers 4 where a guard withholds the plan, and says how to allow it', async () => {
    await file(tenantLine('acme', '', ', prune: all'));
    const answer = await command(['status'], { acme: new ServedTenant([subscribed('a.x')], {}) });
    expect(answer).toMatchObject({
      code: 4,
      stdout: expect.stringMatching(/Blocked +true +empty-desired .*to allow it: .*allowEmpty: true/),
    });
  });

  test('answers 1 where a tenant cannot be read, and does not ask it for its quota', async () => {
    await file(tenantLine('acme', '') + tenantLine('beta', ''));
    const acme = new ServedTenant([], used(10), down);
    const beta = new ServedTenant([], used(10));
    const { code, stdout } = await command(['status'], { acme, beta });
    expect(code).toBe(1);
    expect(stdout).toMatch(/acme\n  Ready +false +Unreadable +listSubscriptions: 503\n/);
    expect(stdout).toMatch(/beta\n  Ready +true /);
    expect(acme.calls).toEqual(['read']);
  });

  test('connects once to every tenant, so that one token is enough', async () => {
    await file(tenantLine('acme', ''));
    const acme = new ServedTenant([], used(10));
    let connected = 0;
    const servers = {
      get acme() {
        connected++;
        return acme;
      },
    };
    await command(['status'], servers);
    expect([connected, acme.calls]).toEqual([1, ['read', 'quota 1970-01']]);
  });

  test('survives a tenant that meets a bug', async () => {
    await file(tenantLine('acme', '') + tenantLine('beta', ''));
    const { code, stdout } = await command(['status'], { beta: new ServedTenant([], {}) });
    expect(code).toBe(1);
    expect(stdout).toMatch(/acme\n  Ready +false +Unreadable +no server for acme\n/);
    expect(stdout).toContain('2 tenants: 1 failed, 1 in sync\n');
  });

  test('does not take for nothing used what the statistics do not count', async () => {
    await file(tenantLine('acme', ''));
    const http = new DeliveringByHttp([], used(0));
    const { code, stdout } = await command(['status'], { acme: http }, { now: NOW });
    expect([code, stdout]).toEqual([
      0,
      expect.stringMatching(/QuotaOk +unknown NotCounted +the statistics count what .* delivers by HTTP\n/),
    ]);
    expect(stdout).not.toContain('forecast');
  });

  test('says why the quota is not known, which is no trouble by itself', async () => {
    await file(tenantLine('acme', ''));
    const denied = new ServedTenant([], {
      quota: () => {
        throw new AccessDeniedError('getStatistics: 403', { operation: 'getStatistics' });
      },
    });
    const { code, stdout } = await command(['status'], { acme: denied });
    expect([code, stdout]).toEqual([0, expect.stringMatching(/QuotaOk +unknown Unreadable +getStatistics: 403\n/)]);
  });

  describe('with a ledger', () => {
    const at = NOW - 60 * 60_000;

    test('takes the quota from the last reading, tells since when, and shows the last change', async () => {
      await file(tenantLine('acme', wanting('a.x')));
      const acme = new ServedTenant([row('a.x')], used(1));
      const store = new MemoryStore();
      await store.quota.add('acme', reading(720), at);
      await command(['apply'], { acme }, { store, now: at });
      const { code, stdout } = await command(['status'], { acme }, { store, now: NOW });
      expect(code).toBe(0);
      expect(stdout).toContain('720 of 1000 events, 70 % reached, since 2026-11-25T00:20:00Z\n');
      expect(stdout).toContain(`  last change 2026-11-25T00:20:00Z by host:1 (command)
  ✓ subscribed a.x (missing)
`);
      expect(acme.calls).not.toContain('quota 2026-11');
    });

    test('says that the service cannot read the quota any more, also with --quiet', async () => {
      await file(tenantLine('acme', ''));
      const store = new MemoryStore();
      const { records } = store.fleet('gateway-sync');
      await records.readQuota('acme', reading(10), at);
      const failure = {
        at,
        since: at,
        attempts: 1,
        transient: true,
        message: 'getStatistics answered 503',
        nextAt: NOW,
      };
      await records.keepQuotaState('acme', { at, failure });
      const { code, stdout } = await command(['status', '-q'], { acme: new ServedTenant([], {}) }, { store, now: NOW });
      expect(code).toBe(0);
      expect(stdout).toContain(
        '\n  quota not read: last attempt 60 min ago: getStatistics answered 503; next at 2026-11-25T01:20:00Z\n',
      );
    });

    test('reads the quota anew when the last reading is of another month', async () => {
      await file(tenantLine('acme', ''));
      const acme = new ServedTenant([], used(1));
      const store = new MemoryStore();
      await store.quota.add('acme', reading(999, '2026-10'), at);
      const { stdout } = await command(['status'], { acme }, { store, now: NOW });
      expect(stdout).toMatch(/QuotaOk +true +BelowThreshold +1 of 1000 events\n/);
    });

    test('whose audit trail alone is lost says so', async () => {
      await file(tenantLine('acme', ''));
      class HalfLost extends MemoryStore {
        override readonly audit = { history: () => Promise.reject(new Error('no table audit_record')) };
      }
      const { stdout } = await command(['status'], { acme: new ServedTenant([], {}) }, { store: new HalfLost() });
      expect(stdout).toMatch(/Ready +false +LedgerLost +no table audit_record\n/);
    });

    test('that fails meanwhile the tenant is not ready, and everything else is told', async () => {
      await file(tenantLine('acme', wanting('a.x')));
      const store = new MemoryStore();
      store.failure = new Error('connection lost');
      const answer = await command(['status'], { acme: new ServedTenant([subscribed('a.x')], used(1)) }, { store });
      expect(answer).toMatchObject({
        code: 1,
        stdout: expect.stringMatching(/Ready +false +LedgerLost +connection lost\n  Synced +false +Partial/),
      });
    });
  });

  test('with --quiet leaves out a tenant in order of which only the quota is not known', async () => {
    await file(tenantLine('acme', ''));
    const { stdout } = await command(['status', '-q'], { acme: new ServedTenant([], {}) });
    expect(stdout).toBe('1 tenant: 1 in sync\n');
  });

  test('answers one JSON document', async () => {
    await file(tenantLine('acme', wanting('a.x')));
    const store = new MemoryStore();
    const acme = new ServedTenant([row('a.x')], used(720));
    await command(['apply'], { acme }, { store, now: NOW });
    const { code, stdout, stderr } = await command(['status', '--json'], { acme }, { store, now: NOW });
    expect([code, stderr]).toEqual([0, '']);
    const when = '2026-11-25T01:20:00.000Z';
    expect(JSON.parse(stdout)).toEqual({
      command: 'status',
      exitCode: 0,
      tenants: [
        {
          tenant: 'acme',
          mode: 'enforce',
          outcome: 'in-sync',
          observedAt: when,
          drift: 0,
          driftByResource: { subscription: 0, config: 0, target: 0, endpoint: 0 },
          conditions: [
            { type: 'Ready', status: 'true', reason: 'Reconciled', message: '', since: when },
            { type: 'Synced', status: 'true', reason: 'InSync', message: '', since: when },
            { type: 'Drifted', status: 'false', reason: 'NoDifference', message: '', since: when },
            { type: 'Blocked', status: 'false', reason: 'NoGuard', message: '', since: when },
            { type: 'Contended', status: 'false', reason: 'NoContention', message: '', since: when },
            { type: 'CatalogueOk', status: 'true', reason: 'NothingNew', message: '', since: when },
            {
              type: 'QuotaOk',
              status: 'false',
              reason: 'ThresholdReached',
              message: '720 of 1000 events, 70 % reached',
              since: when,
            },
          ],
          quota: { month: '2026-11', used: 720, limit: 1000, percent: 72, crossed: [70], observedAt: when },
          quotaState: { at: when, forecast: expect.objectContaining({ month: '2026-11', basis: 'elapsed' }) },
          lastChange: expect.objectContaining({ id: '1', at: when, actor: 'host:1', outcome: 'changed' }),
        },
      ],
      interrupted: [],
    });
  });
});
