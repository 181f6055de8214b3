import type { EmporixApi, EventSubscription, SubscriptionUpdate } from '@gateway-sync/api';
import type { Gateway, ItemAnswer, QuotaStatistics, SubscriptionChange } from '../../core/ports.js';
import type { Observation, ObservedSubscription } from '../../core/state.js';
import { toGatewayError } from './gateway-error.js';

/** One tenant of the Webhook Service as the core sees it. */
export class EmporixGateway implements Gateway {
  constructor(private readonly api: EmporixApi) {}

  async listSubscriptions(signal: AbortSignal): Promise<Observation> {
    const rows = await asked(signal, () => this.api.webhooks.listSubscriptions({ signal }));
    return { subscriptions: rows.map(observed) };
  }

  async updateSubscriptions(
    changes: readonly SubscriptionChange[],
    signal: AbortSignal,
  ): Promise<readonly ItemAnswer[]> {
    const result = await asked(signal, () => this.api.webhooks.updateSubscriptions(changes.map(update), { signal }));
    return result.items.map(({ result: answer }): ItemAnswer => {
      if (!answer) return {};
      return { code: answer.code, ...(answer.message !== undefined && { message: answer.message }) };
    });
  }

  async readQuota(month: string, signal: AbortSignal): Promise<QuotaStatistics> {
    const range = { fromYearMonth: month, toYearMonth: month };
    const statistics = await asked(signal, () => this.api.webhooks.getStatistics(range, { signal }));
    return {
      limit: statistics.webhooksLimit,
      months: statistics.monthStatistics.map((row) => ({
        month: row.statisticsMonth,
        sent: row.succesfullySentWebhooks,
      })),
    };
  }
}

async function asked<Answer>(signal: AbortSignal, call: () => Promise<Answer>): Promise<Answer> {
  try {
    return await call();
  } catch (error) {
    signal.throwIfAborted();
    throw toGatewayError(error);
  }
}

function observed({ event, metadata, subscription, excludedFields }: EventSubscription): ObservedSubscription {
  return {
    eventType: event.type,
    state: subscription,
    excludedFields: excludedFields ?? [],
    fields: Object.keys(event.eventSchema ?? {}),
    ...(metadata.version !== undefined && { version: metadata.version }),
  };
}

function update({
  eventType,
  action,
  version,
  fieldsToUnsubscribe,
  fieldsToSubscribe,
}: SubscriptionChange): SubscriptionUpdate {
  return {
    eventType,
    action,
    ...(version !== undefined && { metadata: { version } }),
    ...(fieldsToUnsubscribe.length > 0 && { fieldsToUnsubscribe: [...fieldsToUnsubscribe] }),
    ...(fieldsToSubscribe.length > 0 && { fieldsToSubscribe: [...fieldsToSubscribe] }),
  };
}
