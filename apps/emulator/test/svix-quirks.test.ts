import { describe, expect, test } from 'vitest';
import type { EmulatorOptions } from '../src/index.js';
import { invalid, keysOf } from './svix-answers.js';
import { KEY, openSvix, ORDER } from './svix-bench.js';
import { openBench } from './support.js';

const url = 'https://hooks.test/a';
const open = (quirks: EmulatorOptions['quirks'] = {}) => openSvix({ quirks });
const bothNames = ['eventTypes', 'filterTypes'];

describe('the names of the event type filter', () => {
  test.for([
    ['both', bothNames],
    ['eventTypes', ['eventTypes']],
    ['filterTypes', ['filterTypes']],
  ] as const)('in answers: %s', async ([svixFilterNames, names]) => {
    const { endpoints } = open({ svixFilterNames });
    const made = await endpoints('POST', '', { url, eventTypes: [ORDER] });
    expect(keysOf(made).filter((name) => bothNames.includes(name))).toEqual(names);
  });

  test.for([
    ['both', [ORDER], [ORDER]],
    ['eventTypes', [ORDER], undefined],
    ['filterTypes', undefined, [ORDER]],
  ] as const)('that a server knows: %s; the other one is not seen', async ([svixKnownFilterName, byNew, byOld]) => {
    const { endpoints, create } = open({ svixKnownFilterName });
    expect(Object(await create({ eventTypes: [ORDER] })).eventTypes).toEqual(byNew);
    expect(Object(await create({ filterTypes: [ORDER] })).eventTypes).toEqual(byOld);
    const { id } = await create();
    const patched = await endpoints('PATCH', `/${id}`, { eventTypes: [ORDER] });
    expect(Object(patched.body).eventTypes).toEqual(byNew);
  });
});

test('what is not set is left out, or written as null', async () => {
  const { create, emulator, svix, control } = open();
  expect(Object.values(await create())).not.toContain(null);
  emulator.setQuirks({ svixNulls: 'written', svixAppUid: 'none' });
  expect(await create()).toMatchObject({ uid: null, eventTypes: null });
  await control('POST', '/tenants/acme/svix/application', { uid: null });
  const id = Object(emulator.svix('acme')).applications[0].id;
  expect((await svix('GET', `/app/${id}`)).body).toMatchObject({ uid: null, throttleRate: null });
});

test('an empty list has no iterators', async () => {
  const { endpoints, emulator } = open();
  expect((await endpoints('GET', '')).body).toEqual({ data: [], done: true });
  emulator.setQuirks({ svixNulls: 'written' });
  expect((await endpoints('GET', '')).body).toEqual({ data: [], iterator: null, prevIterator: null, done: true });
});

test('an environment can demand event types', async () => {
  const { endpoints, create, emulator } = open();
  const { id } = await create();
  emulator.setQuirks({ svixRequireEndpointFilterTypes: true });
  expect(await endpoints('POST', '', { url })).toMatchObject(invalid('eventTypes'));
  expect(await endpoints('PUT', `/${id}`, { url })).toMatchObject(invalid('eventTypes'));
  expect(await endpoints('PATCH', `/${id}`, { disabled: true })).toMatchObject(invalid('eventTypes'));
  expect((await endpoints('PATCH', `/${id}`, { eventTypes: [ORDER] })).status).toBe(200);
});

test('an application can be full', async () => {
  const { endpoints, create } = open({ svixEndpointsPerApp: 2 });
  const { id } = await create();
  await create();
  const full = { status: 400, body: { code: 'limit_reached' } };
  expect(await endpoints('POST', '', { url })).toMatchObject(full);
  expect(await endpoints('PUT', '/new', { url })).toMatchObject(full);
  expect((await endpoints('PUT', `/${id}`, { url })).status).toBe(200);
  await endpoints('DELETE', `/${id}`);
  expect((await endpoints('POST', '', { url })).status).toBe(201);
});

