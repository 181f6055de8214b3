import type { OperationId } from './generated/emporix-webhook/operations.js';
import type {
  Config,
  ConfigCreated,
  ConfigCreation,
  ConfigPatchOperation,
  ConfigReplacement,
  DashboardAccess,
  EventSubscription,
  Statistics,
  SubscriptionUpdate,
} from './generated/emporix-webhook/types.js';
import { MultiStatusResult } from './multi-status.js';
import type { OperationInput, SuccessBody } from './operation-types.js';
import { isSuccess, statusError, type Reading } from './reading.js';
import type { CallOptions } from './service.js';
import { successBody } from './success-body.js';

/**
 * The Webhook Service of one tenant. Every method takes any 2xx status for success, rejects with an `ApiError` otherwise,
 * and with an `InvalidArgumentError` when nothing could be sent.
 */
export interface WebhooksApi {
  /** Every event type of the catalogue with the tenant's subscription. */
  listSubscriptions(options?: CallOptions): Promise<EventSubscription[]>;
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

/** Calls one operation for the tenant and lets `read` make something of the answer. */
export type CallOperation = <Op extends OperationId, T>(
  operationId: Op,
  input: OperationInput<Op>,
  options: CallOptions | undefined,
  read: (reading: Reading) => T,
) => Promise<T>;

/** Writes every method down in terms of one operation. */
export function createWebhooksApi(call: CallOperation): WebhooksApi {
  const bodyOf = <Op extends OperationId>(
    operationId: Op,
    input: OperationInput<Op>,
    options: CallOptions | undefined,
  ): Promise<SuccessBody<Op>> =>
    call(operationId, input, options, (reading) => {
      if (!isSuccess(reading)) throw statusError(reading);
      return successBody(operationId, reading);
    });

  return {
    listSubscriptions: (options) => bodyOf('listSubscriptions', {}, options),
    listConfigs: (options) => bodyOf('listConfigs', {}, options),
    getConfig: (code, options) => bodyOf('getConfig', { path: { code } }, options),
    createConfig: (body, options) => bodyOf('createConfig', { body }, options),
    replaceConfig: (code, body, options) => bodyOf('replaceConfig', { path: { code }, body }, options),
    patchConfig: (code, operations, options) =>
      bodyOf('patchConfig', { path: { code }, body: [...operations] }, options),
    getStatistics: (range = {}, options) => bodyOf('getStatistics', { query: range }, options),
    getDashboardAccess: (options) => bodyOf('getDashboardAccess', {}, options),
    deleteConfig: (code, { force, ...options } = {}) =>
      call('deleteConfig', { path: { code }, query: force === undefined ? {} : { force } }, options, (reading) => {
        const { status, ambiguous } = reading.answer;
        // The lost answer to an earlier request was the success.
        if (!isSuccess(reading) && !(status === 404 && ambiguous)) throw statusError(reading);
      }),
    updateSubscriptions: (items, options) =>
      call('updateSubscriptions', { body: [...items] }, options, (reading) => {
        if (!isSuccess(reading)) throw statusError(reading);
        const results = reading.answer.text === '' ? [] : successBody('updateSubscriptions', reading);
        return new MultiStatusResult(items, results, reading);
      }),
  };
}
