import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { QuotaUsage } from '../core/quota.js';
import type { ReconcileResult } from '../core/result.js';
import type { TenantName } from '../core/state.js';
import { TENANT_STATES, type TenantState } from '../core/tenant-state.js';
import {
  ACTION_RESULT_OF,
  ACTION_RESULTS,
  CODES,
  DEFINITIONS,
  UPSTREAM_OPERATIONS,
  type Code,
  type Definition,
  type Upstream,
} from './definitions.js';

export const PREFIX = 'gateway_sync_';

export interface BuildInfo {
  readonly version: string;
  /** Commit the build was made from. */
  readonly revision: string;
}

/** One attempt of one request. */
export interface UpstreamAttempt {
  readonly upstream: Upstream;
  readonly operation: string;
  readonly code: Code;
  readonly durationMs: number;
}

type Name = keyof typeof DEFINITIONS;
type NameOf<Type> = { [N in Name]: (typeof DEFINITIONS)[N]['type'] extends Type ? N : never }[Name];

/** The instruments of {@link DEFINITIONS} on a registry of their own, and what each event in the service does to them. */
export class Metrics {
  readonly registry = new Registry();
  readonly #instruments = new Map<Name, Gauge | Counter | Histogram>();

  constructor(build: BuildInfo) {
    collectDefaultMetrics({ register: this.registry });
    for (const name of Object.keys(DEFINITIONS) as Name[]) this.#instruments.set(name, this.#create(DEFINITIONS[name]));
    this.#gauge('buildInfo').set({ ...build, node_version: process.version }, 1);
    for (const [upstream, operations] of Object.entries(UPSTREAM_OPERATIONS)) {
      for (const operation of operations) {
        for (const code of CODES) this.#counter('upstreamRequests').inc({ upstream, operation, code }, 0);
      }
    }
    this.tenantStates([]);
  }

  reconciled(result: ReconcileResult, consecutiveFailures: number): void {
    const { tenant, trigger, outcome, plan, drift, items, verdicts } = result;
    const finished = result.finishedAt / 1000;
    const inSync = outcome === 'in-sync' || outcome === 'changed';
    this.#counter('reconciles').inc({ trigger, result: outcome });
    this.#histogram('reconcileDuration').observe((result.finishedAt - result.startedAt) / 1000);
    this.#gauge('tenantLastReconcile').set({ tenant }, finished);
    if (inSync) this.#gauge('tenantLastSync').set({ tenant }, finished);
    this.#gauge('tenantInSync').set({ tenant }, inSync ? 1 : 0);
    this.#gauge('tenantBlocked').set({ tenant }, outcome === 'blocked' ? 1 : 0);
    this.#gauge('tenantConsecutiveFailures').set({ tenant }, consecutiveFailures);
    if (drift !== undefined) this.#gauge('tenantDriftObjects').set({ tenant, resource: 'subscription' }, drift);
    if (plan) this.#gauge('tenantManagedObjects').set({ tenant, resource: 'subscription' }, plan.managed);
    if (outcome === 'blocked') for (const { guard } of verdicts) this.#counter('plansBlocked').inc({ reason: guard });
    for (const { action, status, remembered } of items) {
      if (remembered) continue;
      const label = ACTION_RESULT_OF[status];
      this.#counter('actions').inc({ resource: action.resource, action: action.type, result: label });
      this.#counter('tenantActions').inc({ tenant, result: label });
    }
  }

  started(lagMs: number): void {
    this.#histogram('scheduleLag').observe(Math.max(0, lagMs) / 1000);
  }

  tenantStates(states: Iterable<TenantState>): void {
    const counts = new Map<TenantState, number>(TENANT_STATES.map((state) => [state, 0]));
    for (const state of states) counts.set(state, (counts.get(state) ?? 0) + 1);
    for (const [state, count] of counts) this.#gauge('tenants').set({ state }, count);
  }

  quotaRead(tenant: TenantName, usage: QuotaUsage, at: number): void {
    if (usage.limit !== undefined) this.#gauge('quotaLimit').set({ tenant }, usage.limit);
    this.#gauge('quotaUsed').set({ tenant }, usage.used);
    this.#gauge('quotaObserved').set({ tenant }, at / 1000);
  }

  attempted({ upstream, operation, code, durationMs }: UpstreamAttempt): void {
    this.#counter('upstreamRequests').inc({ upstream, operation, code });
    this.#histogram('upstreamRequestDuration').observe({ upstream, operation }, durationMs / 1000);
  }

  fileLoaded(successful: boolean, at: number): void {
    this.#gauge('configLastReloadSuccessful').set(successful ? 1 : 0);
    if (successful) this.#gauge('configLastReloadSuccess').set(at / 1000);
  }

  /** Shows a tenant from the start: not in sync yet, nothing done yet. */
  addTenant(tenant: TenantName): void {
    this.#gauge('tenantInSync').set({ tenant }, 0);
    this.#gauge('tenantBlocked').set({ tenant }, 0);
    this.#gauge('tenantConsecutiveFailures').set({ tenant }, 0);
    for (const result of ACTION_RESULTS) this.#counter('tenantActions').inc({ tenant, result }, 0);
  }

  /** Takes away every series of a tenant. */
  async removeTenant(tenant: TenantName): Promise<void> {
    for (const name of Object.keys(DEFINITIONS) as Name[]) {
      const definition: Definition = DEFINITIONS[name];
      if (!('tenant' in definition.labels)) continue;
      const instrument = this.#instrument(name);
      const { values } = await instrument.get();
      for (const { labels } of values)
        if (labels['tenant'] === tenant) instrument.remove(labels as Record<string, string>);
    }
  }

  #create(definition: Definition): Gauge | Counter | Histogram {
    const { name, help, labels, buckets } = definition;
    const options = { name: PREFIX + name, help, labelNames: Object.keys(labels), registers: [this.registry] };
    switch (definition.type) {
      case 'gauge':
        return new Gauge(options);
      case 'histogram':
        return new Histogram({ ...options, buckets: [...(buckets ?? [])] });
      case 'counter': {
        // From 0, so that the first increase is seen as one.
        const counter = new Counter(options);
        for (const values of combinations(labels)) counter.inc(values, 0);
        return counter;
      }
      default:
        return definition.type satisfies never;
    }
  }

  #instrument(name: Name): Gauge | Counter | Histogram {
    const instrument = this.#instruments.get(name);
    if (!instrument) throw new Error(`No metric ${name}`);
    return instrument;
  }

  // The casts follow from `NameOf`: the type of the definition decided which class was made.
  #gauge(name: NameOf<'gauge'>): Gauge {
    return this.#instrument(name) as Gauge;
  }

  #counter(name: NameOf<'counter'>): Counter {
    return this.#instrument(name) as Counter;
  }

  #histogram(name: NameOf<'histogram'>): Histogram {
    return this.#instrument(name) as Histogram;
  }
}

/** Every combination of label values; none when a label has no closed list. */
function combinations(labels: Definition['labels']): Record<string, string>[] {
  let all: Record<string, string>[] = [{}];
  for (const [label, values] of Object.entries(labels)) {
    if (typeof values === 'string') return [];
    all = all.flatMap((others) => values.map((value) => ({ ...others, [label]: value })));
  }
  return all;
}
