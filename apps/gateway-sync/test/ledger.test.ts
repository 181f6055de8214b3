import { createEmulator } from '@gateway-sync/emulator';
import { expect, test, vi } from 'vitest';
import { fileText, listening, ORDER_EVENTS, startApp, subscribed } from './support/app.js';
import { useDatabase } from './support/database.js';
import { runProgram, temporaryFile } from './support/program.js';

const database = useDatabase();

test('the service records what it owns, who wrote what, and the quota; the next one removes what the file dropped', async () => {
  const store = await database.open({ clock: { now: Date.now } });
  const tenant = { tenant: 'acme', guards: { maxPrunePercent: 100 } };
  const first = await startApp({ store, tenants: [{ ...tenant, subscriptions: [{ event: 'order.*' }] }] });
  await first.firstPass();
  expect(subscribed(first.emulator, 'acme')).toEqual(ORDER_EVENTS);
  expect((await store.ledger.read('acme')).map(({ key }) => key).toSorted()).toEqual(ORDER_EVENTS);
  const audit = await store.audit.history({ tenants: ['acme'], limit: 100 });
  expect(audit.map(({ change }) => change.name).toSorted()).toEqual(ORDER_EVENTS);
  expect(new Set(audit.map(({ actor, trigger, outcome }) => `${actor} ${trigger} ${outcome}`))).toEqual(
    new Set(['test:1 config changed']),
  );
  await vi.waitFor(async () => expect(await store.quota.last('acme')).toMatchObject({ usage: { used: 0 } }));

  const { url: baseUrl } = await first.emulator.listen({ port: 0 });
  const second = await startApp({
    store,
    emporix: { baseUrl },
    tenants: [{ ...tenant, subscriptions: [{ event: 'order.created' }] }],
  });
  await second.firstPass();
  expect(subscribed(first.emulator, 'acme')).toEqual(['order.created']);
  expect((await store.ledger.read('acme')).map(({ key }) => key)).toEqual(['order.created']);
});

test('without its database the service is not ready, says so, and goes on without removing anything', async () => {
  const store = await database.open({ clock: { now: Date.now } });
  const app = await startApp({ store, sync: { interval: '50ms', maxInterval: '50ms' }, tenants: [{ tenant: 'beta' }] });
  await app.firstPass();
  expect(await app.get('/readyz')).toMatchObject({ status: 200 });

  await store.close();
  const down = { status: 'down', message: 'cannot be reached' };
  expect(await app.get('/readyz')).toMatchObject({ status: 503, body: { error: { database: down } } });
  await vi.waitFor(async () => {
    const { body } = await app.get('/health');
    expect(JSON.stringify(body)).toContain('LedgerLost');
    expect(JSON.stringify(body)).not.toContain('PostgreSQL,');
  });
  expect(app.log.join('')).toMatch(/Could not reach the database \(PostgreSQL,.*not ready: the database is lost/);
  expect(await app.get('/livez')).toMatchObject({ status: 200 });
  expect(subscribed(app.emulator, 'beta')).toEqual(ORDER_EVENTS);
});

test('validate --online asks within the budget that all processes share, and has nothing else to say', async () => {
  const { url } = await listening(createEmulator({ autoCreateTenants: true }));
  const config = await temporaryFile('shops.yaml', fileText(url, { tenants: [{ tenant: 'acme' }] }));
  const env = { DATABASE_URL: database.url.reveal() };
  const { code, stderr } = await runProgram(['validate', '--online', '--config', config], env);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const shared = await database.query('select upstream from gateway_sync.request_budget');
  expect(shared).toContainEqual({ upstream: `emporix ${new URL(url).origin}` });
});
