import type { AttemptEvent } from '@gateway-sync/api';
import type { DesiredFile, FileTenant } from '../adapters/desired-file/desired-file.js';
import { budgetOf, createGatewayFactory, type GatewayFactory } from '../adapters/emporix/index.js';
import { desiredHash } from '../core/desired-hash.js';
import type { BudgetWish, RequestBudget } from '../core/replica-ports.js';
import type { Secret } from '../core/secret.js';
import type { TenantName } from '../core/state.js';
import { inTurns } from '../in-turns.js';
import { type Code, CODES, UPSTREAMS } from '../metrics/labels.js';
import type { Metrics } from '../metrics/metrics.js';
import type { FleetTenant } from './fleet.js';

export interface GatewaysOptions {
  readonly userAgent: string;
  readonly metrics: Metrics;
  /** Keys the hashes of what the file says. */
  readonly key: Secret;
  /** What all processes share; absent: this one keeps to the rates of the file by itself. */
  readonly budget?: (wish: BudgetWish) => RequestBudget;
}

interface Connection extends FleetTenant {
  /** Of what the connection depends on. */
  readonly settings: string;
}

/** A connection to every tenant of the file, kept while nothing changes that it depends on; each request is counted. */
export class Gateways {
  readonly #options: GatewaysOptions;
  #connections: ReadonlyMap<TenantName, Connection> = new Map();
  #factory: { readonly settings: string; readonly factory: GatewayFactory } | undefined;

  constructor(options: GatewaysOptions) {
    this.#options = options;
  }

  /** The tenants of a file, in its order. One file after the other. */
  async connect(file: DesiredFile): Promise<readonly FleetTenant[]> {
    const factory = this.#factoryFor(file);
    const connections = await inTurns(file.tenants, (desired) => this.#connection(desired, factory));
    this.#connections = new Map(connections.map((one) => [one.desired.tenant, one]));
    return connections;
  }

  #connection(
    desired: FileTenant,
    { settings: of, factory }: { settings: string; factory: GatewayFactory },
  ): Connection {
    const { key } = this.#options;
    const hash = desiredHash(desired, key);
    const known = this.#connections.get(desired.tenant);
    const { credentials, svix, delivery, endpoints } = desired;
    const ownKey = delivery?.provider === 'SVIX' ? delivery.apiKey : undefined;
    const parts = [of, credentials, svix, ownKey, endpoints !== undefined];
    const settings = desiredHash(parts, key);
    const gateway = known?.settings === settings ? known.gateway : factory.for(desired);
    return { desired, gateway, hash, settings };
  }

  #factoryFor(file: DesiredFile): { settings: string; factory: GatewayFactory } {
    const { userAgent, metrics, key, budget } = this.#options;
    const settings = desiredHash([file.emporix, file.svix, file.sync.concurrency], key);
    if (this.#factory?.settings !== settings) {
      const factory = createGatewayFactory(file, {
        userAgent,
        ...(budget && { budget: budget(budgetOf(file)) }),
        hooks: {
          onAttempt: (event) => {
            const upstream = UPSTREAMS.find((one) => one === event.upstream);
            if (!upstream) return;
            const { operationId: operation, durationMs } = event;
            metrics.attempted({ upstream, operation, code: codeOf(event), durationMs });
          },
        },
      });
      this.#factory = { settings, factory };
    }
    return this.#factory;
  }
}

function codeOf({ status, outcome }: AttemptEvent): Code {
  if (status === undefined) return outcome === 'timeout' || outcome === 'aborted' ? outcome : 'connection';
  const exact = String(status);
  const known = CODES.find((code) => code === exact);
  return known ?? CODES.find((code) => code === `${exact[0]}xx`) ?? '5xx';
}
