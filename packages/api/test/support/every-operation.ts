import type { EmporixApi, OperationId, Outcome } from '../../src/index.js';

const config = { code: 'erp', provider: 'SVIX_SHARED' } as const;

/** Every operation through the low-level call and through its named method. */
export const everyOperation: Record<
  OperationId,
  { outcome: (api: EmporixApi) => Promise<Outcome<OperationId>>; named: (api: EmporixApi) => Promise<unknown> }
> = {
  createConfig: {
    outcome: (api) => api.request('createConfig', { body: config }),
    named: (api) => api.webhooks.createConfig(config),
  },
  deleteConfig: {
    outcome: (api) => api.request('deleteConfig', { path: { code: 'erp' }, query: { force: true } }),
    named: (api) => api.webhooks.deleteConfig('erp', { force: true }),
  },
  getConfig: {
    outcome: (api) => api.request('getConfig', { path: { code: 'erp' } }),
    named: (api) => api.webhooks.getConfig('erp'),
  },
  getDashboardAccess: {
    outcome: (api) => api.request('getDashboardAccess', {}),
    named: (api) => api.webhooks.getDashboardAccess(),
  },
  getStatistics: {
    outcome: (api) => api.request('getStatistics', { query: { fromYearMonth: '2026-10' } }),
    named: (api) => api.webhooks.getStatistics({ fromYearMonth: '2026-10' }),
  },
  listConfigs: {
    outcome: (api) => api.request('listConfigs', {}),
    named: (api) => api.webhooks.listConfigs(),
  },
  listSubscriptions: {
    outcome: (api) => api.request('listSubscriptions', { headers: { 'Accept-Language': 'de' } }),
    named: (api) => api.webhooks.listSubscriptions(),
  },
  patchConfig: {
    outcome: (api) =>
      api.request('patchConfig', { path: { code: 'erp' }, body: [{ op: 'UPSERT', path: '/active', value: true }] }),
    named: (api) => api.webhooks.patchConfig('erp', [{ op: 'UPSERT', path: '/active', value: true }]),
  },
  replaceConfig: {
    outcome: (api) => api.request('replaceConfig', { path: { code: 'erp' }, body: config }),
    named: (api) => api.webhooks.replaceConfig('erp', config),
  },
  updateSubscriptions: {
    outcome: (api) => api.request('updateSubscriptions', { body: [{ eventType: 'product.created' }] }),
    named: (api) => api.webhooks.updateSubscriptions([{ eventType: 'product.created' }]),
  },
};
