import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { fleetDashboard } from './dashboards/fleet.ts';
import { quotaDashboard } from './dashboards/quota.ts';
import { tenantDashboard } from './dashboards/tenant.ts';

/** By the name of their file. */
export function dashboards(): Readonly<Record<string, Dashboard>> {
  return {
    fleet: fleetDashboard().build(),
    tenant: tenantDashboard().build(),
    quota: quotaDashboard().build(),
  };
}
