import { createEmulator, type Emulator } from '@gateway-sync/emulator';
import { describe, expect, test, vi } from 'vitest';
import type { OpenedLedger } from '../src/adapters/ledger/index.js';
import { DWELL_MS, RESTORE_WITHIN_MS } from '../src/core/shedding.js';
import { type App, fileText, listening, ORDER_EVENTS, startApp, subscribed } from './support/app.js';
import { useDatabase } from './support/database.js';
import { runProgram, temporaryFile } from './support/program.js';

// Every step is a service of its own, which knows of the one before by the database alone.
vi.setConfig({ testTimeout: 60_000 });

const database = useDatabase();

const SUBSCRIPTIONS = [
  { event: 'order.created' },
  { event: 'order.updated', priority: 1, excludedFields: ['mixins'] },
  { event: 'order.deleted', priority: 5 },
  { event: 'order.status-changed', priority: 9 },
  { event: 'order.cancelled', priority: 9 },
];
const PROTECTED = { guards: { protect: ['order.cancelled'] } };
const NOVEMBER = Date.parse('2026-11-20T12:00:00Z');
const HOUR = 3_600_000;
const DECEMBER = Date.parse('2026-12-01T00:00:00Z');

interface Stage {
  readonly tenant: string;
  readonly emulator: Emulator;
  readonly baseUrl: string;
  readonly store: OpenedLedger;
}

async function stage(tenant: string): Promise<Stage> {
  const emulator = createEmulator({ autoCreateTenants: true });
  const { url } = await listening(emulator);
  return { tenant, emulator, baseUrl: url, store: await database.open({ clock: { now: Date.now } }) };
}

async function tell({ emulator, tenant }: Stage, what: string, body: object): Promise<void> {
  const request = new Request(`http://emulator/_emulator/tenants/${tenant}/${what}`, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
  });
  expect((await emulator.fetch(request)).status).toBe(200);
}

interface Moment {
  readonly at: number;
  /** Of the limit of 1,000; absent: the statistics do not answer. */
  readonly percent?: number;
  readonly shed?: string;
}

/** One life of the service at a time and with so much used, until the tenant is subscribed to `events`. */
async function live(on: Stage, { at, percent, shed = 'enforce' }: Moment, events: readonly string[]): Promise<void> {
  const { emulator, tenant, store, baseUrl } = on;
  const month = new Date(at).toISOString().slice(0, 7);
  if (percent !== undefined) await tell(on, 'usage', { month, set: percent * 10, limit: 1_000 });
  const offset = at - Date.now();
  const app = await startApp({
    store,
    records: store.fleet('gateway-sync').records,
    clock: { now: () => Date.now() + offset },
    emporix: { baseUrl },
    tenants: [{ tenant, ...PROTECTED, subscriptions: SUBSCRIPTIONS, quota: { shed } }],
  });
  await app.firstPass();
  await vi.waitFor(() => expect(subscribed(emulator, tenant)).toEqual(events), { timeout: 10_000 });
  const given = 5 - events.length;
  await vi.waitFor(async () => expect(await last(app, tenant)).toBe(given));
  expect(await app.metric(`quota_shed_subscriptions{tenant="${tenant}"}`)).toBe(given);
  await app.service.stop(5_000);
}

/** How many subscriptions the last run gave up. */
async function last(app: App, tenant: string): Promise<unknown> {
  const { body } = await app.get(`/api/v1/tenants/${tenant}`);
  return (body as { last?: { shed?: number } }).last?.shed; // a tenant as the API document describes it
}

/** What was written since the test began, oldest first. */
async function changes({ store, tenant }: Stage): Promise<string[]> {
  const records = await store.audit.history({ tenants: [tenant], limit: 100 });
  return records.map(({ change: { type, name, reason } }) => `${type} ${name} ${reason}`).toReversed();
}

const without = (...events: string[]) => ORDER_EVENTS.filter((event) => !events.includes(event));

