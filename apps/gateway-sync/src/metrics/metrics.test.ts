import { describe, expect, it } from 'vitest';
import type { SubscriptionAction } from '../core/action.js';
import { EMPTY_MEMORY } from '../core/memory.js';
import type { Plan } from '../core/plan.js';
import type { ItemStatus, ReconcileResult } from '../core/result.js';
import { nextRecord, statusOf, type TenantMarks, type TenantRecord } from '../core/tenant-record.js';
import { Metrics } from './metrics.js';
import type { Format } from './open-metrics.js';
import { QUOTA_POLICY } from '../../test/support/values.js';
import { parseExposition, parseOpenMetrics, type ExposedFamily } from '../../test/support/parse-exposition.js';

const BUILD = { version: '1.2.3', revision: 'abc' };
const CLOCK = { now: () => Date.UTC(2026, 10, 20) };
const QUOTA = { quota: { usage: { month: '2026-11', used: 7, limit: 10, crossed: [] }, at: 2_000 } };

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

/** What a run leaves on the replica that ran it. */
function ranAndShown(
  metrics: Metrics,
  done: ReconcileResult,
  marks: TenantMarks = {},
  before?: TenantRecord,
): TenantRecord {
  const record = nextRecord(before, done, {
    desired: 'hash',
    generation: 1,
    wait: { intervalMs: 1, retry: false, failures: 0 },
    actor: 'a',
  });
  metrics.ran(done);
  metrics.show(statusOf(done.tenant, record, marks, done.finishedAt), QUOTA_POLICY);
  return record;
}

async function scrape(metrics: Metrics, format?: Format): Promise<string> {
  let text = '';
  for await (const block of metrics.text(format)) text += block;
  return text;
}

const ours = (families: readonly ExposedFamily[]) => families.filter(({ name }) => name.startsWith('gateway_sync_'));

/** Samples as `name{labels} value`, without comments. */
async function samples(metrics: Metrics): Promise<string[]> {
  const text = await scrape(metrics);
  return text.split('\n').filter((line) => line.startsWith('gateway_sync_'));
}

