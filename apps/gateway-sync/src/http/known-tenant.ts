import type { TenantStatus } from '../core/tenant-record.js';
import type { ApiSources } from './api-sources.js';
import { unknownTenant } from './problem.js';

/** The status of a tenant that the file has; throws a `ProblemError` for another. */
export function knownTenant(sources: ApiSources, tenant: string): TenantStatus {
  const status = sources.status(tenant);
  if (!status) throw unknownTenant(tenant);
  return status;
}
