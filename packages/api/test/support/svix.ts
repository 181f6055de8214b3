import { createSvixApi, type SvixApi, type SvixApiOptions, type SvixOperationId } from '../../src/index.js';
import { tokenSequence } from './client.js';
import { skippingClock } from './clocks.js';
import type { Calls } from './documented-answers.js';

/** A client of the application `acme` that never really waits between attempts; its keys are `key-1`, `key-2` and so on. */
export function svixOf(server: { readonly url: string }, options: Partial<SvixApiOptions> = {}): SvixApi {
  let keys = 0;
  return createSvixApi({
    appId: 'acme',
    baseUrl: server.url,
    auth: tokenSequence(),
    clock: skippingClock(),
    random: () => 0.5,
    idempotencyKey: () => `key-${(keys += 1)}`,
    ...options,
  });
}

export const url = 'https://erp.example/hooks';
export const secret = 'whsec_ZXhhbXBsZSBlbmRwb2ludCBzZWNyZXQhIQ==';
const path = { endpointId: 'erp' };
const since = '2026-03-01T08:00:00Z';

const messages = {
  limit: 250,
  iterator: 'msg_1',
  after: since,
  event_types: 'order.created,order.updated',
  with_content: false,
};

/** Every operation through the low-level call and, where it has one, through its named method. */
export const everySvixOperation: Record<SvixOperationId, Calls<SvixApi>> = {
  createApplication: { outcome: (api) => api.request('createApplication', { body: { name: 'Acme' } }) },
  createAppPortalAccess: { outcome: (api) => api.request('createAppPortalAccess', { body: { expiry: 3600 } }) },
  createEndpoint: {
    outcome: (api) => api.request('createEndpoint', { body: { url, secret } }),
    named: (api) => api.createEndpoint({ url, secret }),
  },
  createMessage: {
    outcome: (api) => api.request('createMessage', { body: { eventType: 'order.created', payload: { id: '1' } } }),
  },
  deleteApplication: { outcome: (api) => api.request('deleteApplication', {}) },
  deleteEndpoint: {
    outcome: (api) => api.request('deleteEndpoint', { path }),
    named: (api) => api.deleteEndpoint('erp'),
  },
  getApplication: {
    outcome: (api) => api.request('getApplication', {}),
    named: (api) => api.getApplication(),
  },
  getEndpoint: {
    outcome: (api) => api.request('getEndpoint', { path }),
    named: (api) => api.getEndpoint('erp'),
  },
  getEndpointHeaders: {
    outcome: (api) => api.request('getEndpointHeaders', { path }),
    named: (api) => api.getEndpointHeaders('erp'),
  },
  getEndpointSecret: {
    outcome: (api) => api.request('getEndpointSecret', { path }),
    named: (api) => api.getEndpointSecret('erp'),
  },
  getEndpointStats: {
    outcome: (api) => api.request('getEndpointStats', { path, query: { since } }),
    named: (api) => api.getEndpointStats('erp', { since }),
  },
  getEventType: {
    outcome: (api) => api.request('getEventType', { path: { eventTypeName: 'order.created' } }),
    named: (api) => api.getEventType('order.created'),
  },
  listApplications: { outcome: (api) => api.request('listApplications', { query: { limit: 5 } }) },
  listEndpoints: {
    outcome: (api) => api.request('listEndpoints', { query: { limit: 5, order: 'descending', iterator: 'ep_1' } }),
    named: (api) => api.listEndpoints({ limit: 5, order: 'descending', iterator: 'ep_1' }),
  },
  listEventTypes: {
    outcome: (api) => api.request('listEventTypes', { query: { include_archived: true, limit: 5 } }),
    named: (api) => api.listEventTypes({ include_archived: true, limit: 5 }),
  },
  listMessages: {
    outcome: (api) => api.request('listMessages', { query: messages }),
    named: (api) => api.listMessages(messages),
  },
  logout: { outcome: (api) => api.request('logout', {}), named: (api) => api.logout() },
  patchEndpoint: {
    outcome: (api) => api.request('patchEndpoint', { path, body: { eventTypes: null, disabled: false } }),
    named: (api) => api.patchEndpoint('erp', { eventTypes: null, disabled: false }),
  },
  patchEndpointHeaders: {
    outcome: (api) => api.request('patchEndpointHeaders', { path, body: { headers: { 'x-a': '1', 'x-b': null } } }),
    named: (api) => api.patchEndpointHeaders('erp', { 'x-a': '1', 'x-b': null }),
  },
  recoverEndpoint: {
    outcome: (api) => api.request('recoverEndpoint', { path, body: { since } }),
    named: (api) => api.recoverEndpoint('erp', { since }),
  },
  replaceApplication: { outcome: (api) => api.request('replaceApplication', { body: { name: 'Acme' } }) },
  replaceEndpoint: {
    outcome: (api) => api.request('replaceEndpoint', { path, body: { url, uid: 'erp' } }),
    named: (api) => api.replaceEndpoint('erp', { url, uid: 'erp' }),
  },
  replayMissing: {
    outcome: (api) => api.request('replayMissing', { path, body: { since } }),
    named: (api) => api.replayMissing('erp', { since }),
  },
  rotateEndpointSecret: {
    outcome: (api) => api.request('rotateEndpointSecret', { path, body: { key: secret } }),
    named: (api) => api.rotateEndpointSecret('erp', { key: secret }),
  },
  sendExample: {
    outcome: (api) => api.request('sendExample', { path, body: { eventType: 'svix.ping' } }),
    named: (api) => api.sendExample('erp', { eventType: 'svix.ping' }),
  },
  setEndpointHeaders: {
    outcome: (api) => api.request('setEndpointHeaders', { path, body: { headers: { 'x-a': '1' } } }),
    named: (api) => api.setEndpointHeaders('erp', { 'x-a': '1' }),
  },
};