describe('a month in which the quota runs out', () => {
  test('takes away one rung after the other, and gives everything back on the first', async () => {
    const on = await stage('acme');
    await live(on, { at: NOVEMBER, percent: 50 }, ORDER_EVENTS);
    await live(on, { at: NOVEMBER + HOUR, percent: 82 }, without('order.status-changed'));
    await live(on, { at: NOVEMBER + 2 * HOUR, percent: 91 }, without('order.status-changed', 'order.deleted'));
    const least = ['order.cancelled', 'order.created'];
    await live(on, { at: NOVEMBER + 3 * HOUR, percent: 97 }, least);
    await live(on, { at: NOVEMBER + 4 * HOUR, percent: 97 }, least);
    await tell(on, 'foreign-write', { eventType: 'order.deleted', subscription: 'SUBSCRIBED' });
    await live(on, { at: NOVEMBER + 5 * HOUR, percent: 98 }, least);
    await live(on, { at: DECEMBER + RESTORE_WITHIN_MS }, ORDER_EVENTS);

    expect((await changes(on)).slice(5)).toEqual([
      'delete order.status-changed shed',
      'delete order.deleted shed',
      'delete order.updated shed',
      'delete order.deleted shed',
      'create order.deleted restore',
      'create order.status-changed restore',
      'create order.updated restore',
    ]);
    const rows = await on.store.ledger.read('acme');
    expect(Object.fromEntries(rows.map(({ key, settings }) => [key, settings]))).toEqual({
      ...Object.fromEntries(ORDER_EVENTS.map((event) => [event, {}])),
      'order.updated': { excludedFields: ['mixins'] },
    });
  });

  test('gives everything back at once when it is switched off, and takes nothing while it only advises', async () => {
    const on = await stage('beta');
    await live(on, { at: NOVEMBER, percent: 91 }, without('order.status-changed', 'order.deleted'));
    await live(on, { at: NOVEMBER + HOUR, percent: 91, shed: 'off' }, ORDER_EVENTS);
    await live(on, { at: NOVEMBER + 2 * HOUR, percent: 97, shed: 'advise' }, ORDER_EVENTS);
    expect((await changes(on)).filter((change) => !change.endsWith(' missing'))).toEqual([
      'delete order.deleted shed',
      'delete order.status-changed shed',
      'create order.deleted restore',
      'create order.status-changed restore',
    ]);
  });
});

test('plan, apply and status know what the service has given up', async () => {
  const on = await stage('gamma');
  const { records } = on.store.fleet('gateway-sync');
  const month = new Date().toISOString().slice(0, 7);
  await records.keepQuotaState('gamma', { at: Date.now(), shed: { month, at: 90, priority: 5, since: Date.now() } });
  const tenants = [{ tenant: 'gamma', ...PROTECTED, subscriptions: SUBSCRIPTIONS, quota: { shed: 'enforce' } }];
  const config = await temporaryFile('shops.yaml', fileText(on.baseUrl, { tenants }));
  const run = (...words: string[]) =>
    runProgram([...words, '--config', config], { DATABASE_URL: database.url.reveal() });
  expect(await run('apply')).toMatchObject({ code: 0 });
  expect(subscribed(on.emulator, 'gamma')).toEqual(without('order.deleted', 'order.status-changed'));
  const plan = await run('plan');
  expect([plan.code, plan.stdout]).toEqual([
    0,
    expect.stringMatching(
      /given up until \d{4}-\d\d-01T00:30Z at the latest, because 90 % of .*: order\.deleted, order\.status-changed\n/,
    ),
  ]);
  expect((await run('status')).stdout).toMatch(/QuotaOk .*2 subscriptions given up/);
  await tell(on, 'foreign-write', { eventType: 'order.deleted', subscription: 'SUBSCRIBED' });
  expect((await run('plan')).stdout).toMatch(/- order\.deleted {2}shed/);
  expect(await run('apply')).toMatchObject({ code: 0 });
  expect((await run('history', '-t', 'gamma')).stdout).toMatch(/order\.deleted.*shed/);
});

test('after the limit was raised plan and quota say how long the rung holds, and what comes back adds no events', async () => {
  const on = await stage('delta');
  const { records } = on.store.fleet('gateway-sync');
  const at = Date.now();
  const month = new Date(at).toISOString().slice(0, 7);
  const forecast = { month, at, ratePerDay: 100, projected: 900, low: 800, high: 950, basis: 'rate' } as const;
  await records.readQuota('delta', { month, used: 500, limit: 1_000, percent: 50, crossed: [] }, at);
  await records.keepQuotaState('delta', { at, forecast, shed: { month, at: 95, priority: 1, since: at } });
  const weighed = SUBSCRIPTIONS.map((one) => ({ ...one, weight: 5 }));
  const run = async (shed: string, ...words: string[]) => {
    const tenants = [{ tenant: 'delta', ...PROTECTED, subscriptions: weighed, quota: { shed } }];
    const config = await temporaryFile('shops.yaml', fileText(on.baseUrl, { tenants }));
    return runProgram([...words, '--config', config], { DATABASE_URL: database.url.reveal() });
  };
  expect(await run('enforce', 'apply')).toMatchObject({ code: 0 });
  const least = ['order.cancelled', 'order.created'];
  expect(subscribed(on.emulator, 'delta')).toEqual(least);

  const until = new Date(at + DWELL_MS).toISOString();
  expect((await run('enforce', 'plan')).stdout).toContain(
    `given up until ${until.slice(0, 16)}Z at least, because 95 % of the events of ${month} were used`,
  );
  expect((await run('enforce', 'quota')).stdout).toContain(
    `95 % of ${month} were used, and a rung holds for 6 hours, until ${until.slice(0, 19)}Z`,
  );

  const back = (await run('off', 'plan')).stdout;
  expect(back.match(/\+ .* restore/g)).toHaveLength(3);
  expect(back).not.toMatch(/about|are to be expected/);
  expect(await run('off', 'apply')).toMatchObject({ code: 0 });
  expect(subscribed(on.emulator, 'delta')).toEqual(ORDER_EVENTS);
});
