import { describe, expect, test } from 'vitest';
import { ModelConfigs, type ModelConfig } from '../../test/support/model-configs.js';
import { fail, ModelServer, type Script } from '../../test/support/model-server.js';
import { ModelSvix } from '../../test/support/model-svix.js';
import { Effects, ModelTenant } from '../../test/support/model-tenant.js';
import { unavailable } from '../../test/support/reconciling.js';
import { INSTANCE, row } from '../../test/support/values.js';
import { survey } from './survey.js';

const SHARED: ModelConfig = { code: 'svix_shared', provider: 'SVIX_SHARED', active: true };
const HTTP: ModelConfig = { code: 'http', provider: 'HTTP', active: true, headers: {}, entries: [] };
const endpoint = (id: string, metadata: Record<string, string>, uid: string) => ({
  id,
  uid,
  metadata,
  url: `https://${id}.example/`,
  description: '',
  eventTypes: null,
  channels: null,
  rateLimit: null,
  disabled: false,
  headers: { 'x-a': 'b' },
  secret: 'whsec_x',
});
const MARKS = { 'managed-by': 'gateway-sync', 'gateway-sync-instance': INSTANCE };
const { signal } = new AbortController();

function tenantOf(configs: readonly ModelConfig[], script: Script = {}) {
  const svix = new ModelSvix([endpoint('ep_ours', MARKS, `${INSTANCE}.erp`), endpoint('ep_theirs', {}, 'crm')]);
  return new ModelTenant(new ModelServer([row('a.x')], script), new ModelConfigs(configs), svix, new Effects());
}

describe('a survey', () => {
  test('reads subscriptions, configs, and the endpoints where the active config delivers through Svix', async () => {
    const { endpoints, ...rest } = await survey(INSTANCE, tenantOf([SHARED]), signal);
    expect(rest).toEqual({ subscriptions: [row('a.x')], configs: [SHARED] });
    expect(endpoints?.complete).toBe(true);
    expect(
      endpoints?.endpoints.map(({ id, headers, secret }) => [id, Object.keys(headers?.values ?? {}), secret]),
    ).toEqual([
      ['ep_ours', ['x-a'], undefined],
      ['ep_theirs', [], undefined],
    ]);
  });

  test.each([
    ['HTTP', [HTTP]],
    ['a shared account that is not active', [HTTP, { ...SHARED, active: false }]],
  ])('does not ask Svix of a tenant with %s', async (_, configs) => {
    const gateway = tenantOf(configs);
    gateway.endpoints.list = () => Promise.reject(new Error('asked'));
    expect(await survey(INSTANCE, gateway, signal)).not.toHaveProperty('endpoints');
  });

  test('tells what else could not be read, and throws when the subscriptions could not be, or not whole', async () => {
    const gateway = tenantOf([SHARED]);
    gateway.endpoints.list = () => Promise.reject(unavailable());
    expect(await survey(INSTANCE, gateway, signal)).toMatchObject({ failures: [{ resource: 'endpoint' }] });
    gateway.listConfigs = () => Promise.reject(unavailable());
    const blind = await survey(INSTANCE, gateway, signal);
    expect(blind.failures).toMatchObject([{ resource: 'config' }]);
    expect(blind).not.toHaveProperty('configs');

    await expect(survey(INSTANCE, tenantOf([], { onRead: () => fail(unavailable()) }), signal)).rejects.toThrow('503');
    const cut: Script = { onRead: () => ({ subscriptions: [], incomplete: 'cut' }) };
    await expect(survey(INSTANCE, tenantOf([], cut), signal)).rejects.toThrow(
      'the subscriptions could not be read whole: cut',
    );
  });

  test('lets a bug and an abort through', async () => {
    const gateway = tenantOf([SHARED]);
    gateway.listConfigs = () => Promise.reject(new TypeError('a bug'));
    await expect(survey(INSTANCE, gateway, signal)).rejects.toThrow('a bug');
    const abort = new AbortController();
    gateway.listConfigs = () => {
      abort.abort(new Error('stopping'));
      return Promise.reject(unavailable());
    };
    await expect(survey(INSTANCE, gateway, abort.signal)).rejects.toThrow('stopping');
  });
});
