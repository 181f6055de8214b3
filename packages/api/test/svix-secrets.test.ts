import { describe, expect, it } from 'vitest';

import { ApiError, ConcealedEndpointSecret, type SvixApi } from '../src/index.js';
import { rejection } from './support/client.js';
import { expectNothingSecret } from './support/printed.js';
import { html, json } from './support/replies.js';
import { serve, type Reply } from './support/server.js';
import { everySvixOperation, svixOf } from './support/svix.js';

const secrets = {
  token: 'canary-token-0123456789.eu',
  portalToken: 'appsk_canary-portal-token.eu',
  loginLink: 'https://app.svix.com/login#key=canary-login-key',
  endpointSecret: 'canary+endpoint/secret+0123456789ABCDEF=',
  rotatedSecret: 'whsec_canary+rotated/secret+0123456789A=',
  asymmetricSecret: 'whsk_canaryasymmetric/0123456789ABCDEF=',
  headerValue: 'canary-header-value',
  patchedHeader: 'canary patched "value"',
  userInfo: 'https://canary:canary@erp.example/hooks',
};
const { userInfo: url } = secrets;

/** All secrets in one text, as a service that quotes its input would have them, also as a form. */
const everything = `Bearer ${secrets.token} ${Object.values(secrets).join(' ')} ${new URLSearchParams(secrets).toString()}`;

/** Uses every secret, so that the client knows them, and returns what the calls rejected with. */
async function useSecrets(api: SvixApi): Promise<unknown[]> {
  const calls = await Promise.allSettled([
    api.createEndpoint({ url, secret: secrets.endpointSecret, headers: { 'x-key': secrets.headerValue } }),
    api.replaceEndpoint('erp', { url }),
    api.rotateEndpointSecret('erp', { key: secrets.rotatedSecret }),
    api.setEndpointHeaders('erp', { authorization: secrets.headerValue }),
    api.patchEndpointHeaders('erp', { 'x-key': secrets.patchedHeader, 'x-old': null }),
  ]);
  return calls.flatMap((call): unknown[] => (call.status === 'rejected' ? [call.reason] : []));
}

const quotations: Array<{ readonly as: string; readonly reply: (status: number) => Reply }> = [
  { as: 'a detail', reply: (status) => json(status, { code: everything, detail: everything }) },
  {
    as: 'findings',
    reply: (status) => json(status, { detail: [{ loc: ['body', everything], msg: everything, type: everything }] }),
  },
  { as: 'an HTML page', reply: (status) => html(status, `<html><pre>${everything}</pre></html>`) },
  { as: 'text', reply: (status) => html(status, everything) },
];

const once = { retry: false, auth: { token: secrets.token } } as const;

describe('no error shows a secret that Svix quotes', () => {
  it.each(quotations)('as $as', async ({ reply }) => {
    for (const status of [302, 400, 401, 403, 404, 409, 413, 422, 429, 500, 501]) {
      const api = svixOf(await serve(reply(status)), once);
      const errors = await useSecrets(api);
      for (const { named, outcome } of Object.values(everySvixOperation)) {
        if (named) errors.push(await rejection(named(api)));
        const unfit = await outcome(api).catch((error: unknown) => error);
        if (unfit instanceof Error) errors.push(unfit);
      }
      expect(errors.length).toBeGreaterThan(20);
      for (const error of errors) {
        expect(error).toBeInstanceOf(ApiError);
        expectNothingSecret(error);
      }
    }
  });

  it('in a success that is none', async () => {
    const api = svixOf(await serve(html(200, `<html>${everything}`)), once);
    await useSecrets(api);
    const { getEndpoint, listEndpoints, getEndpointHeaders, getEndpointSecret, replaceEndpoint } = everySvixOperation;
    for (const { outcome } of [getEndpoint, listEndpoints, getEndpointHeaders, getEndpointSecret, replaceEndpoint]) {
      const error = await rejection(outcome(api));
      expect(error).toMatchObject({ name: 'ResponseFormatError' });
      expectNothingSecret(error);
    }
  });

  it.each<[string, (api: SvixApi) => Promise<unknown>]>([
    ['getEndpointSecret', (api) => api.getEndpointSecret('erp')],
    ['getEndpointHeaders', (api) => api.getEndpointHeaders('erp')],
    ['createAppPortalAccess', (api) => api.request('createAppPortalAccess', { body: {} })],
  ])('in an answer that is never quoted, since nobody knows its secrets yet: %s', async (_, call) => {
    for (const reply of [html(200, '{"key":"canary-cut'), json(200, { keys: 'canary-0', url: 'canary-1' })]) {
      const error = await rejection(call(svixOf(await serve(reply), once)));
      expect(error).toMatchObject({ name: 'ResponseFormatError' });
      expectNothingSecret(error);
    }
  });

  it('after it was read', async () => {
    const read: Reply[] = [
      json(200, { key: 'canary-without-a-known-shape' }),
      json(200, { headers: { 'x-key': 'canary-read-header' }, sensitive: [] }),
    ];
    const [secret, headers] = read;
    const echo = json(422, {
      detail: [{ loc: [], msg: 'canary-without-a-known-shape and canary-read-header', type: 'x' }],
    });
    const server = await serve(secret ?? echo, headers ?? echo, echo);
    const api = svixOf(server, once);
    await api.getEndpointSecret('erp');
    await api.getEndpointHeaders('erp');
    const error = await rejection(api.patchEndpoint('erp', { disabled: true }));
    expect(error).toMatchObject({ message: 'patchEndpoint answered 422: [secret] and [secret]' });
    expectNothingSecret(error);
  });

  it('in what the function that gets the token threw', async () => {
    const sealed = new Error(`no ${secrets.portalToken} any more`);
    const api = svixOf({ url: 'http://nowhere.invalid' }, { auth: { token: () => Promise.reject(sealed) } });
    const error = await rejection(api.getApplication());
    expect(error).toMatchObject({ name: 'TokenError', transient: true });
    expectNothingSecret(error);
  });
});

describe('no object shows a secret when it is printed', () => {
  it('whether the client was given a token or gets it', async () => {
    const server = await serve(json(200, {}));
    for (const token of [secrets.token, async () => secrets.token]) {
      const api = svixOf(server, { auth: { token } });
      await api.getApplication();
      expectNothingSecret(api);
    }
    expect(server.requests.map(({ headers }) => headers.authorization)).toEqual(
      Array(2).fill(`Bearer ${secrets.token}`),
    );
  });

  it.each([200, 203])('an endpoint’s secret shows by name only, also with status %i', async (status) => {
    const api = svixOf(await serve(json(status, { key: secrets.endpointSecret })), once);
    const secret = await api.getEndpointSecret('erp');
    const outcome = await api.request('getEndpointSecret', { path: { endpointId: 'erp' } });
    expect(secret).toBeInstanceOf(ConcealedEndpointSecret);
    expect([secret.reveal(), secret.key]).toEqual([secrets.endpointSecret, secrets.endpointSecret]);
    expect(outcome.body).toMatchObject({ key: secrets.endpointSecret });
    for (const value of [secret, outcome, Object.entries(secret)]) expectNothingSecret(value);
  });

  it('portal access shows its link and token by name only', async () => {
    const body = { url: secrets.loginLink, token: secrets.portalToken };
    const outcome = await svixOf(await serve(json(200, body)), once).request('createAppPortalAccess', { body: {} });
    expect(outcome.body).toMatchObject(body);
    expectNothingSecret(outcome);
  });
});
