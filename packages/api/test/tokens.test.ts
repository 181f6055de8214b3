import { describe, expect, it, vi } from 'vitest';

import { createTokenProvider, type ApiHooks, type CallEvent, type ClientCredentials } from '../src/index.js';
import { skippingClock } from './support/clocks.js';
import { clientOf, rejection } from './support/client.js';
import { empty, html, json, tokens } from './support/replies.js';
import { serve, type Received, type Reply, type TestServer } from './support/server.js';

const credentials: ClientCredentials = { clientId: 'acme-id', clientSecret: 'acme-secret' };

const isTokenRequest = ({ path }: Received): boolean => path === '/oauth/token';
const bearer = ({ headers }: Received): unknown => headers.authorization;

/** A server that sends token requests one way and all others another way. */
function serveBoth(token: Reply, other: Reply): Promise<TestServer> {
  return serve((response, request) => (isTokenRequest(request) ? token : other)(response, request));
}

/** Refuses every token but the newest. */
const accepting =
  (valid: string): Reply =>
  (response, request) =>
    (bearer(request) === `Bearer ${valid}` ? json(200, []) : json(401, { fault: { faultstring: 'expired' } }))(
      response,
      request,
    );

describe('client credentials', () => {
  it('are sent as a form, once for many calls', async () => {
    const server = await serveBoth(tokens(), json(200, []));
    const api = clientOf(server, { auth: { ...credentials, clientSecret: 'a&b=c +ü', scope: 'one two' } });
    await Promise.all(Array.from({ length: 5 }, () => api.webhooks.listConfigs()));
    const tokenRequests = server.requests.filter(isTokenRequest);
    expect(
      tokenRequests.map(({ method, headers, body }) => [method, headers['content-type'], headers.authorization, body]),
    ).toEqual([
      [
        'POST',
        'application/x-www-form-urlencoded',
        undefined,
        'grant_type=client_credentials&client_id=acme-id&client_secret=a%26b%3Dc+%2B%C3%BC&scope=one+two',
      ],
    ]);
    expect(server.requests.filter((request) => !isTokenRequest(request)).map(bearer)).toEqual(
      Array(5).fill('Bearer token-1'),
    );
  });

  it('may have a token URL of their own', async () => {
    const oauth = await serve(tokens());
    const server = await serve(json(200, []));
    await clientOf(server, {
      auth: { ...credentials, tokenUrl: `${oauth.url}/realms/x/token?a=b` },
    }).webhooks.listConfigs();
    expect(oauth.requests.map(({ path }) => path)).toEqual(['/realms/x/token?a=b']);
  });

  it('serve several clients through one provider', async () => {
    const server = await serveBoth(tokens(), json(200, []));
    const auth = createTokenProvider({ ...credentials, baseUrl: server.url });
    await Promise.all(
      [clientOf(server, { auth }), clientOf(server, { auth })].map((api) => api.webhooks.listConfigs()),
    );
    expect(server.requests.filter(isTokenRequest)).toHaveLength(1);
  });
});

