import { describe, expect, it } from 'vitest';
import type { SubscriptionAction } from '../core/action.js';
import { EMPTY_MEMORY } from '../core/memory.js';
import type { Plan } from '../core/plan.js';
import type { ItemStatus, ReconcileResult } from '../core/result.js';
import { DEFINITIONS, type Definition } from './definitions.js';
import { Metrics } from './metrics.js';

const BUILD = { version: '1.2.3', revision: 'abc' };
const definitions: Definition[] = Object.values(DEFINITIONS);

function action(eventType: string): SubscriptionAction {
  return {
    resource: 'subscription',
    type: 'create',
    id: `subscription:${eventType}`,
    name: eventType,
    eventType,
    reason: 'missing',
    step: 'subscribe',
    before: { state: 'UNSUBSCRIBED', excludedFields: [] },
    after: { state: 'SUBSCRIBED', excludedFields: [] },
    fieldsToUnsubscribe: [],
    fieldsToSubscribe: [],
  };
}

function result(overrides: Partial<ReconcileResult> = {}): ReconcileResult {
  const plan: Plan = {
    tenant: 'acme',
    actions: [],
    foreign: [],
    problems: [],
    managed: { subscription: 8, config: 1, target: 2, endpoint: 0 },
    unchanged: 8,
    checksum: 'x',
  };
  return {
    tenant: 'acme',
    reconcileId: 'r-1',
    trigger: 'interval',
    mode: 'enforce',
    outcome: 'in-sync',
    plan,
    verdicts: [],
    items: [],
    drift: 0,
    driftByResource: { subscription: 0, config: 0, target: 0, endpoint: 0 },
    calls: { reads: 1, writes: 0 },
    startedAt: 1_000,
    finishedAt: 1_500,
    transient: false,
    memory: EMPTY_MEMORY,
    ...overrides,
  };
}

/** Samples as `name{labels} value`, without comments. */
async function samples(metrics: Metrics): Promise<string[]> {
  const text = await metrics.registry.metrics();
  return text.split('\n').filter((line) => line.startsWith('gateway_sync_'));
}

describe('the definitions', () => {
  it.each(definitions)('$name is named for what it is, and its help is a sentence', ({ name, type, help }) => {
    const unit = type === 'counter' ? '_total' : type === 'histogram' ? '_seconds' : '';
    expect(name).toMatch(new RegExp(`^[a-z]+(_[a-z]+)*${unit}$`));
    expect(name.endsWith('_total')).toBe(type === 'counter');
    expect(help).toMatch(/^[A-Z].*\.$/);
  });

  it('never have an open label beside the tenant', () => {
    const beside = definitions
      .filter(({ labels }) => 'tenant' in labels)
      .flatMap(({ labels }) => Object.entries(labels))
      .filter(([label, values]) => label !== 'tenant' && typeof values === 'string');
    expect(beside).toEqual([]);
  });

  it('are all there in a scrape', async () => {
    const text = await new Metrics(BUILD).registry.metrics();
    expect(definitions.filter(({ name }) => !text.includes(`# TYPE gateway_sync_${name} `))).toEqual([]);
  });
});

