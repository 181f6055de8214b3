import {
  DashboardBuilder,
  DashboardCursorSync,
  DashboardLinkBuilder,
  DashboardLinkType,
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  VariableRefresh,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { DATASOURCE } from './panels.ts';

export type VariableName = 'job' | 'instance' | 'tenant';

interface Settings {
  /** Also the name of its file. */
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  /** How far back it looks at first. */
  readonly from: string;
  readonly variables: readonly VariableName[];
}

/** An empty dashboard with the variables of all of ours, and links to the others. */
export function emptyDashboard({ uid, title, description, from, variables }: Settings): DashboardBuilder {
  const builder = new DashboardBuilder(title)
    .uid(uid)
    .description(description)
    .tags(['gateway-sync'])
    .time({ from, to: 'now' })
    .timezone('browser')
    .refresh('1m')
    .tooltip(DashboardCursorSync.Crosshair)
    .link(
      new DashboardLinkBuilder('gateway-sync')
        .type(DashboardLinkType.Dashboards)
        .tags(['gateway-sync'])
        .includeVars(true)
        .keepTime(true),
    )
    .withVariable(new DatasourceVariableBuilder('datasource').label('Data source').type('prometheus'));
  for (const variable of variables) builder.withVariable(VARIABLES[variable]());
  return builder;
}

const VARIABLES: Readonly<Record<VariableName, () => QueryVariableBuilder>> = {
  job: () => of('job', 'Installation', 'label_values(gateway_sync_build_info, job)'),
  instance: () =>
    of('instance', 'Replica', 'label_values(gateway_sync_build_info{job="$job"}, instance)')
      .multi(true)
      .includeAll(true),
  tenant: () => of('tenant', 'Tenant', 'label_values(gateway_sync_tenant_in_sync{job="$job"}, tenant)'),
};

function of(name: string, label: string, query: string): QueryVariableBuilder {
  return new QueryVariableBuilder(name)
    .label(label)
    .datasource(DATASOURCE)
    .query({ query, refId: name })
    .refresh(VariableRefresh.OnTimeRangeChanged);
}
