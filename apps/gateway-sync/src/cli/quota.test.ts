import { describe, expect, test } from 'vitest';
import { commandLine, down, tenantLine } from '../../test/support/command-line.js';
import { NOW, serveApi, statusOf } from '../../test/support/http-api.js';
import { fill } from '../../test/support/http-api-values.js';
import { MemoryStore } from '../../test/support/memory-store.js';
import { DeliveringByHttp, ServedTenant } from '../../test/support/served-tenant.js';
import { UnavailableError } from '../core/errors.js';
import type { Forecast } from '../core/quota-state.js';
import { quotaUsage } from '../core/quota.js';

const { file, command } = commandLine();
const HOUR = 3_600_000;

const used = (sent: number) => ({
  quota: (month: string) => ({ limit: 1000, months: [{ month, sent }] }),
});

const reading = (sent: number, month = '2026-11') =>
  quotaUsage({ limit: 1000, months: [{ month, sent }] }, month, [70, 85, 95]);

const forecast: Forecast = {
  month: '2026-11',
  at: NOW - 2 * HOUR,
  ratePerDay: 60,
  projected: 1080,
  low: 1020,
  high: 1140,
  exhaustedAt: Date.UTC(2026, 10, 29, 16),
  earliest: Date.UTC(2026, 10, 28, 12),
  latest: Date.UTC(2026, 10, 30, 6),
  basis: 'weekly',
};

/** A ledger in which a service left what it knows of `acme`. */
async function kept(month = '2026-11'): Promise<MemoryStore> {
  const store = new MemoryStore();
  const { records } = store.fleet('gateway-sync');
  const at = NOW - 2 * HOUR;
  await records.readQuota('acme', reading(720, month), at);
  await records.keepQuotaState('acme', {
    at,
    forecast: { ...forecast, month },
    shed: { month, at: 70, priority: 8, since: at },
  });
  await store.quota.add('acme', reading(100, month), Date.UTC(2026, 10, 2));
  await store.quota.add('acme', reading(720, month), at);
  return store;
}

const shedding = ', quota: { shed: enforce, ladder: [{ at: 70, priority: 8 }] }';

