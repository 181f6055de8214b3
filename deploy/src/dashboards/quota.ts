import { RowBuilder, type DashboardBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { emptyDashboard } from '../dashboard.ts';
import { graph, stat, table } from '../panels.ts';

const SHARES = {
  below: 'green',
  from: [
    [0.7, 'yellow'],
    [0.9, 'orange'],
    [1, 'red'],
  ],
} as const;
const SOON = {
  below: 'red',
  from: [
    [3 * 86_400, 'orange'],
    [31 * 86_400, 'green'],
  ],
} as const;

const newest = (name: string) => `max(gateway_sync_${name}{job="$job", tenant="$tenant"})`;
const each = (name: string) => `max by (tenant) (gateway_sync_${name}{job="$job"})`;
const USED = newest('quota_used_events');
const LIMIT = newest('quota_limit_events');
const EXHAUSTION = 'min(gateway_sync_quota_exhaustion_timestamp_seconds{job="$job", tenant="$tenant"})';

/** How a tenant's month goes, and whose month ends early. */
export function quotaDashboard(): DashboardBuilder {
  return emptyDashboard({
    uid: 'gateway-sync-quota',
    title: 'gateway-sync quota',
    description: 'How much of a month’s events is used, what the month comes to, and whose events run out.',
    from: 'now-30d',
    variables: ['job', 'tenant'],
  })
    .withPanel(
      stat(
        {
          title: 'Used',
          description: 'Share of the month’s events.',
          unit: 'percentunit',
          width: 6,
          thresholds: SHARES,
        },
        { expr: `${USED} / (${LIMIT} > 0)`, legend: 'used' },
      ),
    )
    .withPanel(
      stat(
        {
          title: 'Projected',
          description:
            'What the month comes to if it goes on like this, as a share of the limit. Empty while nobody can know.',
          unit: 'percentunit',
          width: 6,
          thresholds: SHARES,
        },
        { expr: `${newest('quota_projected_events')} / (${LIMIT} > 0)`, legend: 'projected' },
      ),
    )
    .withPanel(
      stat(
        {
          title: 'Events last for',
          description: 'Until the limit is reached, if it goes on like this. Empty when that is not this month.',
          unit: 's',
          width: 6,
          thresholds: SOON,
        },
        { expr: `(${EXHAUSTION} < +Inf) - time()`, legend: 'left' },
      ),
    )
    .withPanel(
      stat(
        {
          title: 'Read',
          description: 'How long ago the statistics were read; every six hours at least.',
          unit: 's',
          width: 6,
          thresholds: { below: 'green', from: [[7 * 3600, 'red']] },
        },
        { expr: `time() - ${newest('quota_observed_timestamp_seconds')}`, legend: 'age' },
      ),
    )
    .withPanel(
      graph(
        {
          title: 'Burn-down',
          description:
            'What is left of the month’s events, and what the forecast leaves at the end of the month. Below zero events are lost.',
          unit: 'short',
          width: 24,
        },
        [
          { expr: `${LIMIT} - ${USED}`, legend: 'left' },
          { expr: `${LIMIT} - ${newest('quota_projected_events')}`, legend: 'left at the end, by the forecast' },
        ],
        { belowZero: true },
      ),
    )
    .withPanel(
      graph(
        {
          title: 'Used, projected, limit',
          description: 'The forecast should come to lie on what is used as the month goes on.',
          unit: 'short',
          width: 12,
        },
        [
          { expr: USED, legend: 'used' },
          { expr: newest('quota_projected_events'), legend: 'projected' },
          { expr: LIMIT, legend: 'limit' },
        ],
      ),
    )
    .withPanel(
      graph(
        {
          title: 'Subscriptions given up',
          description: 'Switched off because the quota runs out.',
          unit: 'short',
          width: 12,
        },
        [{ expr: newest('quota_shed_subscriptions'), legend: 'given up' }],
      ),
    )
    .withRow(new RowBuilder('All tenants'))
    .withPanel(
      table(
        {
          title: 'Most used',
          description: 'Share of the month’s events.',
          unit: 'percentunit',
          width: 12,
          thresholds: SHARES,
        },
        { expr: `topk(20, ${each('quota_used_events')} / (${each('quota_limit_events')} > 0))`, legend: 'used' },
      ),
    )
    .withPanel(
      table(
        {
          title: 'Most projected',
          description: 'What the month comes to, as a share of the limit.',
          unit: 'percentunit',
          width: 12,
          thresholds: SHARES,
        },
        {
          expr: `topk(20, ${each('quota_projected_events')} / (${each('quota_limit_events')} > 0))`,
          legend: 'projected',
        },
      ),
    );
}
