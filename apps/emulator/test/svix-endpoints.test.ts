import { expect, test } from 'vitest';
import { CONFLICT, idsOf, invalid, keysOf, NOT_FOUND } from './svix-answers.js';
import { KEY, openSvix, ORDER } from './svix-bench.js';

const URL_A = 'https://hooks.test/a';
const ORG = { token: KEY };
test('Svix behaviour 1: a POST of a URL alone makes an endpoint with everything else unset', async () => {
  const whole = {
    id: expect.stringMatching(/^ep_[0-9A-Za-z]{27}$/),
    url: 'http://example.com/',
    description: '',
    disabled: false,
    version: 1,
    metadata: {},
    createdAt: '2026-11-15T12:00:00.000000Z',
    updatedAt: '2026-11-15T12:00:00.000000Z',
  };
  const { endpoints, emulator } = openSvix();
  expect(await endpoints('POST', '', { url: 'http://example.com' })).toMatchObject({ status: 201, body: whole });
  emulator.setQuirks({ svixNulls: 'written' });
  const unset = { uid: null, eventTypes: null, filterTypes: null, channels: null, throttleRate: null, rateLimit: null };
  expect((await endpoints('POST', '', { url: 'http://example.com' })).body).toEqual({ ...whole, ...unset });
});

test('Svix behaviour 2: a PATCH leaves alone what it does not name, and null clears', async () => {
  const { endpoints, create } = openSvix();
  const full = {
    url: URL_A,
    uid: 'erp',
    description: 'ERP',
    eventTypes: [ORDER],
    channels: ['north'],
    disabled: true,
    throttleRate: 5,
    metadata: { a: 'b' },
  };
  const { id } = await create(full);
  const changes = {
    url: 'https://hooks.test/b',
    uid: 'crm',
    description: 'CRM',
    eventTypes: ['order.updated'],
    channels: ['south'],
    disabled: false,
    throttleRate: 6,
    metadata: { c: 'd' },
  };
  let wanted: object = full;
  for (const change of Object.entries(changes).map((entry) => Object.fromEntries([entry]))) {
    wanted = Object.assign({}, wanted, change);
    const patched = await endpoints('PATCH', `/${id}`, change);
    expect(patched).toMatchObject({ status: 200, body: wanted });
    expect((await endpoints('GET', `/${id}`)).body).toEqual(patched.body);
  }
  for (const name of ['throttleRate', 'uid', 'eventTypes', 'channels']) {
    const cleared = await endpoints('PATCH', `/${id}`, { [name]: null });
    expect([cleared.status, keysOf(cleared).includes(name)]).toEqual([200, false]);
  }
});

test('Svix behaviour 3: the host of a URL comes back in lower case', async () => {
  const { create, endpoints } = openSvix();
  const { id, url } = await create({ url: 'https://Hooks.TEST/Path?Q=1' });
  expect(url).toBe('https://hooks.test/Path?Q=1');
  expect((await endpoints('PATCH', `/${id}`, { url: 'HTTPS://EXAMPLE.com' })).body).toMatchObject({
    url: 'https://example.com/',
  });
});

test('Svix behaviour 4: an endpoint of another application is not found', async () => {
  const { create, svix } = openSvix();
  const { id } = await create({ uid: 'erp' });
  await svix('POST', '/app', { name: 'second', uid: 'second' }, ORG);
  for (const path of [`/app/second/endpoint/${id}`, '/app/second/endpoint/erp', `/app/acme/endpoint/${id}`])
    expect(await svix('GET', path, undefined, ORG)).toMatchObject(NOT_FOUND);
});

test('Svix behaviour 5: a PUT changes a known endpoint, and for an unknown id makes a new one', async () => {
  const { create, endpoints } = openSvix();
  const { id } = await create({ uid: 'erp' });
  expect(await endpoints('PUT', `/${id}`, { url: URL_A, uid: 'erp', description: 'x' })).toMatchObject({
    status: 200,
    body: { id, uid: 'erp', description: 'x' },
  });
  const made = await endpoints('PUT', '/unknown', { url: URL_A });
  expect([made.status, keysOf(made).includes('uid'), Object(made.body).id === id]).toEqual([201, false, false]);
  expect(await endpoints('PUT', '/unknown', { url: URL_A, uid: 'named' })).toMatchObject({
    status: 201,
    body: { uid: 'named' },
  });
  expect(idsOf(await endpoints('GET', ''))).toHaveLength(3);
});

test('Svix behaviour 6: a deleted endpoint is gone', async () => {
  const { create, endpoints } = openSvix();
  const { id } = await create();
  expect(await endpoints('DELETE', `/${id}`)).toMatchObject({ status: 204, body: undefined });
  expect(await endpoints('GET', `/${id}`)).toMatchObject(NOT_FOUND);
  expect(await endpoints('DELETE', `/${id}`)).toMatchObject(NOT_FOUND);
});