describe('quota', () => {
  test('shows what the ledger knows and how old that is, and asks no tenant', async () => {
    await file(tenantLine('acme', '', shedding));
    const acme = new ServedTenant([], used(1));
    expect(await command(['quota'], { acme }, { store: await kept(), now: NOW })).toEqual({
      code: 0,
      stderr: '',
      stdout: `acme  2026-11: 720 of 1000 events (72.0 %), read 2 h ago
  forecast   1080 events by the end of 2026-11 (1020 to 1140, with the shape of days and weeks), exhausted 2026-11-29T16:00:00Z
  exhausted  2026-11-28T12:00:00Z at the earliest, 2026-11-30T06:00:00Z at the latest
  given up   event types of priority 8 and higher numbers, since 2026-11-24T23:20:00Z: 70 % of 2026-11 were reached
`,
    });
    expect(acme.calls).toEqual([]);
  });

  test.each([
    [700, '70 % of 2026-11 were reached'],
    [651, '70 % of 2026-11 were used; held until 65 % are used at most, or the month is over'],
    [650, '70 % of 2026-11 were used, and a rung holds for 6 hours, until 2026-11-25T05:20:00Z or the month is over'],
    [500, '70 % of 2026-11 were used, and a rung holds for 6 hours, until 2026-11-25T05:20:00Z or the month is over'],
  ])('says at %i of 1000 events how long it lasts what is given up', async (sent, told) => {
    await file(tenantLine('acme', '', shedding));
    const store = await kept();
    await store.fleet('gateway-sync').records.readQuota('acme', reading(sent), NOW);
    const { stdout } = await command(['quota'], {}, { store, now: NOW });
    expect(stdout).toContain(`since 2026-11-24T23:20:00Z: ${told}\n`);
  });

  test('shows on request how the month went, and how far earlier forecasts were off', async () => {
    await file(tenantLine('acme', ''));
    const { stdout } = await command(['quota', '--readings'], {}, { store: await kept(), now: NOW });
    expect(stdout).toContain('\n  2026-11-02T00:00:00Z  100 of 1000 events (10.0 %)\n  2026-11-24T23:20:00Z  720 of');
    expect(stdout).toMatch(/\n {2}forecast of 2026-11 after 7 days: \d+, it was 720, [+-]\d+\.\d %, (within|outside) /);
  });

  test.each([
    ['without a ledger', undefined],
    ['with a ledger that has nothing', new MemoryStore()],
  ])('asks the tenant once %s', async (_, store) => {
    await file(tenantLine('acme', ''));
    const acme = new ServedTenant([], used(900));
    const { code, stdout } = await command(['quota'], { acme }, { now: NOW, ...(store && { store }) });
    expect([code, stdout]).toEqual([
      0,
      expect.stringMatching(/^acme {2}2026-11: 900 of 1000 events \(90.0 %\), read just now\n {2}forecast {3}1122 /),
    ]);
    expect(acme.calls).toEqual(['quota 2026-11']);
  });

  test('asks anew where the ledger knows the month before only', async () => {
    await file(tenantLine('acme', '', shedding));
    const acme = new ServedTenant([], used(10));
    const { stdout } = await command(['quota'], { acme }, { store: await kept('2026-10'), now: NOW });
    expect(stdout).toMatch(/^acme {2}2026-11: 10 of 1000 events/);
    expect(stdout).not.toMatch(/720|given up/);
  });

  test('reads the month of the zone that the file names', async () => {
    await file(tenantLine('acme', '', ', quota: { timeZone: Pacific/Auckland }'));
    const acme = new ServedTenant([], used(10));
    await command(['quota'], { acme }, { now: Date.UTC(2026, 10, 30, 12) });
    expect(acme.calls).toContain('quota 2026-12');
  });

  test('shows no number where nobody knows it', async () => {
    await file(tenantLine('acme', ''));
    const { code, stdout } = await command(['quota'], { acme: new DeliveringByHttp([], used(0)) }, { now: NOW });
    expect([code, stdout]).toEqual([
      0,
      `acme  unknown: the statistics count what the shared account (SVIX_SHARED) delivers, and this tenant delivers by HTTP, read just now\n`,
    ]);
  });

  test('answers 1 where a tenant does not, and tells of the others', async () => {
    await file(tenantLine('acme', '') + tenantLine('beta', ''));
    const failing = {
      quota: () => {
        throw new UnavailableError('getStatistics: 503', { operation: 'getStatistics' });
      },
    };
    const servers = { acme: new ServedTenant([], failing, down), beta: new ServedTenant([], used(10)) };
    const { code, stdout } = await command(['quota'], servers, { now: NOW });
    expect([code, stdout]).toEqual([
      1,
      expect.stringMatching(/^beta {2}2026-11: 10 of 1000(.|\n)*✗ acme: getStatistics: 503/),
    ]);
    const json = await command(['quota', '--json'], servers, { now: NOW });
    expect(JSON.parse(json.stdout)).toMatchObject({
      command: 'quota',
      exitCode: 1,
      tenants: [
        { tenant: 'beta', quota: { used: 10, percent: 1 } },
        { tenant: 'acme', error: { name: 'UnavailableError' } },
      ],
      interrupted: [],
    });
  });

  test('does not say that a tenant delivers as the file has it before that is applied', async () => {
    const delivery = ', delivery: { provider: HTTP, destinationUrl: "https://hooks.example/in" }';
    await file(tenantLine('acme', '', delivery));
    const { stdout } = await command(['quota'], { acme: new ServedTenant([], used(5)) }, { now: NOW });
    expect(stdout).toBe(
      'acme  unknown: the statistics count what the shared account (SVIX_SHARED) delivers, and the file has this tenant deliver by HTTP, read just now\n',
    );
  });

  const failure = {
    at: NOW - 4 * 60_000,
    since: NOW - HOUR,
    attempts: 3,
    transient: false,
    message: 'getStatistics answered 403',
    nextAt: NOW + 6 * HOUR,
  };
  const failing = async () => {
    await file(tenantLine('acme', '') + tenantLine('beta', ''));
    const store = new MemoryStore();
    const { records } = store.fleet('gateway-sync');
    for (const tenant of ['acme', 'beta']) await records.readQuota(tenant, reading(10), NOW - 2 * HOUR);
    await records.keepQuotaState('acme', { at: NOW - 2 * HOUR, failure });
    return { store, records };
  };

  test('says that the service cannot read a tenant any more, answers 1, and leaves it out of no --quiet', async () => {
    const { store } = await failing();
    expect(await command(['quota', '--quiet'], {}, { store, now: NOW })).toEqual({
      code: 1,
      stderr: '',
      stdout: `acme  2026-11: 10 of 1000 events (1.0 %), read 2 h ago
  not read   last attempt 4 min ago: getStatistics answered 403, and waiting does not help; next at 2026-11-25T07:20:00Z
1 tenant of which nothing is to be said
`,
    });
    const { stdout } = await command(['quota', '--json', '-t', 'acme'], {}, { store, now: NOW });
    expect(JSON.parse(stdout)).toMatchObject({
      exitCode: 1,
      tenants: [{ quota: { used: 10 }, quotaState: { failure: { attempts: 3, message: failure.message } } }],
    });
  });

  test('says that a tenant is paused, and takes an attempt that failed before for no error then', async () => {
    const { store, records } = await failing();
    for (const tenant of ['acme', 'beta']) await records.pause(tenant, { at: NOW - HOUR, by: 'ops', reason: 'moving' });
    const paused = '(paused since 2026-11-25T00:20:00Z by ops: moving; nothing is read)';
    expect(await command(['quota', '--quiet'], {}, { store, now: NOW })).toEqual({
      code: 0,
      stderr: '',
      stdout: `acme ${paused}  2026-11: 10 of 1000 events (1.0 %), read 2 h ago
  not read   last attempt 4 min ago: getStatistics answered 403, and waiting does not help
beta ${paused}  2026-11: 10 of 1000 events (1.0 %), read 2 h ago
`,
    });
  });

  test('with --quiet leaves out tenants whose month will last', async () => {
    await file(tenantLine('acme', '') + tenantLine('beta', ''));
    const servers = { acme: new ServedTenant([], used(10)), beta: new ServedTenant([], used(900)) };
    const { stdout } = await command(['quota', '--quiet'], servers, { now: NOW });
    expect(stdout).toMatch(/^beta (.|\n)*\n1 tenant of which nothing is to be said\n$/);
  });

  test('answers one JSON document with the names of status', async () => {
    await file(tenantLine('acme', '', shedding));
    const { stdout, stderr } = await command(['quota', '--json', '--readings'], {}, { store: await kept(), now: NOW });
    expect(stderr).toBe('');
    const at = '2026-11-24T23:20:00.000Z';
    expect(JSON.parse(stdout)).toEqual({
      command: 'quota',
      exitCode: 0,
      tenants: [
        {
          tenant: 'acme',
          quota: { month: '2026-11', used: 720, limit: 1000, percent: 72, crossed: [70], observedAt: at },
          quotaState: {
            at,
            forecast: expect.objectContaining({ projected: 1080, low: 1020, high: 1140, basis: 'weekly' }),
            shed: {
              mode: 'enforce',
              month: '2026-11',
              at: 70,
              priority: 8,
              since: at,
              until: '2026-12-01T00:30:00.000Z',
            },
          },
          readings: [expect.objectContaining({ used: 100 }), expect.objectContaining({ used: 720, observedAt: at })],
          pastErrors: [3, 7, 14].map((afterDays) => expect.objectContaining({ afterDays, used: 720 })),
        },
      ],
      interrupted: [],
    });
  });
});

