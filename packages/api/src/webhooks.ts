import type { BodyMemo } from './body-memo.js';
import type { DocumentClient } from './document-client.js';
import type {
  Config,
  ConfigCreated,
  ConfigCreation,
  ConfigPatchOperation,
  ConfigReplacement,
  DashboardAccess,
  EventSubscription,
  operations as Operations,
  Statistics,
  SubscriptionUpdate,
} from './generated/emporix-webhook/types.js';
import { MultiStatusResult } from './multi-status.js';
import { isSuccess } from './reading.js';
import type { CallOptions } from './service.js';

/**
 * The Webhook Service of one tenant. Every method takes any 2xx status for success, rejects with an `ApiError` otherwise,
 * and with an `InvalidArgumentError` when nothing could be sent.
 */
export interface WebhooksApi {
  /** Every event type of the catalogue with the tenant's subscription; texts in `languages`, as of `Accept-Language`. */
  listSubscriptions(options?: CallOptions & { readonly languages?: string }): Promise<EventSubscription[]>;
  /** What `read` makes of them; it is not asked again for an answer that is the same as the last one with this memo. */
  readSubscriptions<T>(
    memo: BodyMemo<T>,
    read: (subscriptions: EventSubscription[]) => T,
    options?: CallOptions,
  ): Promise<T>;
  /** Subscribes and unsubscribes; up to 200 items, each judged on its own. */
  updateSubscriptions(items: readonly SubscriptionUpdate[], options?: CallOptions): Promise<MultiStatusResult>;
  listConfigs(options?: CallOptions): Promise<Config[]>;
  getConfig(code: string, options?: CallOptions): Promise<Config>;
  /** Answers the code alone; read the config to see what was made. */
  createConfig(config: ConfigCreation, options?: CallOptions): Promise<ConfigCreated>;
  replaceConfig(code: string, config: ConfigReplacement, options?: CallOptions): Promise<void>;
  patchConfig(code: string, operations: readonly ConfigPatchOperation[], options?: CallOptions): Promise<void>;
  /** An active config is deleted only with `force`. A config that is gone after a repeated request counts as deleted. */
  deleteConfig(code: string, options?: CallOptions & { readonly force?: boolean }): Promise<void>;
  /** Events sent, month by month (`YYYY-MM`), and the limit for one month. */
  getStatistics(range?: StatisticsRange, options?: CallOptions): Promise<Statistics>;
  /** A new login link and token for the tenant's Svix application: secrets that only show when read by name. */
  getDashboardAccess(options?: CallOptions): Promise<DashboardAccess>;
}

/** Months as `YYYY-MM`. */
export interface StatisticsRange {
  readonly fromYearMonth?: string;
  readonly toYearMonth?: string;
}

/** Writes every method down in terms of one operation. */
export function createWebhooksApi(client: DocumentClient<Operations, 'tenant'>): WebhooksApi {
  return {
    listSubscriptions: ({ languages, ...options } = {}) =>
      client.body(
        'listSubscriptions',
        languages === undefined ? {} : { headers: { 'Accept-Language': languages } },
        options,
      ),
    readSubscriptions: (memo, read, options) =>
      client.call('listSubscriptions', {}, options, (reading) => {
        const make = () => read(client.success('listSubscriptions', reading));
        return isSuccess(reading) ? memo.get(reading.answer.body, make) : make();
      }),
    listConfigs: (options) => client.body('listConfigs', {}, options),
    getConfig: (code, options) => client.body('getConfig', { path: { code } }, options),
    createConfig: (body, options) => client.body('createConfig', { body }, options),
    replaceConfig: (code, body, options) => client.body('replaceConfig', { path: { code }, body }, options),
    patchConfig: (code, operations, options) =>
      client.body('patchConfig', { path: { code }, body: [...operations] }, options),
    getStatistics: (range = {}, options) => client.body('getStatistics', { query: range }, options),
    getDashboardAccess: (options) => client.body('getDashboardAccess', {}, options),
    deleteConfig: (code, { force, ...options } = {}) =>
      client.remove('deleteConfig', { path: { code }, query: force === undefined ? {} : { force } }, options),
    updateSubscriptions: (items, options) =>
      client.call('updateSubscriptions', { body: [...items] }, options, (reading) => {
        const empty = isSuccess(reading) && reading.answer.body.text === '';
        return new MultiStatusResult(items, empty ? [] : client.success('updateSubscriptions', reading), reading);
      }),
  };
}
