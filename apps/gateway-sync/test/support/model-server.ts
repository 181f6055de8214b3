import { GatewayError } from '../../src/core/errors.js';
import type { ObservedConfig } from '../../src/core/delivery.js';
import type { Access, Gateway, ItemAnswer, Portal, QuotaStatistics, SubscriptionChange } from '../../src/core/ports.js';
import type { RawEventType } from '../../src/core/read-catalogue.js';
import { eventKey, type ObservedSubscription, type Observation } from '../../src/core/state.js';

/** What happens to one request before or instead of the ordinary thing. */
export interface Script {
  /** Instead of the two scopes; may throw. */
  onAccess?(): Access;
  /** Before the n-th reading (from 1): may change rows, may throw, may answer something else. */
  onRead?(n: number, server: ModelServer): Observation | undefined | void;
  /** Before the n-th write (from 1): may change rows (a foreign writer), may throw. */
  onWrite?(n: number, server: ModelServer): void;
  /** Instead of writing one item; `'drop'` answers 200 and changes nothing. */
  onItem?(change: SubscriptionChange, write: number): ItemAnswer | 'drop' | undefined;
}

/** The subscription rules of the Webhook Service over values in memory: versions, 409 items, field lists. */
export class ModelServer implements Gateway {
  readonly rows: Map<string, ObservedSubscription>;
  readonly calls: string[] = [];
  readonly written: SubscriptionChange[][] = [];
  #reads = 0;

  constructor(
    rows: readonly ObservedSubscription[],
    private readonly script: Script = {},
  ) {
    this.rows = new Map(rows.map((value) => [eventKey(value.eventType), value]));
  }

  async checkAccess(): Promise<Access> {
    return this.script.onAccess?.() ?? { scopes: ['webhook.subscription_read', 'webhook.subscription_manage'] };
  }

  async listSubscriptions(signal: AbortSignal): Promise<Observation> {
    signal.throwIfAborted();
    this.calls.push('read');
    const scripted = this.script.onRead?.(++this.#reads, this);
    return scripted ?? { subscriptions: [...this.rows.values()] };
  }

  async listEventTypes(signal: AbortSignal): Promise<RawEventType[]> {
    const { subscriptions } = await this.listSubscriptions(signal);
    return subscriptions.map(({ eventType, fields }) => ({
      type: eventType,
      group: { en: 'Model' },
      schema: Object.fromEntries(fields.map((field) => [field, 'String'])),
    }));
  }

  async updateSubscriptions(changes: readonly SubscriptionChange[], signal: AbortSignal): Promise<ItemAnswer[]> {
    signal.throwIfAborted();
    this.calls.push(`write ${changes.length}`);
    this.written.push([...changes]);
    const write = this.written.length;
    this.script.onWrite?.(write, this);
    return changes.map((change) => this.#write(change, write));
  }

  listConfigs(): Promise<readonly ObservedConfig[]> {
    return Promise.resolve([]);
  }

  writeConfig(): Promise<void> {
    return Promise.reject(new Error('the model keeps no configs'));
  }

  openPortal(): Promise<Portal> {
    return Promise.reject(new Error('the model has no portal'));
  }

  readQuota(month: string): Promise<QuotaStatistics> {
    return Promise.reject(new Error(`the model keeps no statistics of ${month}`));
  }

  /** Changes a row as somebody else would: with a new version. */
  touch(eventType: string, change: Partial<ObservedSubscription> = {}): void {
    const before = this.rows.get(eventKey(eventType));
    if (!before) throw new Error(`the catalogue has no ${eventType}`);
    this.rows.set(eventKey(eventType), { ...before, ...change, version: (before.version ?? 0) + 1 });
  }

  /** Subscribed event types with what they exclude. */
  subscriptions(): Record<string, string[]> {
    return Object.fromEntries(
      [...this.rows.values()]
        .filter(({ state }) => state === 'SUBSCRIBED')
        .map(({ eventType, excludedFields }) => [eventType, [...excludedFields].toSorted()] as const)
        .toSorted(([a], [b]) => (a < b ? -1 : 1)),
    );
  }

  #write(change: SubscriptionChange, write: number): ItemAnswer {
    const before = this.rows.get(eventKey(change.eventType));
    const scripted = this.script.onItem?.(change, write);
    if (scripted === 'drop') return { code: 200 };
    if (scripted) return scripted;
    if (!before) return { code: 404, message: 'no such event type' };
    if (change.version !== undefined && change.version !== (before.version ?? 1))
      return { code: 409, message: 'stale' };
    const kept = before.excludedFields.filter((field) => !change.fieldsToSubscribe.includes(field));
    this.touch(change.eventType, {
      state: change.action === 'SUBSCRIBE' ? 'SUBSCRIBED' : 'UNSUBSCRIBED',
      excludedFields: [...new Set([...kept, ...change.fieldsToUnsubscribe])],
    });
    return { code: 200 };
  }
}

/** For scripts: fails a request as the adapter would. */
export function fail(error: GatewayError): never {
  throw error;
}