async function service() {
  const api = await serveApi();
  fill(api.sources);
  return api;
}

describe('quota --server', () => {
  test('shows what a service says of all tenants, without a file and without a request for each', async () => {
    const { url } = await service();
    const { code, stdout, stderr } = await command(['quota', '--server', url], {}, { now: NOW + 15 * 60_000 });
    expect([code, stderr]).toEqual([1, '']);
    expect(stdout).toMatch(/^acme {2}unknown: less than before, since .*; last known 15 min ago, 2026-11: 720 of 1000/);
    expect(stdout).toMatch(/\n {2}not read {3}last attempt 15 min ago: no answer; next at 2026-11-25T01:20:00Z\n/);
    expect(stdout).toMatch(
      /\nbeta {2}not read yet this month\ngamma \(paused [^)]+\)[^)]*\) {2}not read yet this month\n$/,
    );
  });

  test('has the readings of the tenants that are named', async () => {
    const { url } = await service();
    const { stdout } = await command(
      ['quota', '--server', url, '-t', 'acme', '--readings', '--json'],
      {},
      { now: NOW },
    );
    expect(JSON.parse(stdout)).toMatchObject({
      server: url,
      notes: [],
      tenants: [{ tenant: 'acme', quota: { used: 720 }, readings: [{ used: 100 }, { used: 700 }, { used: 720 }] }],
    });
  });

  test('says which tenants the service cannot read and which are paused, named or not', async () => {
    const { url, sources } = await serveApi();
    const failure = { at: NOW, since: NOW, attempts: 1, transient: true, message: 'no', nextAt: NOW + HOUR };
    sources.put(
      statusOf('acme', { quotaState: { failure } }),
      statusOf('beta', { pause: { at: NOW, by: 'ops' }, quotaState: { failure } }),
    );
    const told = `acme  not read yet this month
  not read   last attempt just now: no; next at 2026-11-25T02:20:00Z
beta (paused since 2026-11-25T01:20:00Z by ops; nothing is read)  not read yet this month
  not read   last attempt just now: no
`;
    for (const named of [[], ['-t', 'acme', '-t', 'beta']]) {
      const { code, stdout } = await command(['quota', '--server', url, ...named], {}, { now: NOW });
      expect([code, stdout]).toEqual([1, told]);
    }
    expect((await command(['quota', '--server', url, '-t', 'beta'], {}, { now: NOW })).code).toBe(0);
  });

  test('answers 1 for a tenant that the service does not know', async () => {
    const { url } = await service();
    const { code, stderr } = await command(['quota', '--server', url, '-t', 'nobody']);
    expect([code, stderr]).toEqual([1, expect.stringContaining('nobody')]);
  });
});
