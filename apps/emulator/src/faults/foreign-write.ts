import { withMember, type SubscriptionRow } from '../state/documents.js';
import type { Tenant } from '../state/tenant.js';
import { touchRow } from '../subscriptions/update.js';

/** What somebody in the dashboard changed; without changes only the version grows. */
export interface ForeignWrite {
  readonly eventType: string;
  readonly subscription?: SubscriptionRow['state'] | undefined;
  readonly excludedFields?: readonly string[] | undefined;
}

/** Changes a subscription behind the back of API clients; undefined when the tenant has no such event type. */
export function foreignWrite(tenant: Tenant, write: ForeignWrite, now: number): SubscriptionRow | undefined {
  const type = write.eventType.toLowerCase();
  if (!tenant.catalogue.has(type)) return undefined;
  const { subscriptions } = tenant.documents;
  const row = touchRow(
    subscriptions.get(type),
    {
      ...(write.subscription === undefined ? {} : { state: write.subscription }),
      ...(write.excludedFields === undefined ? {} : { excludedFields: write.excludedFields }),
    },
    now,
  );
  tenant.write({ ...tenant.documents, subscriptions: withMember(subscriptions, type, row) });
  return row;
}