describe('a token that the service refuses', () => {
  it('is replaced by one request, however many callers have it', async () => {
    let reply = json(200, []);
    const server = await serveBoth(tokens(), (response, request) => reply(response, request));
    const clock = skippingClock();
    const api = clientOf(server, { auth: credentials, clock, concurrency: 20 });
    await api.webhooks.listConfigs();
    reply = accepting('token-2');
    clock.skip(10_000);
    const results = await Promise.all(Array.from({ length: 20 }, () => api.webhooks.listConfigs()));
    expect(results).toEqual(Array.from({ length: 20 }, () => []));
    expect(server.requests.filter(isTokenRequest)).toHaveLength(2);
    expect(server.requests.filter((request) => bearer(request) === 'Bearer token-2')).toHaveLength(20);
  });

  it('is replaced once for a call; the second 401 is the answer', async () => {
    const server = await serveBoth(
      tokens(),
      json(401, {
        fault: { faultstring: 'Invalid access token', detail: { errorcode: 'oauth.v2.InvalidAccessToken' } },
      }),
    );
    const clock = skippingClock();
    const auth = createTokenProvider({ ...credentials, baseUrl: server.url, clock });
    await auth.getToken();
    clock.skip(10_000);
    const error = await rejection(clientOf(server, { auth, clock }).webhooks.listConfigs());
    expect(error).toMatchObject({
      name: 'UnauthorizedError',
      attempts: 2,
      problem: { message: 'Invalid access token', code: 'oauth.v2.InvalidAccessToken', details: [] },
    });
    expect(server.requests.filter(isTokenRequest)).toHaveLength(2);
  });

  it('is replaced once even when it was obtained a moment ago', async () => {
    const server = await serveBoth(tokens(), accepting('token-2'));
    await expect(clientOf(server, { auth: credentials }).webhooks.listConfigs()).resolves.toEqual([]);
    expect(server.requests.filter(isTokenRequest)).toHaveLength(2);
  });
});

describe('a token request that fails', () => {
  it.each([
    {
      body: { fault: { faultstring: 'Invalid ApiKey', detail: { errorcode: 'oauth.v2.InvalidApiKey' } } },
      says: 'Invalid ApiKey',
      code: 'oauth.v2.InvalidApiKey',
    },
    {
      body: { ErrorCode: 'invalid_client', Error: 'Client credentials are invalid' },
      says: 'Client credentials are invalid',
      code: 'invalid_client',
    },
    {
      body: { error: 'invalid_client', error_description: 'Wrong secret' },
      says: 'Wrong secret',
      code: 'invalid_client',
    },
  ])('is a TokenError that says "$says", and is not repeated by the next call', async ({ body, says, code }) => {
    const server = await serveBoth(json(401, body), json(200, []));
    const api = clientOf(server, { auth: credentials });
    const errors = [await rejection(api.webhooks.listConfigs()), await rejection(api.webhooks.listConfigs())];
    expect(errors.map((error) => error instanceof Error && error.message)).toEqual(
      Array(2).fill(`No access token: requestToken answered 401: ${says}`),
    );
    expect(errors[0]).toMatchObject({
      name: 'TokenError',
      status: 401,
      transient: false,
      cause: { problem: { code } },
    });
    expect(server.requests.map(({ path }) => path)).toEqual(['/oauth/token']);
  });

  it('is repeated after a 5xx, a 429 or a broken connection', async () => {
    const server = await serve(empty(503), empty(429), (response) => response.destroy(), tokens(), json(200, []));
    await clientOf(server, { auth: credentials }).webhooks.listConfigs();
    expect(server.requests.map(({ path }) => path)).toEqual([
      ...Array<string>(4).fill('/oauth/token'),
      '/webhook/acme/config',
    ]);
  });

  it('is a transient TokenError when the endpoint stays away', async () => {
    const server = await serve(empty(503));
    const error = await rejection(clientOf(server, { auth: credentials }).webhooks.listConfigs());
    expect(error).toMatchObject({
      name: 'TokenError',
      status: 503,
      transient: true,
      attempts: 4,
      cause: { name: 'ServerError' },
    });
  });

  it.each([
    { what: 'HTML', reply: html(200, '<p>login</p>') },
    { what: 'no token', reply: json(200, { token_type: 'Bearer' }) },
    { what: 'a token that fits in no header', reply: json(200, { access_token: 'a\nb', expires_in: 5 }) },
  ])('is a TokenError when the answer has $what', async ({ reply }) => {
    const server = await serve(reply);
    const error = await rejection(clientOf(server, { auth: credentials }).webhooks.listConfigs());
    expect(error).toMatchObject({
      name: 'TokenError',
      status: 200,
      message: 'The token endpoint answered without a usable access token',
    });
  });

  it('is a TokenError when somebody else’s provider throws', async () => {
    const server = await serve(json(200, []));
    const auth = { getToken: () => Promise.reject(new Error('vault is sealed')), invalidate: () => {} };
    const error = await rejection(clientOf(server, { auth }).webhooks.listConfigs());
    expect(error).toMatchObject({
      name: 'TokenError',
      operationId: 'listConfigs',
      cause: { message: 'vault is sealed' },
    });
  });
});

