import { describe, expect, it } from 'vitest';

import {
  AccessToken,
  ApiError,
  createTokenProvider,
  type ClientCredentials,
  type ConfigCreation,
  type EmporixApi,
  type TokenProvider,
} from '../src/index.js';
import { clientOf, rejection } from './support/client.js';
import { everyOperation } from './support/every-operation.js';
import { CANARY, expectNothingSecret, printed } from './support/printed.js';
import { html, json, tokens } from './support/replies.js';
import { serve, type Reply } from './support/server.js';

const secrets = {
  accessToken: 'canary-access-0123456789',
  clientSecret: 'canary client & "secret" +ü',
  apiKey: 'Bearer canary-api-key',
  secretKey: 'canary-signing-key',
  headerValue: 'canary-header-value',
  dashboardUrl: 'https://app.svix.com/login#key=canary-dashboard-key',
  dashboardToken: 'appsk_canary-dashboard-token.eu',
};

const credentials: ClientCredentials = { clientId: 'acme-id', clientSecret: secrets.clientSecret };

const auth: TokenProvider = {
  getToken: () => Promise.resolve(new AccessToken(secrets.accessToken, { scopes: [] })),
  invalidate: () => {},
};

const configs: ConfigCreation[] = [
  { code: 'a', provider: 'SVIX', configuration: { apiKey: secrets.apiKey } },
  {
    code: 'b',
    provider: 'HTTP',
    configuration: { secretKey: secrets.secretKey, headers: { 'x-key': { value: secrets.headerValue } } },
  },
];

/** All secrets in one text, as a service that quotes its input would have them, also as a form. */
const everything = `Authorization: Bearer ${secrets.accessToken} ${Object.values(secrets).join(' ')} ${new URLSearchParams(secrets).toString()}`;

/** A client with credentials of a service that gives a token and answers everything else with `reply`. */
async function clientAnswered(reply: Reply): Promise<EmporixApi> {
  const token = tokens({ access_token: secrets.accessToken });
  const server = await serve((response, request) => {
    (request.path === '/oauth/token' ? token : reply)(response, request);
  });
  return clientOf(server, { auth: credentials, retry: false });
}

/** Uses every secret, so that the client knows them, and returns the errors. */
async function useSecrets({ webhooks }: EmporixApi): Promise<unknown[]> {
  const calls = await Promise.allSettled([
    ...configs.map((config) => webhooks.createConfig(config)),
    webhooks.patchConfig('a', [{ op: 'UPSERT', path: '/configuration/svix/apiKey', value: secrets.apiKey }]),
    webhooks.patchConfig('b', [{ op: 'UPSERT', path: '/configuration/http/secretKey', value: secrets.secretKey }]),
  ]);
  return calls.flatMap((call): unknown[] => (call.status === 'rejected' ? [call.reason] : []));
}

const quotations: Array<{ readonly as: string; readonly reply: (status: number) => Reply }> = [
  {
    as: 'a message',
    reply: (status) => json(status, { code: status, status: everything, message: everything, details: [everything] }),
  },
  {
    as: 'a fault',
    reply: (status) => json(status, { fault: { faultstring: everything, detail: { errorcode: everything } } }),
  },
  { as: 'an OAuth error', reply: (status) => json(status, { ErrorCode: everything, Error: everything }) },
  { as: 'JSON of another kind', reply: (status) => json(status, [everything]) },
  { as: 'an HTML page', reply: (status) => html(status, `<html><pre>${everything}</pre></html>`) },
  { as: 'text', reply: (status) => html(status, everything) },
];

