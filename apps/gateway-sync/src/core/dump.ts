import { resolveDesired } from './desired.js';
import { dumpDelivery } from './dump-delivery.js';
import { dumpEndpoints } from './dump-endpoints.js';
import { dumpSubscriptions } from './dump-subscriptions.js';
import { ValueWriter } from './dump-values.js';
import type { DumpNote, Variables } from './dump-words.js';
import type { JsonObject } from './json.js';
import { deliversThroughSvix } from './survey.js';
import type { DesiredTenant, Observation, TenantName } from './state.js';

/** What a tenant has, as the file would say it. */
export interface TenantDump {
  readonly tenant: TenantName;
  readonly subscriptions: readonly JsonObject[];
  /** Absent: not managed. */
  readonly delivery?: JsonObject;
  /** Absent: not managed. */
  readonly endpoints?: readonly JsonObject[];
  /** Endpoints of others, as entries that would take them over. */
  readonly foreignEndpoints: readonly JsonObject[];
  /** Their paths begin at the entry of the tenant. */
  readonly notes: readonly DumpNote[];
}

export interface DumpOptions {
  /** Whether settings that are as they would be without being named are written too. */
  readonly full: boolean;
  /** Of the whole file. */
  readonly variables: Variables;
}

/**
 * The entry that plans to nothing for this observation. Strings that come from outside are escaped; secrets are references
 * to the environment where the file has to name them, and left out, which means not managed, where they cannot be read.
 */
export function dumpTenant(
  tenant: DesiredTenant,
  observation: Observation,
  { full, variables }: DumpOptions,
): TenantDump {
  const { subscriptions: catalogue, configs, endpoints, failures = [] } = observation;
  const writer = new ValueWriter(variables, [tenant.tenant]);
  const priorities = resolveDesired(tenant.subscriptions, catalogue).wanted;
  const subscribed = dumpSubscriptions(catalogue, priorities, { full, sheds: tenant.quota.shed === 'enforce' });
  const delivery = configs && dumpDelivery(configs, catalogue, writer, { full, prune: tenant.prune });
  const svix = endpoints && dumpEndpoints(endpoints, catalogue, tenant.instance, writer, full);
  const unread = failures.map(({ resource, error }): DumpNote => ({
    path: [],
    message: `${resource === 'config' ? 'delivery is' : 'endpoints are'} not managed, because reading failed: ${error.message}`,
  }));
  const unasked = !endpoints && failures.length === 0 && configs?.some(deliversThroughSvix) === true;
  const skipped = { path: [], message: 'endpoints are not managed: there is no way to Svix in the file' };
  return {
    tenant: tenant.tenant,
    subscriptions: subscribed.value,
    ...(delivery?.value && { delivery: delivery.value }),
    ...(svix?.value && { endpoints: svix.value }),
    foreignEndpoints: svix?.aside ?? [],
    notes: [
      ...unread,
      ...(unasked ? [skipped] : []),
      ...subscribed.notes,
      ...(delivery?.notes ?? []),
      ...(svix?.notes ?? []),
    ],
  };
}