describe('the lifetime of a token', () => {
  it.each([
    { said: undefined, lifetimeMs: 300_000, lifetimeAssumed: true },
    { said: 0, lifetimeMs: 300_000, lifetimeAssumed: true },
    { said: -1, lifetimeMs: 300_000, lifetimeAssumed: true },
    { said: 'soon', lifetimeMs: 300_000, lifetimeAssumed: true },
    { said: '14399', lifetimeMs: 14_399_000, lifetimeAssumed: false },
  ])('is $lifetimeMs ms when the answer says $said', async ({ said, ...expected }) => {
    const server = await serve(tokens({ expires_in: said }));
    const onToken = vi.fn<NonNullable<ApiHooks['onToken']>>();
    await createTokenProvider({ ...credentials, baseUrl: server.url, hooks: { onToken } }).getToken();
    expect(onToken.mock.calls).toEqual([[{ type: 'obtained', ...expected }]]);
  });
});

describe('granted scopes', () => {
  it.each([
    'webhook.subscription_read tenant=acme',
    'scope=webhook.subscription_read other.thing',
    'tenant=acme webhook.subscription_read',
  ])('are read from "%s", and a 403 names the one that is missing', async (scope) => {
    const server = await serveBoth(tokens({ scope }), json(403, { code: 403, status: 'Forbidden', message: 'no' }));
    const error = await rejection(clientOf(server, { auth: credentials }).webhooks.updateSubscriptions([]));
    expect(error).toMatchObject({
      name: 'ForbiddenError',
      requiredScopes: ['webhook.subscription_manage'],
      missingScopes: ['webhook.subscription_manage'],
      message: 'updateSubscriptions answered 403: no (the token lacks the scope webhook.subscription_manage)',
    });
  });

  it('are not blamed for a 403 when they suffice or are not known', async () => {
    for (const overrides of [{ scope: 'webhook.subscription_read' }, {}]) {
      const server = await serveBoth(tokens(overrides), json(403, {}));
      const error = await rejection(clientOf(server, { auth: credentials }).webhooks.listConfigs());
      expect(error).toMatchObject({ requiredScopes: ['webhook.subscription_read'], missingScopes: [] });
    }
  });

  it('are named in a TokenError when none of those asked for is granted', async () => {
    const server = await serve(tokens({ scope: 'tenant=acme' }));
    const auth = { ...credentials, scope: 'tenant=acme webhook.subscription_read webhook.subscription_manage' };
    const error = await rejection(clientOf(server, { auth }).webhooks.listConfigs());
    expect(error).toMatchObject({
      name: 'TokenError',
      missingScopes: ['webhook.subscription_read', 'webhook.subscription_manage'],
      message: 'The key has none of the scopes asked for: webhook.subscription_read, webhook.subscription_manage',
    });
  });
});

it('does not wait for itself when one request at a time is allowed', async () => {
  const server = await serveBoth(tokens(), json(200, []));
  const calls: CallEvent[] = [];
  const api = clientOf(server, {
    auth: credentials,
    concurrency: 1,
    hooks: { onCall: (event) => void calls.push(event) },
  });
  await Promise.all([api.webhooks.listConfigs(), api.webhooks.listConfigs()]);
  expect(calls.map(({ upstream, operationId }) => [upstream, operationId])).toEqual([
    ['oauth', 'requestToken'],
    ['emporix', 'listConfigs'],
    ['emporix', 'listConfigs'],
  ]);
});
