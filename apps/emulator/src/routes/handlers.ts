import type { Handler } from './call.js';
import { createConfig, deleteConfig, getConfig, listConfigs, patchConfig, replaceConfig } from './configs.js';
import { getDashboardAccess } from './dashboard.js';
import { getStatistics } from './statistics.js';
import { listSubscriptions, updateSubscriptions } from './subscriptions.js';

export type Handlers = Readonly<Record<string, Handler>>;

/** The operations on a tenant by operationId. */
export const tenantHandlers: Handlers = {
  createConfig,
  listConfigs,
  getConfig,
  replaceConfig,
  patchConfig,
  deleteConfig,
  listSubscriptions,
  updateSubscriptions,
  getDashboardAccess,
  getStatistics,
};
