import { createServiceApi, type ServiceApi, type ServiceApiOptions, type ServiceOperationId } from '../../src/index.js';
import { skippingClock } from './clocks.js';
import type { Calls } from './documented-answers.js';

/** A client that never really waits between attempts. */
export function serviceOf(server: { readonly url: string }, options: Partial<ServiceApiOptions> = {}): ServiceApi {
  return createServiceApi({
    baseUrl: server.url,
    token: 'token-1',
    clock: skippingClock(),
    random: () => 0.5,
    ...options,
  });
}

const path = { tenant: 'acme' };

/** Every operation through the low-level call, and through its named method where it has one. */
export const everyServiceOperation: Record<ServiceOperationId, Calls<ServiceApi>> = {
  getHealth: { outcome: (api) => api.request('getHealth', {}), named: (api) => api.getHealth() },
  getLiveness: { outcome: (api) => api.request('getLiveness', {}) },
  getMetrics: { outcome: (api) => api.request('getMetrics', {}), named: (api) => api.getMetrics() },
  getPlan: { outcome: (api) => api.request('getPlan', { path }), named: (api) => api.getPlan('acme') },
  getQuota: { outcome: (api) => api.request('getQuota', { path }), named: (api) => api.getQuota('acme') },
  getReadiness: { outcome: (api) => api.request('getReadiness', {}) },
  getTenant: { outcome: (api) => api.request('getTenant', { path }), named: (api) => api.getTenant('acme') },
  listHistory: {
    outcome: (api) => api.request('listHistory', { path, query: { limit: 5, cursor: '4711' } }),
    named: (api) => api.listHistory('acme', { limit: 5, cursor: '4711' }),
  },
  listTenants: {
    outcome: (api) => api.request('listTenants', { query: { state: 'failing', limit: 5, cursor: 'acme' } }),
    named: (api) => api.listTenants({ state: 'failing', limit: 5, cursor: 'acme' }),
  },
  pauseTenant: {
    outcome: (api) => api.request('pauseTenant', { path, body: { reason: 'moving' } }),
    named: (api) => api.pauseTenant('acme', { reason: 'moving' }),
  },
  reloadFile: { outcome: (api) => api.request('reloadFile', {}), named: (api) => api.reloadFile() },
  resumeTenant: {
    outcome: (api) => api.request('resumeTenant', { path }),
    named: (api) => api.resumeTenant('acme'),
  },
  syncTenant: { outcome: (api) => api.request('syncTenant', { path }), named: (api) => api.syncTenant('acme') },
};