describe('Metrics', () => {
  it('shows fleet counters at 0 before anything happened', async () => {
    const lines = await samples(new Metrics(BUILD, CLOCK));
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
    const metrics = new Metrics(BUILD, CLOCK);
    metrics.addTenant('acme');
    ranAndShown(metrics, result());
    const lines = await samples(metrics);
    expect(lines.filter((line) => line.includes('tenant="acme"'))).toEqual([
      'gateway_sync_tenant_last_sync_timestamp_seconds{tenant="acme"} 1.5',
      'gateway_sync_tenant_last_reconcile_timestamp_seconds{tenant="acme"} 1.5',
      'gateway_sync_tenant_in_sync{tenant="acme"} 1',
      'gateway_sync_tenant_paused{tenant="acme"} 0',
      'gateway_sync_tenant_blocked{tenant="acme"} 0',
      'gateway_sync_tenant_consecutive_failures{tenant="acme"} 0',
      'gateway_sync_tenant_drift_objects{tenant="acme",resource="subscription"} 0',
      'gateway_sync_tenant_managed_objects{tenant="acme",resource="subscription"} 8',
      'gateway_sync_tenant_managed_objects{tenant="acme",resource="config"} 1',
      'gateway_sync_tenant_managed_objects{tenant="acme",resource="target"} 2',
      'gateway_sync_tenant_actions_total{tenant="acme",result="applied"} 0',
      'gateway_sync_tenant_actions_total{tenant="acme",result="failed"} 0',
      'gateway_sync_tenant_actions_total{tenant="acme",result="conflict"} 0',
      'gateway_sync_tenant_actions_total{tenant="acme",result="skipped"} 0',
    ]);
    expect(lines).toContain('gateway_sync_reconciles_total{trigger="interval",result="in-sync"} 1');
    expect(lines).toContain('gateway_sync_reconcile_duration_seconds_sum 0.5');
  });

  it('keeps the time of the last sync when a later reconcile fails, and counts what became of the actions', async () => {
    const metrics = new Metrics(BUILD, CLOCK);
    const record = ranAndShown(metrics, result());
    const statuses: ItemStatus[] = ['applied', 'unverified', 'rejected', 'not-applied', 'conflict', 'skipped'];
    const items = statuses.map((status, index) => ({ action: action(`e${index}`), status }));
    const remembered = { action: action('old'), status: 'rejected', remembered: true } as const;
    const driftByResource = { subscription: 4, config: 0, target: 0, endpoint: 0 };
    const failing = { ...record, consecutiveFailures: 2 };
    const partial = result({ outcome: 'partial', driftByResource, finishedAt: 9_000, items: [...items, remembered] });
    ranAndShown(metrics, partial, {}, failing);
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

  it('shows a resource from the first time that there is something of it, and then for good', async () => {
    const metrics = new Metrics(BUILD, CLOCK);
    const drift = async (endpoint: number) => {
      ranAndShown(metrics, result({ driftByResource: { subscription: 0, config: 0, target: 0, endpoint } }));
      return (await samples(metrics)).filter((line) => line.includes('tenant_drift_objects'));
    };
    const subscription = 'gateway_sync_tenant_drift_objects{tenant="acme",resource="subscription"} 0';
    const endpoint = 'gateway_sync_tenant_drift_objects{tenant="acme",resource="endpoint"}';
    expect(await drift(0)).toEqual([subscription]);
    expect(await drift(2)).toEqual([subscription, `${endpoint} 2`]);
    expect(await drift(0)).toEqual([subscription, `${endpoint} 0`]);
  });

  it('keeps what was read last when a later reconcile reads nothing', async () => {
    const metrics = new Metrics(BUILD, CLOCK);
    const { plan: _, driftByResource: __, drift: ___, ...nothing } = result({ outcome: 'failed', finishedAt: 9_000 });
    const record = ranAndShown(metrics, result());
    ranAndShown(metrics, nothing, {}, record);
    const lines = await samples(metrics);
    expect(lines).toContain('gateway_sync_tenant_managed_objects{tenant="acme",resource="subscription"} 8');
    expect(lines).toContain('gateway_sync_tenant_consecutive_failures{tenant="acme"} 1');
  });

  it('shows a pause, and the reading of this month for as long as there is one', async () => {
    const metrics = new Metrics(BUILD, CLOCK);
    const shown = async (marks: TenantMarks) => {
      metrics.show(statusOf('acme', undefined, marks, 1_000), QUOTA_POLICY);
      return (await samples(metrics)).filter((line) => /tenant_paused|quota_/.test(line));
    };
    expect(await shown({ ...QUOTA, pause: { at: 1, by: 'anna' } })).toEqual([
      'gateway_sync_tenant_paused{tenant="acme"} 1',
      'gateway_sync_quota_limit_events{tenant="acme"} 10',
      'gateway_sync_quota_used_events{tenant="acme"} 7',
      'gateway_sync_quota_observed_timestamp_seconds{tenant="acme"} 2',
    ]);
    expect(await shown({})).toEqual(['gateway_sync_tenant_paused{tenant="acme"} 0']);
  });

  it('shows nothing used of a month that is over where its tenant is, but the limit and when it was read', async () => {
    const clock = { now: CLOCK.now };
    const metrics = new Metrics(BUILD, clock);
    const forecast = {
      month: '2026-11',
      at: 2_000,
      ratePerDay: 1,
      projected: 9,
      low: 8,
      high: 10,
      basis: 'rate',
    } as const;
    const status = statusOf('acme', undefined, { ...QUOTA, quotaState: { at: 2_000, forecast } }, 2_000);
    metrics.show(status, { timeZone: 'Europe/Berlin' });
    const shown = async (at: string) => {
      clock.now = () => Date.parse(at);
      return (await samples(metrics)).flatMap((line) => /gateway_sync_quota_(\w+)\{/.exec(line)?.[1] ?? []);
    };
    const everything = [
      'limit_events',
      'used_events',
      'observed_timestamp_seconds',
      'projected_events',
      'exhaustion_timestamp_seconds',
    ];
    expect(await shown('2026-11-30T22:59:59.999Z')).toEqual(everything);
    expect(await shown('2026-11-30T23:00:00Z')).toEqual(['limit_events', 'observed_timestamp_seconds']);
    metrics.show(status, { timeZone: 'UTC' });
    expect(await shown('2026-11-30T23:59:59.999Z')).toEqual(everything);
  });

  it('shows the oldest sync of those that are not paused: 0 while one never was in sync, nothing while all are', async () => {
    const metrics = new Metrics(BUILD, CLOCK);
    const oldest = async () =>
      (await samples(metrics)).filter((line) => line.includes('oldest_sync')).map((line) => line.split(' ')[1]);
    expect(await oldest()).toEqual([]);
    for (const tenant of ['acme', 'beta', 'gone']) metrics.addTenant(tenant);
    const records = ['acme', 'beta'].map((tenant, index) =>
      ranAndShown(metrics, result({ tenant, finishedAt: 2_000 + index * 1_000 })),
    );
    expect(await oldest()).toEqual(['0']);
    metrics.removeTenant('gone');
    expect(await oldest()).toEqual(['2']);
    const pause = { at: 1, by: 'anna' };
    metrics.show(statusOf('acme', records[0], { pause }, 9_000), QUOTA_POLICY);
    expect(await oldest()).toEqual(['3']);
    metrics.show(statusOf('beta', records[1], { pause }, 9_000), QUOTA_POLICY);
    expect(await oldest()).toEqual([]);
  });

  it('asks the schedules for their heartbeats at each scrape, and knows how long a tenant may wait', async () => {
    const metrics = new Metrics(BUILD, CLOCK);
    let beatAt = 1_000;
    metrics.listenTo('reconcile', () => ({ beatAt }));
    metrics.listenTo('quota', () => ({ beatAt: 5_000 }));
    metrics.paced({ maxIntervalMs: 60_000 });
    beatAt = 2_000;
    expect(await samples(metrics)).toEqual(
      expect.arrayContaining([
        'gateway_sync_scheduler_last_tick_timestamp_seconds{schedule="reconcile"} 2',
        'gateway_sync_scheduler_last_tick_timestamp_seconds{schedule="quota"} 5',
        'gateway_sync_reconcile_max_interval_seconds 60',
      ]),
    );
  });

  it('says the same in OpenMetrics, block by block, and ends it', async () => {
    const metrics = new Metrics(BUILD, CLOCK);
    for (let index = 0; index < 2_000; index += 1) metrics.addTenant(`shop${index}`);
    ranAndShown(metrics, result({ items: [{ action: action('e'), status: 'applied' }] }), QUOTA);
    const text = ours(parseExposition(await scrape(metrics)));
    const open = ours(parseOpenMetrics(await scrape(metrics, 'openmetrics')));
    expect(open).toEqual(text.map((family) => ({ ...family, name: family.name.replace(/_total$/, '') })));
    const counters = open.filter(({ type }) => type === 'counter').map(({ name }) => name);
    expect(counters).toContain('gateway_sync_tenant_actions');
    // What was written before stays right after.
    expect(ours(parseExposition(await scrape(metrics)))).toEqual(text);
  });

  it('counts a withheld plan under each guard that withholds it', async () => {
    const metrics = new Metrics(BUILD, CLOCK);
    const verdicts = [{ guard: 'empty-desired', message: 'm', allow: 'a' } as const];
    ranAndShown(metrics, result({ outcome: 'blocked', verdicts }));
    const lines = await samples(metrics);
    expect(lines).toContain('gateway_sync_plans_blocked_total{reason="empty-desired"} 1');
    expect(lines).toContain('gateway_sync_tenant_blocked{tenant="acme"} 1');
  });

  it('counts the notifications, and knows when one was given up last', async () => {
    const metrics = new Metrics(BUILD, CLOCK);
    metrics.notified('given_up', 5_000);
    metrics.notified('given_up', 7_000);
    metrics.notified('failed', 8_000);
    metrics.notified('delivered', 9_000);
    expect(
      (await scrape(metrics)).split('\n').filter((line) => line.startsWith('gateway_sync_notifications_')),
    ).toEqual([
      'gateway_sync_notifications_total{result="delivered"} 1',
      'gateway_sync_notifications_total{result="failed"} 1',
      'gateway_sync_notifications_total{result="given_up"} 2',
      'gateway_sync_notifications_last_given_up_timestamp_seconds 7',
    ]);
  });

  it('case 53: leaves nothing of a tenant that was removed, and everything of the others', async () => {
    const metrics = new Metrics(BUILD, CLOCK);
    for (const tenant of ['acme', 'other']) {
      metrics.addTenant(tenant);
      ranAndShown(metrics, result({ tenant, items: [{ action: action('e'), status: 'applied' }] }), QUOTA);
    }
    const before = await samples(metrics);
    metrics.removeTenant('acme');
    const after = await samples(metrics);
    expect(before.filter((line) => line.includes('tenant="acme"'))).toHaveLength(17);
    expect(after).toEqual(before.filter((line) => !line.includes('tenant="acme"')));
    expect(await scrape(metrics, 'openmetrics')).not.toContain('acme');
  });

  it('lets others have their turn between the blocks of a scrape', async () => {
    const metrics = new Metrics(BUILD, CLOCK);
    for (let index = 0; index < 5_000; index += 1) metrics.addTenant(`shop${index}`);
    let turns = 0;
    let next = setImmediate(function turn() {
      turns += 1;
      next = setImmediate(turn);
    });
    let blocks = 0;
    for await (const _ of metrics.text()) blocks += 1;
    clearImmediate(next);
    expect(blocks).toBeGreaterThan(20);
    expect(turns).toBeGreaterThan(20);
  });

  it('counts the tenants by state, every state named', async () => {
    const metrics = new Metrics(BUILD, CLOCK);
    metrics.tenantStates(
      new Map([
        ['in_sync', 2],
        ['failing', 1],
      ]),
    );
    metrics.tenantStates(
      new Map([
        ['in_sync', 1],
        ['blocked', 1],
        ['failing', 0],
      ]),
    );
    const lines = await samples(metrics);
    expect(lines.filter((line) => line.startsWith('gateway_sync_tenants{'))).toEqual([
      'gateway_sync_tenants{state="pending"} 0',
      'gateway_sync_tenants{state="in_sync"} 1',
      'gateway_sync_tenants{state="drifted"} 0',
      'gateway_sync_tenants{state="partial"} 0',
      'gateway_sync_tenants{state="blocked"} 1',
      'gateway_sync_tenants{state="failing"} 0',
      'gateway_sync_tenants{state="paused"} 0',
    ]);
  });
});