describe('Metrics', () => {
  it('shows fleet counters at 0 before anything happened', async () => {
    const lines = await samples(new Metrics(BUILD));
    expect(lines).toContain('gateway_sync_reconciles_total{trigger="interval",result="failed"} 0');
    expect(lines).toContain('gateway_sync_plans_blocked_total{reason="empty-desired"} 0');
    expect(lines).toContain('gateway_sync_actions_total{resource="subscription",action="delete",result="conflict"} 0');
    expect(lines).toContain(
      'gateway_sync_upstream_requests_total{upstream="emporix",operation="listSubscriptions",code="2xx"} 0',
    );
    expect(lines).toContain('gateway_sync_tenants{state="failing"} 0');
    expect(lines.find((line) => line.startsWith('gateway_sync_build_info'))).toBe(
      `gateway_sync_build_info{version="1.2.3",revision="abc",node_version="${process.version}"} 1`,
    );
  });

  it('writes down a tenant in sync', async () => {
    const metrics = new Metrics(BUILD);
    metrics.addTenant('acme');
    metrics.reconciled(result(), 0);
    const lines = await samples(metrics);
    expect(lines.filter((line) => line.includes('tenant="acme"'))).toEqual([
      'gateway_sync_tenant_last_sync_timestamp_seconds{tenant="acme"} 1.5',
      'gateway_sync_tenant_last_reconcile_timestamp_seconds{tenant="acme"} 1.5',
      'gateway_sync_tenant_in_sync{tenant="acme"} 1',
      'gateway_sync_tenant_blocked{tenant="acme"} 0',
      'gateway_sync_tenant_consecutive_failures{tenant="acme"} 0',
      'gateway_sync_tenant_drift_objects{tenant="acme",resource="subscription"} 0',
      'gateway_sync_tenant_drift_objects{tenant="acme",resource="config"} 0',
      'gateway_sync_tenant_drift_objects{tenant="acme",resource="target"} 0',
      'gateway_sync_tenant_drift_objects{tenant="acme",resource="endpoint"} 0',
      'gateway_sync_tenant_managed_objects{tenant="acme",resource="subscription"} 8',
      'gateway_sync_tenant_managed_objects{tenant="acme",resource="config"} 1',
      'gateway_sync_tenant_managed_objects{tenant="acme",resource="target"} 2',
      'gateway_sync_tenant_managed_objects{tenant="acme",resource="endpoint"} 0',
      'gateway_sync_tenant_actions_total{tenant="acme",result="applied"} 0',
      'gateway_sync_tenant_actions_total{tenant="acme",result="failed"} 0',
      'gateway_sync_tenant_actions_total{tenant="acme",result="conflict"} 0',
      'gateway_sync_tenant_actions_total{tenant="acme",result="skipped"} 0',
    ]);
    expect(lines).toContain('gateway_sync_reconciles_total{trigger="interval",result="in-sync"} 1');
    expect(lines).toContain('gateway_sync_reconcile_duration_seconds_sum 0.5');
  });

  it('keeps the time of the last sync when a later reconcile fails, and counts what became of the actions', async () => {
    const metrics = new Metrics(BUILD);
    metrics.reconciled(result(), 0);
    const statuses: ItemStatus[] = ['applied', 'unverified', 'rejected', 'not-applied', 'conflict', 'skipped'];
    const items = statuses.map((status, index) => ({ action: action(`e${index}`), status }));
    const remembered = { action: action('old'), status: 'rejected', remembered: true } as const;
    const driftByResource = { subscription: 4, config: 0, target: 0, endpoint: 0 };
    metrics.reconciled(
      result({ outcome: 'partial', driftByResource, finishedAt: 9_000, items: [...items, remembered] }),
      3,
    );
    const lines = await samples(metrics);
    expect(lines).toEqual(
      expect.arrayContaining([
        'gateway_sync_tenant_last_sync_timestamp_seconds{tenant="acme"} 1.5',
        'gateway_sync_tenant_last_reconcile_timestamp_seconds{tenant="acme"} 9',
        'gateway_sync_tenant_in_sync{tenant="acme"} 0',
        'gateway_sync_tenant_consecutive_failures{tenant="acme"} 3',
        'gateway_sync_tenant_drift_objects{tenant="acme",resource="subscription"} 4',
        'gateway_sync_tenant_actions_total{tenant="acme",result="applied"} 2',
        'gateway_sync_tenant_actions_total{tenant="acme",result="failed"} 2',
        'gateway_sync_tenant_actions_total{tenant="acme",result="conflict"} 1',
        'gateway_sync_tenant_actions_total{tenant="acme",result="skipped"} 1',
        'gateway_sync_actions_total{resource="subscription",action="create",result="failed"} 2',
      ]),
    );
  });

  it('counts a withheld plan under each guard that withholds it', async () => {
    const metrics = new Metrics(BUILD);
    const verdicts = [{ guard: 'empty-desired', message: 'm', allow: 'a' } as const];
    metrics.reconciled(result({ outcome: 'blocked', verdicts }), 0);
    const lines = await samples(metrics);
    expect(lines).toContain('gateway_sync_plans_blocked_total{reason="empty-desired"} 1');
    expect(lines).toContain('gateway_sync_tenant_blocked{tenant="acme"} 1');
  });

  it('case 53: leaves nothing of a tenant that was removed, and everything of the others', async () => {
    const metrics = new Metrics(BUILD);
    for (const tenant of ['acme', 'other']) {
      metrics.addTenant(tenant);
      metrics.reconciled(result({ tenant, items: [{ action: action('e'), status: 'applied' }] }), 0);
      metrics.quotaRead(tenant, { month: '2026-11', used: 7, limit: 10, crossed: [] }, 2_000);
    }
    const before = await samples(metrics);
    await metrics.removeTenant('acme');
    const after = await samples(metrics);
    expect(before.filter((line) => line.includes('tenant="acme"'))).toHaveLength(20);
    expect(after).toEqual(before.filter((line) => !line.includes('tenant="acme"')));
  });

  it('counts the tenants by state, every state named', async () => {
    const metrics = new Metrics(BUILD);
    metrics.tenantStates(['in_sync', 'in_sync', 'failing']);
    metrics.tenantStates(['in_sync', 'blocked']);
    const lines = await samples(metrics);
    expect(lines.filter((line) => line.startsWith('gateway_sync_tenants{'))).toEqual([
      'gateway_sync_tenants{state="pending"} 0',
      'gateway_sync_tenants{state="in_sync"} 1',
      'gateway_sync_tenants{state="drifted"} 0',
      'gateway_sync_tenants{state="partial"} 0',
      'gateway_sync_tenants{state="blocked"} 1',
      'gateway_sync_tenants{state="failing"} 0',
    ]);
  });

  it('adds nothing outside the closed lists, whatever happens', async () => {
    const metrics = new Metrics(BUILD);
    metrics.addTenant('acme');
    metrics.started(-5);
    metrics.reconciled(result({ items: [{ action: action('e'), status: 'failed' }] }), 1);
    metrics.attempted({ upstream: 'oauth', operation: 'requestToken', code: 'timeout', durationMs: 5 });
    const series = (await metrics.registry.getMetricsAsJSON()).flatMap(({ name, values }) => {
      const definition = definitions.find((candidate) => `gateway_sync_${candidate.name}` === name);
      return definition
        ? values.flatMap(({ labels }) => Object.entries(labels).map((pair) => ({ definition, pair })))
        : [];
    });
    expect(series.length).toBeGreaterThan(100);
    const outside = series.filter(({ definition, pair: [label, value] }) => {
      const list: Definition['labels'][string] | undefined = definition.labels[label];
      return label !== 'le' && list !== 'any' && !list?.includes(String(value));
    });
    expect(outside).toEqual([]);
  });
});
