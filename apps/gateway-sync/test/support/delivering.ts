import { createHmac } from 'node:crypto';
import { STEPS, type Action, type ConfigAction, type TargetAction } from '../../src/core/action.js';
import { configRequests } from '../../src/core/config-requests.js';
import type { DesiredDelivery, DesiredHeaders, DesiredTarget } from '../../src/core/delivery.js';
import { planDelivery } from '../../src/core/delivery-plan.js';
import type { OwnedThings } from '../../src/core/ledger.js';
import { intents, merged, settle, withApplied } from '../../src/core/ownership.js';
import type { Fingerprint, Knowledge, Part } from '../../src/core/part.js';
import { Secret } from '../../src/core/secret.js';
import type { DesiredTenant, ObservedSubscription } from '../../src/core/state.js';
import type { ModelConfigs } from './model-configs.js';
import { INSTANCE, row, tenant } from './values.js';

export const CATALOGUE: readonly ObservedSubscription[] = ['order.created', 'order.updated', 'quote.updated'].map(
  (event) => row(event),
);

export const fingerprint: Fingerprint = (place, secret) =>
  createHmac('sha256', 'key').update(`${place}\n${secret.reveal()}`).digest('hex');

export const secret = (value: string): Secret => new Secret(value);

export function headers(values: Readonly<Record<string, string>>, hidden: readonly string[] = []): DesiredHeaders {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, { value: new Secret(value), secret: hidden.includes(name) }]),
  );
}

let line = 1;

export function target(overrides: Partial<DesiredTarget> = {}): DesiredTarget {
  return {
    event: 'order.created',
    destinationUrl: 'https://hooks.example/orders',
    active: true,
    place: `gateway-sync.yaml:${line++}:9`,
    ...overrides,
  };
}

export function http(overrides: Partial<DesiredDelivery> = {}): DesiredDelivery {
  return { provider: 'HTTP', active: true, code: 'http', place: 'gateway-sync.yaml:5:7', ...overrides };
}

export function delivering(delivery: DesiredDelivery, overrides: Parameters<typeof tenant>[0] = {}): DesiredTenant {
  return tenant({ ...overrides, delivery });
}

/** With a ledger; `knowing()` alone is an empty one. */
export function knowing(owned: OwnedThings = [], overrides: Partial<Knowledge> = {}): Knowledge {
  return { instance: INSTANCE, owned, fingerprint, ...overrides };
}

export function planFor(desired: DesiredTenant, server: ModelConfigs, knowledge: Knowledge = knowing()): Part {
  return planDelivery(desired, server.read(), CATALOGUE, knowledge);
}

/** `create config:http`, in the order of the plan. */
export const summary = ({ actions }: Part): string[] => actions.map(({ type, id }) => `${type} ${id}`);

export const operationsOf = (part: Part): unknown[] =>
  part.actions.flatMap((action) => {
    if (action.resource === 'target') return action.operations;
    return action.resource === 'config' && action.write.type === 'patch' ? action.write.operations : [];
  });

const NOW = { instance: INSTANCE, now: 1 };

/** A process that applies plans to the model and keeps a ledger, as a reconcile does: actions wait for what they need. */
export class Deliverer {
  /** As stored. */
  ledger: OwnedThings;

  constructor(
    readonly server: ModelConfigs,
    ledger: OwnedThings = [],
    /** After each request. */
    private readonly watch: () => void = () => {},
  ) {
    this.ledger = ledger;
  }

  plan(desired: DesiredTenant): Part {
    return planFor(desired, this.server, knowing(this.ledger));
  }

  /** Until nothing is left, or until `requests` have been made: then it dies before it records their answers. */
  run(desired: DesiredTenant, requests = Number.POSITIVE_INFINITY): void {
    const before = this.ledger;
    let known = before;
    let left = requests;
    for (let round = 0; round < 10; round++) {
      const part = planFor(desired, this.server, knowing(known));
      const ready = readyOf(part);
      if (ready.length === 0) {
        this.ledger = settle(before, known, [{ resources: ['config', 'target'], part }], NOW);
        return;
      }
      this.ledger = merged(this.ledger, intents(ready, NOW));
      for (const { write } of requestsOf(ready)) {
        if (left-- <= 0) return;
        this.server.write(write);
        this.watch();
      }
      known = withApplied(
        known,
        ready.map((action) => ({ action, status: 'applied' })),
        NOW,
      );
    }
    throw new Error('does not converge');
  }
}

/** What needs nothing that is still planned. */
export function readyOf({ actions }: Part): Action[] {
  const planned = new Set(actions.map(({ id }) => id));
  return actions.filter(({ needs = [] }) => !needs.some((id) => planned.has(id)));
}

/** Step by step, as they are sent. */
export function requestsOf(actions: readonly Action[]): ReturnType<typeof configRequests> {
  const own = actions.filter(
    (action): action is ConfigAction | TargetAction => action.resource === 'config' || action.resource === 'target',
  );
  return STEPS.flatMap((step) => configRequests(own.filter((action) => action.step === step)));
}
