import { finding, type Finding } from './finding.js';
import { planTenant } from './plan-tenant.js';
import { CATALOGUE_PROBLEMS, type ProblemKind } from './problem.js';
import type { DesiredTenant, ObservedSubscription } from './state.js';

/** Problems that come of the file and the catalogue alone, whatever else the tenant has. */
const ABOUT_NAMES: ReadonlySet<ProblemKind> = new Set([
  'unknown-event',
  'unknown-field',
  'contradiction',
  'matches-nothing',
  ...CATALOGUE_PROBLEMS,
]);

/** Whether the catalogue has all event types and fields that the file names. */
export function judgeCatalogue(tenant: DesiredTenant, subscriptions: readonly ObservedSubscription[]): Finding[] {
  const nothing = { subscriptions, configs: [], endpoints: { endpoints: [], complete: true } };
  const { plan } = planTenant(tenant, nothing, { instance: tenant.instance });
  const problems = plan.problems.filter(({ kind }) => ABOUT_NAMES.has(kind));
  if (problems.length === 0) {
    return [finding('catalogue', 'ok', `has everything that the file names (event types: ${subscriptions.length})`)];
  }
  return problems.map(({ severity, message, places, nearest }) =>
    finding('catalogue', severity === 'error' ? 'error' : 'warning', message, places, nearest),
  );
}
