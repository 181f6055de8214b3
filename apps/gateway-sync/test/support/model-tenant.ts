import type { ConfigWrite, ObservedConfig } from '../../src/core/delivery.js';
import type { EndpointReading, EndpointWrite } from '../../src/core/endpoint.js';
import { ConflictError, GatewayError, RejectedError } from '../../src/core/errors.js';
import type { LedgerChange } from '../../src/core/ledger.js';
import type {
  Access,
  AuditEntry,
  EndpointDetails,
  EndpointGateway,
  Gateway,
  ItemAnswer,
  Portal,
  QuotaStatistics,
  SubscriptionChange,
} from '../../src/core/ports.js';
import type { Observation } from '../../src/core/state.js';
import { MemoryLedger } from './memory-ledger.js';
import type { ModelConfigs } from './model-configs.js';
import type { RawEventType } from '../../src/core/read-catalogue.js';
import type { ModelServer } from './model-server.js';
import type { ModelSvix } from './model-svix.js';

/** What a process that was killed leaves behind: nothing. No part of the program may catch it. */
export class Killed extends Error {
  override readonly name = 'Killed' as const;
}

/**
 * Counts what outlives a process: every request that changes something, and every commit of the ledger. The process
 * "dies" before or after the n-th of them.
 */
export class Effects {
  count = 0;
  #dead = false;

  constructor(
    private readonly dieAt = Number.POSITIVE_INFINITY,
    private readonly when: 'before' | 'after' = 'before',
  ) {}

  happen<Value>(effect: () => Value): Value {
    this.live();
    const now = ++this.count;
    this.#dead = now === this.dieAt;
    if (this.#dead && this.when === 'before') throw new Killed(`before effect ${now}`);
    const value = effect();
    this.live();
    return value;
  }

  /** A dead process does nothing any more, whatever it made of its death. */
  live(): void {
    if (this.#dead) throw new Killed(`at effect ${this.count}`);
  }
}

/** Everything of one tenant: subscriptions, delivery configs and Svix endpoints by the rules of their models. */
export class ModelTenant implements Gateway {
  readonly endpoints: EndpointGateway;

  constructor(
    readonly subscriptions: ModelServer,
    readonly configs: ModelConfigs,
    readonly svix: ModelSvix,
    private readonly effects: Effects,
  ) {
    this.endpoints = new ModelEndpointGateway(configs, svix, effects);
  }

  checkAccess(): Promise<Access> {
    return this.subscriptions.checkAccess();
  }

  listSubscriptions(signal: AbortSignal): Promise<Observation> {
    this.effects.live();
    return this.subscriptions.listSubscriptions(signal);
  }

  async updateSubscriptions(
    changes: readonly SubscriptionChange[],
    signal: AbortSignal,
  ): Promise<readonly ItemAnswer[]> {
    return this.effects.happen(() => this.subscriptions.updateSubscriptions(changes, signal));
  }

  listEventTypes(signal: AbortSignal): Promise<readonly RawEventType[]> {
    return this.subscriptions.listEventTypes(signal);
  }

  listConfigs(): Promise<readonly ObservedConfig[]> {
    return Promise.resolve(this.configs.read());
  }

  async writeConfig(write: ConfigWrite): Promise<void> {
    this.effects.happen(() => this.configs.write(write));
  }

  openPortal(): Promise<Portal> {
    return Promise.reject(new Error('the model has no portal'));
  }

  readQuota(): Promise<QuotaStatistics> {
    return Promise.reject(new Error('the model keeps no statistics'));
  }
}

class ModelEndpointGateway implements EndpointGateway {
  constructor(
    private readonly configs: ModelConfigs,
    private readonly svix: ModelSvix,
    private readonly effects: Effects,
  ) {}

  checkAccess(): Promise<void> {
    return Promise.resolve();
  }

  list(): Promise<EndpointReading> {
    const connected = this.configs.configs.some(({ provider }) => provider === 'SVIX_SHARED');
    return Promise.resolve(connected ? this.svix.read() : { endpoints: [], complete: false, assumed: true });
  }

  countEvents(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  async details(endpointId: string, wish: EndpointDetails) {
    const { endpoints } = this.svix.read(new Map([[endpointId, wish]]));
    const { headers, secret } = endpoints.find(({ id }) => id === endpointId) ?? {};
    return { ...(headers && { headers }), ...(secret && { secret }) };
  }

  /** Request by request, as the real one sends them. */
  async write(write: EndpointWrite): Promise<void> {
    try {
      this.svix.apply(write, Infinity, (request) => this.effects.happen(request));
    } catch (error) {
      throw error instanceof Killed ? error : asGatewayError(error);
    }
  }
}

/** A ledger whose commits are effects. */
export class EffectLedger extends MemoryLedger {
  effects = new Effects();

  override commit(tenant: string, change: LedgerChange, audit?: AuditEntry): Promise<void> {
    try {
      return this.effects.happen(() => super.commit(tenant, change, audit));
    } catch (error) {
      return Promise.reject(error instanceof Error ? error : new Error(String(error)));
    }
  }
}

function asGatewayError(error: unknown): GatewayError {
  const message = error instanceof Error ? error.message : String(error);
  const details = { operation: 'writeEndpoint', cause: error };
  return message.startsWith('409') ? new ConflictError(message, details) : new RejectedError(message, details);
}
