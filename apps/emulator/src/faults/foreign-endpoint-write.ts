import type { Tenant } from '../state/tenant.js';
import { withApplication, withEndpoint } from '../svix/application.js';
import { UNSET, type EndpointFields } from '../svix/endpoint.js';

/** What somebody in the dashboard saved. */
export interface ForeignEndpointWrite {
  /** Ids or uids; all endpoints of the application without it. */
  readonly endpoints: readonly string[] | undefined;
  readonly applicationId: string;
  /** Besides what the endpoint is already. */
  readonly change: Partial<EndpointFields>;
}

/** Saves endpoints behind the back of API clients; `wipes` like a form that knows neither uid nor metadata. Returns how many. */
export function foreignEndpointWrite(
  tenant: Tenant,
  { endpoints: named, applicationId, change }: ForeignEndpointWrite,
  { wipes, now }: { readonly wipes: boolean; readonly now: number },
): number {
  const application = tenant.documents.applications.get(applicationId);
  if (application === undefined) return 0;
  const written = [...application.endpoints.values()].filter(
    ({ id, uid }) => named === undefined || named.includes(id) || (uid !== null && named.includes(uid)),
  );
  const cleared = wipes ? { uid: UNSET.uid, metadata: UNSET.metadata } : {};
  const after = written.reduce(
    (state, endpoint) => withEndpoint(state, { ...endpoint, ...cleared, ...change, updatedAt: now }),
    application,
  );
  if (written.length > 0)
    tenant.write({ ...tenant.documents, applications: withApplication(tenant.documents.applications, after) });
  return written.length;
}