test('a PUT without uid and metadata can leave them alone', async () => {
  const { endpoints, create } = open({ svixPutClears: false });
  const { id } = await create({ uid: 'erp', metadata: { a: 'b' }, eventTypes: [ORDER] });
  const kept = await endpoints('PUT', `/${id}`, { url });
  expect(kept.body).toMatchObject({ uid: 'erp', metadata: { a: 'b' } });
  expect(keysOf(kept)).not.toContain('eventTypes');
  const cleared = await endpoints('PUT', `/${id}`, { url, uid: null, metadata: {} });
  expect([keysOf(cleared).includes('uid'), Object(cleared.body).metadata]).toEqual([false, {}]);
});

test('headers of a new endpoint can be ignored', async () => {
  const { endpoints, create } = open({ svixHeadersOnCreate: 'ignored' });
  const { id } = await create({ headers: { 'x-a': '1' } });
  expect((await endpoints('GET', `/${id}/headers`)).body).toEqual({ headers: {}, sensitive: [] });
});

describe('a dashboard token', () => {
  test.for([
    ['eu', /^appsk_\w{32}\.eu$/],
    ['us', /^appsk_\w{32}\.us$/],
    ['none', /^appsk_\w{32}$/],
  ] as const)('ends with the region: %s', async ([svixRegion, pattern]) => {
    const { dashboard, svix } = open({ svixRegion });
    const { token } = await dashboard();
    expect(token).toMatch(pattern);
    expect((await svix('GET', '/app/acme', undefined, { token })).status).toBe(200);
  });

  test('is good for a week, or as long as it is told', async () => {
    const { svix, emulator, dashboard } = open();
    const status = async (token: string) => (await svix('GET', '/app/acme', undefined, { token })).status;
    const { token } = await dashboard();
    await emulator.advance(604_799_000);
    expect(await status(token)).toBe(200);
    await emulator.advance(1_000);
    expect(await status(token)).toBe(401);
    emulator.setQuirks({ svixTokenLifetimeSeconds: 60 });
    const short = (await dashboard()).token;
    await emulator.advance(60_000);
    expect(await status(short)).toBe(401);
  });

  test.for([
    ['ViewBase', [200, 403, 403, 403, 403]],
    ['ViewEndpointSecret', [403, 200, 403, 403, 403]],
    ['ManageEndpointSecret', [403, 200, 204, 403, 403]],
    ['CreateAttempts', [403, 403, 403, 403, 202]],
    ['ManageEndpoint', [200, 200, 204, 200, 403]],
    ['ManageTransformations', [403, 403, 403, 403, 403]],
  ] as const)('may do what its capabilities say: %s', async ([capability, statuses]) => {
    const { create, endpoints, dashboard, emulator } = open();
    const { id } = await create();
    emulator.setQuirks({ svixCapabilities: [capability] });
    const { token } = await dashboard();
    const calls = [
      ['GET', `/${id}`],
      ['GET', `/${id}/secret`],
      ['POST', `/${id}/secret/rotate`, {}],
      ['PATCH', `/${id}`, {}],
      ['POST', `/${id}/send-example`, { eventType: 'svix.ping' }],
    ] as const;
    const answers: number[] = [];
    for (const [method, path, body] of calls) answers.push((await endpoints(method, path, body, { token })).status);
    expect(answers).toEqual(statuses);
  });

  test('sees event types behind its flags', async () => {
    const { svix, control, dashboard, emulator } = open();
    await control('POST', '/svix/event-types', { name: ORDER, featureFlag: 'beta' });
    expect((await svix('GET', `/event-type/${ORDER}`)).status).toBe(404);
    emulator.setQuirks({ svixFeatureFlags: ['beta'] });
    const { token } = await dashboard();
    expect((await svix('GET', `/event-type/${ORDER}`, undefined, { token })).status).toBe(200);
  });

  test('can be for the application of another tenant', async () => {
    const { svix, emulator, dashboard } = open({ svixDashboardApplication: 'other-tenant' });
    const { token, url: link } = await dashboard();
    expect((await svix('GET', '/app/acme', undefined, { token })).status).toBe(404);
    const other = await svix('GET', '/app/other', undefined, { token });
    expect(other).toMatchObject({ status: 200, body: { uid: 'other' } });
    expect(decodeKey(link)).toMatchObject({ appId: Object(emulator.svix('other')).applications[0].id });
  });

  test('can be for an application that nobody knows, where there is no other tenant', async () => {
    const bench = openBench({ quirks: { svixDashboardApplication: 'other-tenant' } });
    const { token } = Object((await bench.call('GET', '/dashboard-access')).body);
    const request = new Request('http://emulator.test/api/v1/app/acme', {
      headers: { authorization: `Bearer ${token}` },
    });
    expect((await bench.emulator.fetch(request)).status).toBe(404);
  });
});

