import { RowBuilder, type DashboardBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { emptyDashboard } from '../dashboard.ts';
import { graph, stat, table } from '../panels.ts';

const OK_BELOW_ONE = { below: 'green', from: [[1, 'red']] } as const;
const AGE = `time() - max by (job, tenant) (gateway_sync_tenant_last_sync_timestamp_seconds{job="$job"})
  unless on (job, tenant) max by (job, tenant) (gateway_sync_tenant_paused{job="$job"}) == 1`;
/** One line for each state, as the replica says that knows the most. */
const STATES = 'max by (state) (gateway_sync_tenants{job="$job"})';

/** All tenants of an installation, and the service itself. */
export function fleetDashboard(): DashboardBuilder {
  return emptyDashboard({
    uid: 'gateway-sync-fleet',
    title: 'gateway-sync fleet',
    description: 'Whether all tenants are kept equal to their file, and how the service does.',
    from: 'now-24h',
    variables: ['job', 'instance'],
  })
    .withPanel(
      stat(
        { title: 'Tenants', description: 'All tenants of the file.', unit: 'short', width: 4 },
        { expr: `sum(${STATES})`, legend: 'tenants' },
      ),
    )
    .withPanel(
      stat(
        {
          title: 'In trouble',
          description: 'Failing, partly applied, or withheld by a guard.',
          unit: 'short',
          width: 4,
          thresholds: OK_BELOW_ONE,
        },
        {
          expr: 'sum(max by (state) (gateway_sync_tenants{job="$job", state=~"failing|partial|blocked"}))',
          legend: 'tenants',
        },
      ),
    )
    .withPanel(
      stat(
        {
          title: 'Oldest sync',
          description: 'Of the tenants that are not paused; decades while one of them never was in sync.',
          unit: 's',
          width: 4,
          thresholds: { below: 'green', from: [[3 * 3600, 'red']] },
        },
        { expr: 'time() - max(gateway_sync_oldest_sync_timestamp_seconds{job="$job"})', legend: 'age' },
      ),
    )
    .withPanel(
      stat(
        {
          title: 'Paused',
          description: 'Tenants that somebody has paused: nothing is written to them, and no alert speaks of them.',
          unit: 'short',
          width: 4,
          thresholds: { below: 'text', from: [[1, 'blue']] },
        },
        { expr: 'max(gateway_sync_tenants{job="$job", state="paused"})', legend: 'tenants' },
      ),
    )
    .withPanel(
      stat(
        {
          title: 'Replicas',
          description: 'That were heard of lately.',
          unit: 'short',
          width: 4,
          thresholds: { below: 'red', from: [[1, 'green']] },
        },
        { expr: 'max(gateway_sync_replicas{job="$job"})', legend: 'replicas' },
      ),
    )
    .withPanel(
      stat(
        {
          title: 'File',
          description: '1: the newest file is in force on every replica. 0: the last good one is, on some of them.',
          unit: 'short',
          width: 4,
          thresholds: { below: 'red', from: [[1, 'green']] },
        },
        { expr: 'min(gateway_sync_config_last_reload_successful{job="$job"})', legend: 'taken up' },
      ),
    )
    .withRow(new RowBuilder('Tenants'))
    .withPanel(
      graph(
        { title: 'Tenants by state', description: 'As their last run left them.', unit: 'short', width: 12 },
        [{ expr: STATES, legend: '{{state}}' }],
        { stacked: true },
      ),
    )
    .withPanel(
      table(
        {
          title: 'Longest without a sync',
          description: 'Paused ones left out.',
          unit: 's',
          width: 12,
          thresholds: { below: 'text', from: [[3 * 3600, 'red']] },
        },
        { expr: `topk(20, ${AGE})`, legend: 'age' },
      ),
    )
    .withRow(new RowBuilder('Reconciles'))
    .withPanel(
      graph(
        { title: 'Reconciles by result', description: 'Of all replicas chosen.', unit: 'ops', width: 12 },
        [
          {
            expr: 'sum by (result) (rate(gateway_sync_reconciles_total{job="$job", instance=~"$instance"}[$__rate_interval]))',
            legend: '{{result}}',
          },
        ],
        { stacked: true },
      ),
    )
    .withPanel(
      graph(
        { title: 'Time that a reconcile takes', description: 'Median and 95th percentile.', unit: 's', width: 12 },
        [
          { expr: quantile(0.5, 'reconcile_duration_seconds'), legend: 'median' },
          { expr: quantile(0.95, 'reconcile_duration_seconds'), legend: '95 %' },
        ],
      ),
    )
    .withPanel(
      graph(
        { title: 'Lag', description: 'How late reconciles start: median and 95th percentile.', unit: 's', width: 12 },
        [
          { expr: quantile(0.5, 'schedule_lag_seconds'), legend: 'median' },
          { expr: quantile(0.95, 'schedule_lag_seconds'), legend: '95 %' },
        ],
      ),
    )
    .withPanel(
      graph(
        { title: 'Changes', description: 'Actions by resource and how they ended.', unit: 'short', width: 12 },
        [
          {
            expr: 'sum by (resource, result) (increase(gateway_sync_actions_total{job="$job", instance=~"$instance"}[$__rate_interval])) > 0',
            legend: '{{resource}} {{result}}',
          },
        ],
        { stacked: true },
      ),
    )
    .withRow(new RowBuilder('Upstream'))
    .withPanel(
      graph(
        { title: 'Requests', description: 'Every attempt, by upstream and answer.', unit: 'reqps', width: 12 },
        [
          {
            expr: 'sum by (upstream, code) (rate(gateway_sync_upstream_requests_total{job="$job", instance=~"$instance"}[$__rate_interval])) > 0',
            legend: '{{upstream}} {{code}}',
          },
        ],
        { stacked: true },
      ),
    )
    .withPanel(
      graph(
        {
          title: 'Throttled',
          description: 'Share of the requests that were answered with 429; from 5 % on there is an alert.',
          unit: 'percentunit',
          width: 12,
          thresholds: { below: 'green', from: [[0.05, 'red']] },
        },
        [
          {
            expr: `sum by (upstream) (rate(gateway_sync_upstream_requests_total{job="$job", code="429"}[$__rate_interval]))
              / sum by (upstream) (rate(gateway_sync_upstream_requests_total{job="$job"}[$__rate_interval]))`,
            legend: '{{upstream}}',
          },
        ],
      ),
    )
    .withRow(new RowBuilder('Telling people'))
    .withPanel(
      graph(
        {
          title: 'Notifications',
          description: 'Attempts to tell somebody of a quota; for what is given up there is an alert.',
          unit: 'short',
          width: 12,
        },
        [
          {
            expr: 'sum by (result) (increase(gateway_sync_notifications_total{job="$job", instance=~"$instance"}[$__rate_interval]))',
            legend: '{{result}}',
          },
        ],
        { stacked: true },
      ),
    )
    .withPanel(
      stat(
        {
          title: 'Given up',
          description:
            'How long ago a notification was given up last, by the replicas that run; decades when none was.',
          unit: 's',
          width: 12,
          thresholds: { below: 'red', from: [[12 * 3600, 'text']] },
        },
        {
          expr: 'time() - max(gateway_sync_notifications_last_given_up_timestamp_seconds{job="$job"})',
          legend: 'age',
        },
      ),
    )
    .withRow(new RowBuilder('Processes'))
    .withPanel(
      graph(
        {
          title: 'Since the last heartbeat',
          description: 'Of each schedule and replica; /livez asks for a restart after a minute.',
          unit: 's',
          width: 8,
          thresholds: { below: 'green', from: [[60, 'red']] },
        },
        [
          {
            expr: 'time() - gateway_sync_scheduler_last_tick_timestamp_seconds{job="$job", instance=~"$instance"}',
            legend: '{{instance}} {{schedule}}',
          },
        ],
      ),
    )
    .withPanel(
      graph({ title: 'Memory', description: 'Resident, of each replica.', unit: 'bytes', width: 8 }, [
        { expr: 'process_resident_memory_bytes{job="$job", instance=~"$instance"}', legend: '{{instance}}' },
      ]),
    )
    .withPanel(
      graph({ title: 'Processor', description: 'Cores in use, of each replica.', unit: 'short', width: 8 }, [
        {
          expr: 'rate(process_cpu_seconds_total{job="$job", instance=~"$instance"}[$__rate_interval])',
          legend: '{{instance}}',
        },
      ]),
    );
}

function quantile(share: number, name: string): string {
  return `histogram_quantile(${share}, sum by (le) (rate(gateway_sync_${name}_bucket{job="$job", instance=~"$instance"}[$__rate_interval])))`;
}
