import { BodyMemo, type EmporixApi, type SubscriptionUpdate, type TokenProvider } from '@gateway-sync/api';
import type { ConfigWrite, ObservedConfig } from '../../core/delivery.js';
import { RejectedError } from '../../core/errors.js';
import type {
  Access,
  EndpointGateway,
  Gateway,
  ItemAnswer,
  Portal,
  QuotaStatistics,
  SubscriptionChange,
} from '../../core/ports.js';
import { monthAfter } from '../../core/quota-month.js';
import type { RawEventType } from '../../core/read-catalogue.js';
import { Secret } from '../../core/secret.js';
import type { Observation, ObservedSubscription } from '../../core/state.js';
import { eventTypeRows } from './event-type-rows.js';
import { toGatewayError, understood } from './gateway-error.js';
import { readConfig } from './read-config.js';
import type { SubscriptionRows } from './subscription-rows.js';
import { writeConfig } from './write-config.js';

/** One tenant of the Webhook Service as the core sees it. */
export class EmporixGateway implements Gateway {
  declare readonly endpoints?: EndpointGateway;
  /** Most answers are the one of last time, and parsing it is most of the work of a reconcile. */
  readonly #subscriptions = new BodyMemo<readonly ObservedSubscription[]>();

  constructor(
    private readonly api: EmporixApi,
    /** A new one, for whoever wants to know what a token may do. */
    private readonly tokens: () => TokenProvider,
    private readonly rows: SubscriptionRows,
    endpoints?: EndpointGateway,
  ) {
    if (endpoints) this.endpoints = endpoints;
  }

  async checkAccess(signal: AbortSignal): Promise<Access> {
    const { scopes } = await asked(signal, () => this.tokens().getToken(signal));
    return scopes === undefined ? {} : { scopes };
  }

  async listSubscriptions(signal: AbortSignal): Promise<Observation> {
    const subscriptions = await asked(signal, () =>
      this.api.webhooks.readSubscriptions(
        this.#subscriptions,
        (rows) => understood('listSubscriptions', () => rows.map((row) => this.rows.observed(row))),
        { signal },
      ),
    );
    return { subscriptions };
  }

  /** In English, as the groups of the catalogue file are. */
  async listEventTypes(signal: AbortSignal): Promise<readonly RawEventType[]> {
    return eventTypeRows(await asked(signal, () => this.api.webhooks.listSubscriptions({ languages: 'en', signal })));
  }

  async updateSubscriptions(
    changes: readonly SubscriptionChange[],
    signal: AbortSignal,
  ): Promise<readonly ItemAnswer[]> {
    const result = await asked(signal, () => this.api.webhooks.updateSubscriptions(changes.map(update), { signal }));
    return result.items.map(({ result: answer, ambiguous }): ItemAnswer => {
      if (!answer) return {};
      const { code, message } = answer;
      return { code, ...(message !== undefined && { message }), ...(ambiguous && { answerLost: true }) };
    });
  }

  /** One request, and one more for each HTTP config that the list shows without its configuration. */
  async listConfigs(signal: AbortSignal): Promise<readonly ObservedConfig[]> {
    const rows = await asked(signal, () => this.api.webhooks.listConfigs({ signal }));
    const configs: ObservedConfig[] = [];
    for (const row of rows) {
      const config = known(row, 'listConfigs');
      const incomplete = config.provider === 'HTTP' && !config.http;
      configs.push(incomplete ? await this.#getConfig(config.code, signal) : config);
    }
    return configs;
  }

  writeConfig(write: ConfigWrite, signal: AbortSignal): Promise<void> {
    return asked(signal, () => writeConfig(this.api.webhooks, write, signal));
  }

  /** When the link expires is nowhere in the answer. */
  async openPortal(signal: AbortSignal): Promise<Portal> {
    const { url } = await asked(signal, () => this.api.webhooks.getDashboardAccess({ signal }));
    return { url: new Secret(url) };
  }

  async readQuota(month: string, signal: AbortSignal): Promise<QuotaStatistics> {
    const range = { fromYearMonth: monthAfter(month, -1), toYearMonth: month };
    const statistics = await asked(signal, () => this.api.webhooks.getStatistics(range, { signal }));
    return understood('getStatistics', () => ({
      limit: statistics.webhooksLimit,
      months: statistics.monthStatistics.map((row) => ({
        month: row.statisticsMonth,
        sent: row.succesfullySentWebhooks,
      })),
    }));
  }

  async #getConfig(code: string, signal: AbortSignal): Promise<ObservedConfig> {
    return known(await asked(signal, () => this.api.webhooks.getConfig(code, { signal })), 'getConfig');
  }
}

/** A config of which nothing is known might be the active one, so the whole reading is of no use. */
function known(row: unknown, operation: string): ObservedConfig {
  const config = readConfig(row);
  if (config) return config;
  throw new RejectedError(`${operation} answered a config without a code or of a provider that is not known`, {
    operation,
  });
}

async function asked<Answer>(signal: AbortSignal, call: () => Promise<Answer>): Promise<Answer> {
  try {
    return await call();
  } catch (error) {
    signal.throwIfAborted();
    throw toGatewayError(error);
  }
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
