import { expect, test } from 'vitest';
import { openBench } from './support.js';

const fault = (faultstring: string, errorcode: string): object => ({ fault: { faultstring, detail: { errorcode } } });
const EXPIRED = fault('Access Token expired', 'keymanagement.service.access_token_expired');
const INVALID_TOKEN = fault('Invalid access token', 'oauth.v2.InvalidAccessToken');

test('gives a token with all scopes of the key and the tenant as last word', async () => {
  const { status, body } = await openBench().requestToken();
  expect(status).toBe(200);
  expect(body).toEqual({
    access_token: expect.stringMatching(/^[A-Za-z0-9]{32}$/),
    token_type: 'Bearer',
    expires_in: 14_399,
    session_idle_time: 120,
    refresh_token: '',
    refresh_token_expires_in: 0,
    scope: 'webhook.subscription_read webhook.subscription_manage tenant=acme',
  });
});

test.for([
  ['webhook.subscription_read', 'webhook.subscription_read tenant=acme'],
  ['tenant=acme webhook.subscription_manage', 'webhook.subscription_manage tenant=acme'],
  ['order.order_read webhook.subscription_read', 'webhook.subscription_read tenant=acme'],
  ['order.order_read', 'tenant=acme'],
  ['tenant=acme', 'webhook.subscription_read webhook.subscription_manage tenant=acme'],
])('drops scopes the key lacks without an error: %s', async ([scope = '', granted]) => {
  const { status, body } = await openBench().requestToken({ scope });
  expect({ status, body }).toEqual({ status: 200, body: expect.objectContaining({ scope: granted }) });
});

test.for([
  [{ client_id: 'nobody' }, 401, fault('Invalid ApiKey', 'oauth.v2.InvalidApiKey')],
  [{ client_secret: 'wrong' }, 401, { ErrorCode: 'invalid_client', Error: 'Client credentials are invalid' }],
  [
    { grant_type: 'password' },
    400,
    { ErrorCode: 'unsupported_grant_type', Error: 'Unsupported grant type : password' },
  ],
  [{ grant_type: '' }, 400, fault('Required param : grant_type', 'steps.oauth.v2.FailedToResolveOAuthParam')],
  [{ client_id: '' }, 400, fault('Required param : client_id', 'steps.oauth.v2.FailedToResolveOAuthParam')],
  [{ client_secret: '' }, 400, fault('Required param : client_secret', 'steps.oauth.v2.FailedToResolveOAuthParam')],
] as const)('refuses a token request with %o', async ([form, status, body]) => {
  const answer = await openBench().requestToken(form);
  expect({ status: answer.status, body: answer.body }).toEqual({ status, body });
});

test('does not understand a token request in JSON', async () => {
  const { emulator } = openBench();
  const response = await emulator.fetch(
    new Request('http://emulator.test/oauth/token', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ grant_type: 'client_credentials', client_id: 'acme-id', client_secret: 'acme-secret' }),
    }),
  );
  expect([response.status, await response.json()]).toEqual([
    400,
    fault('Required param : grant_type', 'steps.oauth.v2.FailedToResolveOAuthParam'),
  ]);
});

test('a token runs out by the clock of the emulator, at its last second', async () => {
  const { emulator, call } = openBench();
  expect((await call('GET', '/config')).status).toBe(200);
  await emulator.advance(14_398_999);
  expect((await call('GET', '/config')).status).toBe(200);
  await emulator.advance(1);
  const { status, body } = await call('GET', '/config');
  expect({ status, body }).toEqual({ status: 401, body: EXPIRED });
});

test('the lifetime of tokens can be switched', async () => {
  const { requestToken } = openBench({ quirks: { tokenLifetimeSeconds: 60 } });
  expect((await requestToken()).body).toMatchObject({ expires_in: 60 });
});

test.for([
  ['an invented token', { authorization: 'Bearer invented' }],
  ['another scheme', { authorization: 'Basic YWNtZTphY21l' }],
  ['an empty header', { authorization: '' }],
] as const)('refuses %s', async ([, headers]) => {
  const { status, body } = await openBench().call('GET', '/config', undefined, { headers });
  expect({ status, body }).toEqual({ status: 401, body: INVALID_TOKEN });
});

test.for([
  [401, INVALID_TOKEN],
  [403, { code: 403, status: 'Forbidden', message: 'The token is not good for tenant acme.' }],
] as const)('a token of another tenant is refused with %i', async ([foreignTenantToken, expected]) => {
  const { requestToken, call } = openBench({
    tenants: [{ tenant: 'acme' }, { tenant: 'other' }],
    quirks: { foreignTenantToken },
  });
  const { body } = await requestToken({ client_id: 'other-id', client_secret: 'other-secret' });
  expect(body).toMatchObject({ scope: expect.stringContaining('tenant=other') });
  const token = Object(body).access_token;
  const answer = await call('GET', '/config', undefined, { token: String(token) });
  expect({ status: answer.status, body: answer.body }).toEqual({ status: foreignTenantToken, body: expected });
});

test.for([
  [
    'service',
    {
      code: 403,
      status: 'Forbidden',
      message: 'The token lacks a scope.',
      details: ['missing scope: webhook.subscription_manage'],
    },
  ],
  ['gateway', fault('Required scope(s): webhook.subscription_manage', 'steps.oauth.v2.InsufficientScope')],
] as const)(
  'a token without the scope is refused with 403 in the form of the %s',
  async ([missingScopeShape, expected]) => {
    const { requestToken, call } = openBench({ quirks: { missingScopeShape } });
    const token = String(Object((await requestToken({ scope: 'webhook.subscription_read' })).body).access_token);
    const answer = await call('GET', '/dashboard-access', undefined, { token });
    expect({ status: answer.status, body: answer.body }).toEqual({ status: 403, body: expected });
  },
);

test('another tenant in the header than in the path is refused with 400', async () => {
  const { call } = openBench();
  expect((await call('GET', '/event-subscriptions', undefined, { headers: { 'emporix-tenant': 'acme' } })).status).toBe(
    200,
  );
  const { status, body } = await call('GET', '/event-subscriptions', undefined, {
    headers: { 'emporix-tenant': 'other' },
  });
  expect({ status, body }).toEqual({
    status: 400,
    body: { code: 400, status: 'Bad Request', message: 'The tenant in the header is not the one in the path.' },
  });
});

test('a key with fewer scopes gives tokens with fewer scopes', async () => {
  const { requestToken } = openBench({
    tenants: [
      { tenant: 'acme', credentials: [{ clientId: 'ro', clientSecret: 's', scopes: ['webhook.subscription_read'] }] },
    ],
  });
  const { body } = await requestToken({ client_id: 'ro', client_secret: 's' });
  expect(body).toMatchObject({ scope: 'webhook.subscription_read tenant=acme' });
});

test('tenants come into being with their first token, where that is on', async () => {
  const on = openBench({ autoCreateTenants: true, tenants: [] });
  expect((await on.requestToken({ client_id: 'new-shop-id', client_secret: 'new-shop-secret' })).status).toBe(200);
  expect((await on.control('GET', '/tenants')).body).toEqual({ tenants: ['new-shop'] });
  const off = openBench({ tenants: [] });
  expect((await off.requestToken({ client_id: 'new-shop-id', client_secret: 'new-shop-secret' })).status).toBe(401);
});