describe('no error shows a secret that the service quotes', () => {
  it.each(quotations)('as $as', async ({ reply }) => {
    for (const status of [302, 400, 401, 403, 404, 409, 418, 429, 500, 502]) {
      const api = await clientAnswered(reply(status));
      const errors = await useSecrets(api);
      for (const { named, outcome } of Object.values(everyOperation)) {
        errors.push(await rejection(named(api)));
        const unfit = await outcome(api).catch((error: unknown) => error);
        if (unfit instanceof Error) errors.push(unfit);
      }
      for (const error of errors) {
        expect(error).toBeInstanceOf(ApiError);
        expectNothingSecret(error);
      }
    }
  });

  it('in a success that is none', async () => {
    const api = await clientAnswered(html(200, `<html>${everything}`));
    await useSecrets(api);
    const { listConfigs, listSubscriptions, getConfig, getStatistics, getDashboardAccess } = everyOperation;
    const reads = [listConfigs, listSubscriptions, getConfig, getStatistics, getDashboardAccess];
    for (const { named, outcome } of reads) {
      for (const error of [await rejection(named(api)), await rejection(outcome(api))]) {
        expect(error).toMatchObject({ name: 'ResponseFormatError' });
        expectNothingSecret(error);
      }
    }
  });

  it.each([200, 500])('in what should have been dashboard access, whose body is never quoted: %i', async (status) => {
    const cut = '{"url":"https://svix.example/canary-link","token":"canary-tok';
    const error = await rejection((await clientAnswered(html(status, cut))).webhooks.getDashboardAccess());
    expect(error).toBeInstanceOf(ApiError);
    expectNothingSecret(error);
  });

  it('about the items of a request', async () => {
    const echo = { eventType: 'product.created', code: 400, status: everything, message: everything };
    const server = await serve(json(207, [echo, { [everything]: everything }]));
    const result = await clientOf(server, { auth }).webhooks.updateSubscriptions([{ eventType: 'product.created' }]);
    expect(result.extras).toHaveLength(1);
    expect(printed(result)).not.toContain(secrets.accessToken);
    const error = await rejection(Promise.resolve(result).then((answered) => answered.throwIfFailed()));
    expect(printed(error)).not.toContain(secrets.accessToken);
  });

  it.each(quotations)('at the token endpoint as $as', async ({ reply }) => {
    for (const status of [200, 302, 400, 401, 429, 500]) {
      const server = await serve(reply(status));
      const provider = createTokenProvider({ ...credentials, baseUrl: server.url, retry: false });
      const error = await rejection(provider.getToken());
      expect(error).toMatchObject({ name: 'TokenError' });
      expect(printed(error)).not.toMatch(/canary.client/);
    }
  });
});

describe('no error shows a secret that comes from below', () => {
  it('in the chain of what fetch threw', async () => {
    const cause = new TypeError('fetch failed', { cause: new Error(`invalid header: Bearer ${secrets.accessToken}`) });
    const api = clientOf({ url: 'http://nowhere.invalid' }, { auth, retry: false, fetch: () => Promise.reject(cause) });
    const error = await rejection(api.webhooks.listConfigs());
    expect(error).toMatchObject({
      name: 'ConnectionError',
      cause: { cause: { message: 'invalid header: Bearer [secret]' } },
    });
    expect(printed(error)).not.toMatch(CANARY);
  });

  it('in the reason of an abort', async () => {
    const api = clientOf(await serve(json(200, [])), { auth });
    const signal = AbortSignal.abort(new Error(`no more Bearer ${secrets.accessToken}`));
    expect(printed(await rejection(api.webhooks.listConfigs({ signal })))).not.toMatch(CANARY);
  });

  it('in what a token provider threw', async () => {
    const broken: TokenProvider = {
      ...auth,
      getToken: () => Promise.reject(new Error(`client_secret=canary was refused`)),
    };
    expect(
      printed(await rejection(clientOf({ url: 'http://nowhere.invalid' }, { auth: broken }).webhooks.listConfigs())),
    ).not.toMatch(CANARY);
  });

  it('in a token that no header can carry', async () => {
    const server = await serve(tokens({ access_token: 'canary\nX-Injected: yes' }));
    expect(
      printed(await rejection(createTokenProvider({ ...credentials, baseUrl: server.url }).getToken())),
    ).not.toMatch(CANARY);
  });
});

it('an access token that no header can carry is refused without being quoted', () => {
  expect(() => new AccessToken('canary\nX-Injected: yes')).toThrow(
    'An access token must be printable ASCII without blanks',
  );
});

describe('no object shows a secret when it is printed', () => {
  it('whether client, provider or token', async () => {
    const server = await serve(tokens({ access_token: secrets.accessToken }));
    const provider = createTokenProvider({ ...credentials, baseUrl: server.url });
    const token = await provider.getToken();
    expect(token.reveal()).toBe(secrets.accessToken);
    for (const value of [token, provider, clientOf(server, { auth: credentials })]) expectNothingSecret(value);
  });

  it.each([200, 203])('dashboard access gives its link and token by name only, also with status %i', async (status) => {
    const body = { url: secrets.dashboardUrl, token: secrets.dashboardToken };
    const api = clientOf(await serve(json(status, body)), { auth });
    const access = await api.webhooks.getDashboardAccess();
    const outcome = await api.request('getDashboardAccess', {});
    expect({ url: access.url, token: access.token }).toEqual(body);
    expect(outcome.body).toMatchObject(body);
    expectNothingSecret(access);
    expectNothingSecret(outcome);
    expectNothingSecret({ ...access });
  });
});