test('Svix behaviour 7: metadata come back as written, and an empty PATCH empties them', async () => {
  const { create, endpoints } = openSvix();
  const { id, metadata } = await create({ metadata: { a: 'b', c: 'd' } });
  expect(metadata).toEqual({ a: 'b', c: 'd' });
  expect((await endpoints('PATCH', `/${id}`, { metadata: { e: 'f' } })).body).toMatchObject({ metadata: { e: 'f' } });
  expect(Object((await endpoints('PATCH', `/${id}`, { metadata: {} })).body).metadata).toEqual({});
});

test('Svix behaviour 9: a uid is unique in its application and free again after a deletion', async () => {
  const { create, endpoints, svix } = openSvix();
  const { id } = await create({ uid: 'erp' });
  const second = await create({ uid: 'crm' });
  expect(await endpoints('POST', '', { url: URL_A, uid: 'erp' })).toMatchObject(CONFLICT);
  expect(await endpoints('PUT', `/${second.id}`, { url: URL_A, uid: 'erp' })).toMatchObject(CONFLICT);
  expect(await endpoints('PUT', '/unknown', { url: URL_A, uid: 'erp' })).toMatchObject(CONFLICT);
  expect(await endpoints('PATCH', `/${second.id}`, { uid: 'erp' })).toMatchObject(CONFLICT);
  expect(await endpoints('PUT', '/erp', { url: URL_A, uid: 'erp' })).toMatchObject({ status: 200, body: { id } });
  const elsewhere = await svix('POST', '/app/acme/endpoint', { url: URL_A, uid: 'erp' }, ORG);
  expect(elsewhere.status).toBe(201);
  await endpoints('DELETE', '/erp');
  expect((await endpoints('POST', '', { url: URL_A, uid: 'erp' })).status).toBe(201);
});

test('Svix behaviour 14: event types must exist, an empty list is refused, and a PUT without them clears them', async () => {
  const { endpoints, create } = openSvix();
  for (const name of ['eventTypes', 'filterTypes']) {
    expect(await endpoints('POST', '', { url: URL_A, [name]: [] })).toMatchObject(invalid(name));
    expect(await endpoints('POST', '', { url: URL_A, [name]: ['nope', ORDER, 'neither'] })).toMatchObject({
      status: 422,
      body: { detail: [{ loc: ['body', 'eventTypes'], msg: 'Unknown event types: neither, nope' }] },
    });
  }
  const { id, ...made } = await create({ eventTypes: ['order.updated', ORDER] });
  expect(made).toMatchObject({ eventTypes: [ORDER, 'order.updated'], filterTypes: [ORDER, 'order.updated'] });
  expect(keysOf(await endpoints('PUT', `/${id}`, { url: URL_A }))).not.toContain('eventTypes');
  const restored = await endpoints('PUT', `/${id}`, { url: URL_A, filterTypes: [ORDER] });
  expect(restored.body).toMatchObject({ eventTypes: [ORDER] });
});

test('Svix behaviour 15: an empty list of channels is refused, and a PUT without them clears them', async () => {
  const { endpoints, create } = openSvix();
  expect(await endpoints('POST', '', { url: URL_A, channels: [] })).toMatchObject(invalid('channels'));
  const { id, channels } = await create({ channels: ['south', 'north'] });
  expect(channels).toEqual(['north', 'south']);
  expect(keysOf(await endpoints('PUT', `/${id}`, { url: URL_A }))).not.toContain('channels');
  const restored = await endpoints('PUT', `/${id}`, { url: URL_A, channels: ['north'] });
  expect(restored.body).toMatchObject({ channels: ['north'] });
});

test('Svix behaviour 16: a PUT without a throttle rate clears it', async () => {
  const { endpoints, create } = openSvix();
  const { id, throttleRate, rateLimit } = await create({ throttleRate: 100 });
  expect([throttleRate, rateLimit]).toEqual([100, 100]);
  expect((await endpoints('PATCH', `/${id}`, { rateLimit: 7 })).body).toMatchObject({ throttleRate: 7 });
  expect(keysOf(await endpoints('PUT', `/${id}`, { url: URL_A }))).not.toContain('throttleRate');
});

test('Svix behaviour 19: an environment can refuse http URLs', async () => {
  const { endpoints, emulator, create } = openSvix();
  const { id } = await create();
  emulator.setQuirks({ svixEnforceHttps: true });
  expect(await endpoints('POST', '', { url: 'http://hooks.test' })).toMatchObject(invalid('url'));
  expect(await endpoints('PATCH', `/${id}`, { url: 'http://hooks.test' })).toMatchObject(invalid('url'));
  expect((await endpoints('POST', '', { url: URL_A })).status).toBe(201);
});
