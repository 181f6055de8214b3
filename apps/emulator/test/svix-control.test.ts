import { expect, test } from 'vitest';
import { emit, isDisabled, openSvix, ORDER, secretOf } from './svix-bench.js';

const NOW = '2026-11-15T12:00:00.000Z';

test('the Svix side of a tenant is shown with all its secrets', async () => {
  const bench = openSvix();
  const { id } = await bench.create({ uid: 'erp', headers: { authorization: 'Bearer s', 'x-a': '1' } });
  const old = await secretOf(bench, id);
  await bench.endpoints('POST', '/erp/secret/rotate', {});
  bench.receiver.answer(500);
  await emit(bench);
  const { token } = await bench.dashboard();
  const { body } = await bench.control('GET', '/tenants/acme/svix');
  expect(body).toEqual({
    applications: [
      {
        id: expect.stringMatching(/^app_/),
        account: 'shared',
        name: 'acme',
        uid: 'acme',
        throttleRate: null,
        metadata: {},
        createdAt: NOW,
        updatedAt: NOW,
        endpoints: [
          {
            id,
            uid: 'erp',
            url: 'https://hooks.test/a',
            description: '',
            eventTypes: null,
            channels: null,
            disabled: false,
            throttleRate: null,
            metadata: {},
            headers: { authorization: 'Bearer s', 'x-a': '1' },
            secret: await secretOf(bench, id),
            oldSecrets: [{ key: old, expiresAt: '2026-11-16T12:00:00.000Z' }],
            failures: 1,
            createdAt: NOW,
            updatedAt: NOW,
          },
        ],
      },
      expect.objectContaining({ account: 'own', uid: 'acme', endpoints: [] }),
    ],
    tokens: expect.arrayContaining([
      { kind: 'organisation', tenant: 'acme', value: 'sk_acme.eu', expiresAt: null },
      expect.objectContaining({ kind: 'application', value: token, expiresAt: '2026-11-22T12:00:00.000Z' }),
    ]),
  });
  expect(bench.emulator.svix('acme')).toEqual(body);
});

test('messages are shown with their deliveries and attempts', async () => {
  const bench = openSvix();
  const { id } = await bench.create({ headers: { authorization: 'Bearer s' } });
  bench.receiver.answer(503);
  const event = await emit(bench);
  expect(await bench.messages()).toMatchObject([
    {
      id: event.messageId,
      event: event.id,
      eventType: ORDER,
      deliveries: [
        {
          endpointId: id,
          status: 'retrying',
          headers: { authorization: 'Bearer s', 'svix-id': event.messageId },
          attempts: [{ at: NOW, status: 503, id: expect.stringMatching(/^atmpt_/), trigger: 'scheduled' }],
          nextAttemptAt: '2026-11-15T12:00:05.000Z',
        },
      ],
    },
  ]);
});

test('a key makes an account of the tenant’s own', async () => {
  const { control, svix } = openSvix({}, { svix: { apiKeys: [] } });
  const given = await control('POST', '/tenants/acme/svix/api-keys', { key: 'sk_mine' });
  expect(given.body).toEqual({ key: 'sk_mine', application: expect.stringMatching(/^app_/) });
  const made = Object((await control('POST', '/tenants/acme/svix/api-keys', {})).body);
  for (const token of ['sk_mine', String(made.key)])
    expect((await svix('GET', '/app/acme', undefined, { token })).body).toMatchObject({ id: made.application });
});

test('an application can be given another identity', async () => {
  const { control, svix } = openSvix();
  const change = { uid: 'stranger', name: 'Stranger', metadata: { a: 'b' } };
  expect((await control('POST', '/tenants/acme/svix/application', change)).body).toMatchObject(change);
  expect((await svix('GET', '/app/acme')).status).toBe(404);
  expect((await svix('GET', '/app/stranger')).body).toMatchObject(change);
});

test('somebody in the dashboard disables an endpoint, or saves it whole', async () => {
  const bench = openSvix();
  const { id } = await bench.create({ uid: 'erp' });
  const write = async (body: object) => (await bench.control('POST', '/tenants/acme/svix/foreign-write', body)).body;
  expect(await write({ as: 'patch', endpoints: ['erp'], change: { disabled: true } })).toEqual({ written: 1 });
  expect((await bench.endpoints('GET', '/erp')).body).toMatchObject({ id, disabled: true, uid: 'erp' });
  expect(await write({ endpoints: ['nope'] })).toEqual({ written: 0 });
  expect(await write({ change: { disabled: false } })).toEqual({ written: 1 });
  expect([(await bench.endpoints('GET', '/erp')).status, isDisabled(bench, id)]).toEqual([404, false]);
});

test('all dashboard tokens can be made to run out, keys stay', async () => {
  const { control, svix, dashboard } = openSvix();
  const { token } = await dashboard();
  expect((await control('POST', '/tokens/expire', { tenant: 'acme' })).body).toEqual({ expired: 2 });
  expect((await svix('GET', '/app/acme', undefined, { token })).status).toBe(401);
  expect((await svix('GET', '/app/acme', undefined, { token: 'sk_acme.eu' })).status).toBe(200);
});

test.for([
  ['GET', '/tenants/nobody/svix', undefined, 404],
  ['POST', '/tenants/acme/svix/foreign-write', { change: { colour: 'red' } }, 400],
  ['POST', '/tenants/acme/svix/foreign-write', { account: 'own' }, 404],
  ['POST', '/svix/event-types', {}, 400],
] as const)('%s %s %j is refused with %i', async ([method, path, body, status]) => {
  const { control } = openSvix({}, { svix: { apiKeys: [] } });
  expect((await control(method, path, body)).status).toBe(status);
});

test('a reset and a new seed forget tokens, keys and endpoints', async () => {
  const bench = openSvix();
  await bench.create();
  const { token } = await bench.dashboard();
  const status = async (given: string) => (await bench.svix('GET', '/app/acme', undefined, { token: given })).status;
  bench.emulator.seed({ tenant: 'acme' });
  expect([await status(token), await status('sk_acme.eu')]).toEqual([401, 401]);
  bench.emulator.reset();
  expect([await status(token), await status('sk_acme.eu')]).toEqual([401, 200]);
  expect(Object(bench.emulator.svix('acme')).applications).toMatchObject([{ endpoints: [] }, { endpoints: [] }]);
});

test('the log of requests keeps no secret', async () => {
  const bench = openSvix();
  const secret = `whsec_${Buffer.from('S3CRET-of-an-endpoint-of-acme').toString('base64')}`;
  const { id } = await bench.create({ secret, headers: { 'x-shop': 'S3CRET-header' } });
  await bench.endpoints('GET', `/${id}/secret`);
  await bench.endpoints('POST', `/${id}/secret/rotate`, { key: secret });
  await bench.endpoints('PATCH', `/${id}/headers`, { headers: { authorization: 'S3CRET-token', 'x-none': null } });
  await bench.endpoints('GET', `/${id}/headers`);
  const access = await bench.svix('POST', '/auth/app-portal-access/acme', {}, { token: 'sk_acme.eu' });
  const log = JSON.stringify(bench.emulator.requests());
  for (const word of ['S3CRET', secret, Object(access.body).token, Object(access.body).url])
    expect(log).not.toContain(word);
  expect(bench.emulator.requests({ operationId: 'patchEndpointHeaders' })).toMatchObject([
    { tenant: 'acme', requestBody: { headers: { authorization: '[secret]', 'x-none': null } } },
  ]);
});
