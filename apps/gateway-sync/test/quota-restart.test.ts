import { createEmulator, type Emulator } from '@gateway-sync/emulator';
import { expect, test, vi } from 'vitest';
import { fileText, listening, ORDER_EVENTS, subscribed } from './support/app.js';
import { PATIENCE_MS, useDatabase } from './support/database.js';
import { type Program, servingAt, startProgram, temporaryFile } from './support/program.js';

// The real program on one database, where the next reading of a tenant is hours away and outlives every restart.
vi.setConfig({ testTimeout: 6 * PATIENCE_MS });

const database = useDatabase();
const patience = { timeout: PATIENCE_MS, interval: 20 };

const SUBSCRIPTIONS = [
  { event: 'order.cancelled' },
  { event: 'order.created' },
  { event: 'order.deleted', priority: 5 },
  { event: 'order.status-changed', priority: 9 },
  { event: 'order.updated', priority: 1 },
];
const without = (...events: string[]) => ORDER_EVENTS.filter((event) => !events.includes(event));

interface Shop {
  readonly tenant: string;
  readonly emulator: Emulator;
  /** Starts the service with this said of the quota, and waits until the tenant was looked at. */
  serve(quota: object): Promise<Program>;
  /** How often the statistics were read. */
  readings(): number;
}

/** A tenant with 91 % of its month used. */
async function shop(tenant: string): Promise<Shop> {
  const emulator = createEmulator({ autoCreateTenants: true });
  const { url } = await listening(emulator);
  const month = new Date().toISOString().slice(0, 7);
  const usage = { method: 'POST', body: JSON.stringify({ month, set: 910, limit: 1_000 }) };
  expect((await fetch(`${url}/_emulator/tenants/${tenant}/usage`, usage)).status).toBe(200);
  const serve = async (quota: object) => {
    const file = JSON.parse(fileText(url, { tenants: [{ tenant, subscriptions: SUBSCRIPTIONS, quota }] })) as object;
    const config = await temporaryFile('shops.yaml', JSON.stringify({ ...file, instance: `of-${tenant}` }));
    const program = startProgram(['serve', '--config', config], { DATABASE_URL: database.url.reveal(), PORT: '0' });
    const served = await servingAt(program);
    await vi.waitFor(async () => expect((await fetch(`${served}/readyz`)).status).toBe(200), patience);
    return program;
  };
  return { tenant, emulator, serve, readings: () => emulator.counts(tenant)['getStatistics'] ?? 0 };
}

async function stop({ child, finished }: Program): Promise<void> {
  child.kill('SIGTERM');
  expect((await finished).code).toBe(0);
}

/** One life of the service, until so many readings were made of the tenant in all its lives and it has these events. */
async function live(of: Shop, quota: object, { readings, events }: { readings: number; events: readonly string[] }) {
  const program = await of.serve(quota);
  await vi.waitFor(() => {
    expect([of.readings(), subscribed(of.emulator, of.tenant)]).toEqual([readings, events]);
  }, patience);
  await stop(program);
}

test('what the file says of the quota counts from the start on, whatever was said before the service stopped', async () => {
  const acme = await shop('acme');
  const shed = 'enforce';
  const least = without('order.status-changed', 'order.deleted');
  await live(acme, { shed: 'off' }, { readings: 1, events: ORDER_EVENTS });
  await live(acme, { shed: 'off' }, { readings: 1, events: ORDER_EVENTS });
  await live(acme, { shed }, { readings: 2, events: least });
  await live(acme, { shed }, { readings: 2, events: least });
  await live(acme, { shed: 'off' }, { readings: 3, events: ORDER_EVENTS });
  await live(acme, { shed: 'advise' }, { readings: 4, events: ORDER_EVENTS });
  await live(acme, { shed }, { readings: 5, events: least });
  const ladder = [{ at: 90, priority: 1 }];
  const created = ['order.cancelled', 'order.created'];
  await live(acme, { shed, ladder }, { readings: 6, events: created });
  await live(acme, { shed, ladder, warnAt: [90] }, { readings: 7, events: created });
  expect(await kept('acme')).toMatchObject({ quota: { usage: { crossed: [70, 85, 90] } } });
  await live(acme, { shed: 'off', timeZone: 'Asia/Tokyo' }, { readings: 8, events: ORDER_EVENTS });
  // Nothing that was asked for waits in the database.
  await live(acme, { shed: 'off', timeZone: 'Asia/Tokyo' }, { readings: 8, events: ORDER_EVENTS });
});

test('a state that an older version of the program kept is read anew, once', async () => {
  const beta = await shop('beta');
  await live(beta, {}, read(1));
  await database.query(
    `update gateway_sync.tenant_record set quota_state = quota_state - 'judgedBy',
       changed_in = pg_current_xact_id() where tenant = $1`,
    ['beta'],
  );
  await live(beta, {}, read(2));
  expect(await kept('beta')).toMatchObject({ quotaState: { judgedBy: expect.any(String) } });
  await live(beta, {}, read(2));
});

test('replicas that start together share the reading that a change asks for', async () => {
  const gamma = await shop('gamma');
  await live(gamma, {}, { readings: 1, events: ORDER_EVENTS });
  const replicas = await Promise.all([gamma.serve({ shed: 'enforce' }), gamma.serve({ shed: 'enforce' })]);
  await vi.waitFor(
    () => expect(subscribed(gamma.emulator, 'gamma')).toEqual(without('order.status-changed', 'order.deleted')),
    patience,
  );
  await Promise.all(replicas.map(stop));
  // One more where the second asks while the first is reading.
  expect([2, 3]).toContain(gamma.readings());
});

const read = (readings: number) => ({ readings, events: ORDER_EVENTS });

async function kept(tenant: string): Promise<unknown> {
  const [row] = await database.query(
    'select quota, quota_state as "quotaState" from gateway_sync.tenant_record where tenant = $1',
    [tenant],
  );
  return row;
}
