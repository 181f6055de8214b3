import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { entry, httpConfig, openBench } from './support.js';

test('no secret shows in state, log, faults, events or lines about the emulator', async () => {
  const lines: string[] = [];
  const bench = openBench({
    fetch: () => Promise.resolve(new Response()),
    log: (line) => lines.push(line),
    tenants: [
      {
        tenant: 'acme',
        credentials: [{ clientId: 'acme-id', clientSecret: 'acme-secret' }],
        subscriptions: [{ eventType: 'order.created' }],
      },
    ],
  });
  const { call, control, emulator, requestToken } = bench;
  const token = await bench.token();
  await requestToken({ client_secret: 'S3CRET-0' });
  await call(
    'POST',
    '/config',
    httpConfig({
      secretKey: 'S3CRET-1',
      headers: { auth: { value: 'S3CRET-2' } },
      eventsConfiguration: [entry({ secretKey: 'S3CRET-3' })],
    }),
  );
  await call('POST', '/config', {
    code: 'svix',
    provider: 'SVIX',
    active: false,
    configuration: { apiKey: 'Bearer S3CRET-4' },
  });
  const root = '/configuration/http';
  await call('PATCH', '/config/http', [
    { op: 'UPSERT', path: `${root}/secretKey`, value: 'S3CRET-5' },
    { op: 'UPSERT', path: `${root}/headers`, value: { auth: { value: 'S3CRET-6' } } },
    { op: 'UPSERT', path: `${root}/eventsConfiguration/order.created/secretKey`, value: 'S3CRET-7' },
    { op: 'UPSERT', path: `${root}/eventsConfigurationEntry`, value: entry({ secretKey: 'S3CRET-8', filter: '$.id' }) },
  ]);
  await call('PATCH', '/config/svix', [{ op: 'UPSERT', path: '/configuration', value: { apiKey: 'S3CRET-9' } }]);
  const dashboard = Object((await call('GET', '/dashboard-access')).body);
  await control('POST', '/tenants/acme/events', { type: 'order.created' });

  const shown: unknown[] = [lines, emulator.state('acme'), emulator.requests(), inspect(emulator, { depth: 9 })];
  for (const path of ['/tenants/acme', '/requests', '/faults', '/tenants/acme/events', '/quirks', '/tenants'])
    shown.push((await control('GET', path)).body);
  const text = JSON.stringify(shown);
  expect(text).not.toContain('S3CRET');
  expect(text).not.toContain('acme-secret');
  expect(text).not.toContain(token);
  expect(text).not.toContain(dashboard.token);
  expect(text).not.toContain(dashboard.url);
});

test('dashboard access gives a new link and token each time, and needs a shared config', async () => {
  const bench = openBench();
  const access = async () => Object((await bench.call('GET', '/dashboard-access')).body);
  const first = await access();
  expect(first).toEqual({
    url: expect.stringMatching(/^https:\/\/app\.svix\.com\/login#key=[A-Za-z0-9+/]+={0,2}$/),
    token: expect.stringMatching(/^appsk_\w{32}\.eu$/),
  });
  expect(await access()).not.toEqual(first);
  await bench.call('POST', '/config', httpConfig());
  expect((await bench.call('GET', '/dashboard-access')).status).toBe(200);
  bench.emulator.setQuirks({ dashboardNeedsActiveConfig: true });
  expect((await bench.call('GET', '/dashboard-access')).status).toBe(404);
});