/** What the link of the dashboard says. */
function decodeKey(link: string): unknown {
  return JSON.parse(Buffer.from(link.split('#key=')[1] ?? '', 'base64').toString());
}

describe('the link to the dashboard holds', () => {
  test.for([
    ['one-time-token', ['appId', 'oneTimeToken', 'region']],
    ['token-and-region', ['appId', 'token', 'region']],
    ['token', ['appId', 'token']],
  ] as const)('%s', async ([svixLoginKey, names]) => {
    const { dashboard, svix } = open({ svixLoginKey, svixRegion: 'ca' });
    const { url: link, token } = await dashboard();
    const key = Object(decodeKey(link));
    expect(Object.keys(key)).toEqual(names);
    expect((await svix('GET', `/app/${key.appId}`, undefined, { token })).body).toMatchObject({ uid: 'acme' });
    expect([key.region ?? 'ca', key.token ?? token]).toEqual(['ca', token]);
  });

  test('nothing that can be read', async () => {
    const { url: link } = await open({ svixLoginKey: 'garbage' }).dashboard();
    expect(() => decodeKey(link)).toThrow(SyntaxError);
  });
});

describe('the uid of the application', () => {
  test.for([
    ['other', 'acme-shop'],
    ['none', undefined],
  ] as const)('is not the tenant: %s', async ([svixAppUid, uid]) => {
    const { svix, emulator } = open({ svixAppUid });
    expect((await svix('GET', '/app/acme')).status).toBe(404);
    const id = Object(emulator.svix('acme')).applications[0].id;
    expect(Object((await svix('GET', `/app/${id}`)).body).uid).toBe(uid);
    expect(await emulator.emit('acme', { type: ORDER })).toMatchObject({ outcome: 'handed-to-svix' });
  });

  test('of a tenant without a shared config is made with the config, and stays when that goes', async () => {
    const bench = openSvix(
      {},
      { configs: [{ code: 'http', provider: 'HTTP', configuration: {} }], svix: { apiKeys: [] } },
    );
    expect(Object(bench.emulator.svix('acme')).applications).toEqual([]);
    await bench.call('POST', '/config', { code: 's', provider: 'SVIX_SHARED' });
    const { id } = await bench.create();
    await bench.call('DELETE', '/config/s');
    expect((await bench.call('GET', '/dashboard-access')).status).toBe(404);
    await bench.call('POST', '/config', { code: 's2', provider: 'SVIX_SHARED' });
    expect((await bench.endpoints('GET', `/${id}`)).status).toBe(200);
  });
});

test('the two accounts of a tenant know nothing of each other', async () => {
  const { create, svix } = open();
  const { id } = await create();
  expect((await svix('GET', `/app/acme/endpoint/${id}`, undefined, { token: KEY })).status).toBe(404);
  const own = Object((await svix('GET', '/app', undefined, { token: KEY })).body).data;
  const shared = Object((await svix('GET', '/app/acme')).body);
  expect(own).toMatchObject([{ uid: 'acme', id: expect.not.stringContaining(shared.id) }]);
  expect((await svix('GET', '/app/other', undefined, { token: KEY })).status).toBe(404);
});
