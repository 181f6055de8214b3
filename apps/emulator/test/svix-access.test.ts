import { describe, expect, test } from 'vitest';
import { CAPABILITIES } from '../src/svix/token.js';
import { invalid, NOT_FOUND } from './svix-answers.js';
import { KEY, openSvix, ORDER } from './svix-bench.js';
import { NOON } from './support.js';

const URL_A = 'https://hooks.test/a';
const ORG = { token: KEY };

describe('Svix behaviour 23: the token of one application', () => {
  test('reads its own application by id and uid, and no other one', async () => {
    const { svix, emulator } = openSvix();
    const own = await svix('GET', '/app/acme');
    expect(own).toMatchObject({ status: 200, body: { uid: 'acme', name: 'acme', metadata: {} } });
    expect((await svix('GET', `/app/${Object(own.body).id}`)).body).toEqual(own.body);
    expect(await svix('GET', '/app/other')).toMatchObject(NOT_FOUND);
    const stranger = Object(emulator.svix('other')).applications[0].id;
    expect(await svix('GET', `/app/${stranger}`)).toMatchObject(NOT_FOUND);
    expect(await svix('GET', '/app/other/endpoint')).toMatchObject(NOT_FOUND);
  });

  test.for([
    ['GET', '/app', undefined],
    ['POST', '/app', { name: 'x' }],
    ['PUT', '/app/acme', { name: 'x' }],
    ['DELETE', '/app/acme', undefined],
    ['POST', '/app/acme/msg', { eventType: ORDER, payload: {} }],
    ['POST', '/auth/app-portal-access/acme', {}],
  ] as const)('may not %s %s', async ([method, path, body]) => {
    const { svix } = openSvix();
    expect(await svix(method, path, body)).toMatchObject({ status: 403, body: { code: 'insufficient access' } });
  });
});

describe('Svix behaviour 24: access', () => {
  test('needs a good token', async () => {
    const { svix, emulator } = openSvix();
    const answer = async (token: string | null) => (await svix('GET', '/app/acme', undefined, { token })).body;
    const code = 'authentication_failed';
    expect(await answer('nope')).toEqual({ code, detail: 'Invalid token. Have you set the correct server URL?' });
    expect(await answer(null)).toEqual({ code, detail: '`Authorization` header required' });
    emulator.setQuirks({ svixUnauthorized: 'oss' });
    expect(await answer('nope')).toEqual({ code, detail: 'Invalid token' });
    expect(await answer(null)).toEqual({ code, detail: 'Invalid token' });
  });

  test('to the portal is given for a known application, or for one that is made with it', async () => {
    const { svix } = openSvix();
    const ask = (app: string, body: object) => svix('POST', `/auth/app-portal-access/${app}`, body, ORG);
    expect(await ask('new', {})).toMatchObject(NOT_FOUND);
    expect(await ask('new', { application: { name: 'New', uid: 'wrong' } })).toMatchObject(invalid('application'));
    const made = await ask('new', { application: { name: 'New', uid: 'new' } });
    expect(made).toMatchObject({ status: 200, body: { token: expect.stringMatching(/^appsk_\w+\.eu$/) } });
    const token = String(Object(made.body).token);
    expect((await svix('GET', '/app/new', undefined, { token })).body).toMatchObject({ name: 'New' });
    expect((await svix('GET', '/app', undefined, { token })).status).toBe(403);
    expect((await ask('new', { application: { name: 'Ignored', uid: 'also-ignored' } })).status).toBe(200);
    expect((await svix('GET', '/app/new', undefined, { token })).body).toMatchObject({ name: 'New', uid: 'new' });
  });

  test.for([
    [{ expiry: 3_600, capabilities: ['ViewBase'] }, 3_600, ['ViewBase']],
    [{}, 604_800, [...CAPABILITIES]],
  ] as const)('to the portal is for as long and as much as asked for: %o', async ([ask, seconds, capabilities]) => {
    const { svix, emulator } = openSvix();
    const { token } = Object((await svix('POST', '/auth/app-portal-access/acme', ask, ORG)).body);
    const granted = Object(emulator.svix('acme')).tokens.find(({ value }: { value: string }) => value === token);
    expect(granted).toMatchObject({ capabilities, expiresAt: new Date(NOON + seconds * 1_000).toISOString() });
  });

  test('ends with a logout, for this token alone', async () => {
    const { svix, dashboard } = openSvix();
    const [{ token }, other] = [await dashboard(), await dashboard()];
    expect((await svix('POST', '/auth/logout', undefined, { token })).status).toBe(204);
    const status = async (given: string) => (await svix('GET', '/app/acme', undefined, { token: given })).status;
    expect([await status(token), await status(other.token)]).toEqual([401, 200]);
  });
});

test('Svix behaviour 25: an event type behind a flag is seen only with the flag, and can be filtered by without', async () => {
  const { svix, control, endpoints } = openSvix();
  await control('POST', '/svix/event-types', { name: 'Order.Created', featureFlag: 'beta' });
  const listed = async (token?: string): Promise<string[]> =>
    Object((await svix('GET', '/event-type?limit=250', undefined, token === undefined ? {} : { token })).body).data.map(
      ({ name }: { name: string }) => name,
    );
  const ask = { featureFlags: ['alpha', 'beta'] };
  const flagged = String(Object((await svix('POST', '/auth/app-portal-access/acme', ask, ORG)).body).token);
  expect(await listed()).toHaveLength(80);
  expect(await listed()).not.toContain(ORDER);
  expect(await svix('GET', `/event-type/${ORDER}`)).toMatchObject(NOT_FOUND);
  for (const token of [flagged, KEY]) {
    expect(await listed(token)).toContain(ORDER);
    expect((await svix('GET', `/event-type/${ORDER}`, undefined, { token })).body).toMatchObject({
      name: ORDER,
      featureFlags: ['beta'],
    });
  }
  expect((await endpoints('POST', '', { url: URL_A, eventTypes: [ORDER] })).status).toBe(201);
});
