import { RowBuilder, type DashboardBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { emptyDashboard } from '../dashboard.ts';
import { graph, stat } from '../panels.ts';

const YES_IS_GOOD = { below: 'red', from: [[1, 'green']] } as const;
const YES_IS_BAD = { below: 'green', from: [[1, 'red']] } as const;

/** Of the tenant, from whichever replica knows best. */
const newest = (name: string) => `max(gateway_sync_${name}{job="$job", tenant="$tenant"})`;

/** One tenant. */
export function tenantDashboard(): DashboardBuilder {
  return emptyDashboard({
    uid: 'gateway-sync-tenant',
    title: 'gateway-sync tenant',
    description: 'Whether one tenant is kept equal to its file, and what was done to it.',
    from: 'now-7d',
    variables: ['job', 'tenant'],
  })
    .withPanel(
      stat(
        {
          title: 'In sync',
          description: '1: the last run left the tenant equal to its file.',
          unit: 'short',
          width: 4,
          thresholds: YES_IS_GOOD,
        },
        { expr: newest('tenant_in_sync'), legend: 'in sync' },
      ),
    )
    .withPanel(
      stat(
        {
          title: 'Last sync',
          description: 'How long ago the tenant was last seen equal to its file.',
          unit: 's',
          width: 4,
          thresholds: { below: 'green', from: [[3 * 3600, 'red']] },
        },
        { expr: `time() - ${newest('tenant_last_sync_timestamp_seconds')}`, legend: 'age' },
      ),
    )
    .withPanel(
      stat(
        { title: 'Last run', description: 'How long ago, whatever came of it.', unit: 's', width: 4 },
        { expr: `time() - ${newest('tenant_last_reconcile_timestamp_seconds')}`, legend: 'age' },
      ),
    )
    .withPanel(
      stat(
        {
          title: 'Failures',
          description: 'Runs that failed, wholly or in part, since the last good one.',
          unit: 'short',
          width: 4,
          thresholds: YES_IS_BAD,
        },
        { expr: newest('tenant_consecutive_failures'), legend: 'failures' },
      ),
    )
    .withPanel(
      stat(
        {
          title: 'Blocked',
          description: '1: a guard withholds the plan.',
          unit: 'short',
          width: 4,
          thresholds: YES_IS_BAD,
        },
        { expr: newest('tenant_blocked'), legend: 'blocked' },
      ),
    )
    .withPanel(
      stat(
        {
          title: 'Paused',
          description: '1: somebody has paused the tenant.',
          unit: 'short',
          width: 4,
          thresholds: { below: 'green', from: [[1, 'blue']] },
        },
        { expr: newest('tenant_paused'), legend: 'paused' },
      ),
    )
    .withRow(new RowBuilder('Objects'))
    .withPanel(
      graph(
        {
          title: 'Drift',
          description: 'Objects that differed from the file when the tenant was last read.',
          unit: 'short',
          width: 12,
        },
        [
          {
            expr: 'max by (resource) (gateway_sync_tenant_drift_objects{job="$job", tenant="$tenant"})',
            legend: '{{resource}}',
          },
        ],
        { stacked: true },
      ),
    )
    .withPanel(
      graph(
        { title: 'Managed', description: 'Objects that the file names and the tenant has.', unit: 'short', width: 12 },
        [
          {
            expr: 'max by (resource) (gateway_sync_tenant_managed_objects{job="$job", tenant="$tenant"})',
            legend: '{{resource}}',
          },
        ],
        { stacked: true },
      ),
    )
    .withPanel(
      graph(
        {
          title: 'Changes',
          description: 'Actions by how they ended, over all replicas. What exactly: gateway-sync history.',
          unit: 'short',
          width: 12,
        },
        [
          {
            expr: 'sum by (result) (increase(gateway_sync_tenant_actions_total{job="$job", tenant="$tenant"}[$__rate_interval]))',
            legend: '{{result}}',
          },
        ],
        { stacked: true },
      ),
    )
    .withPanel(
      graph(
        {
          title: 'Subscriptions given up',
          description: 'Switched off because the quota runs out; they come back with the next month.',
          unit: 'short',
          width: 12,
        },
        [{ expr: newest('quota_shed_subscriptions'), legend: 'given up' }],
      ),
    );
}
