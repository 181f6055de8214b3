import type { DocumentClient } from '../document-client.js';
import type { OperationId } from '../generated/gateway-sync/operations.js';
import type {
  ChangePage,
  HealthReport,
  operations as Operations,
  PauseRequest,
  PlanReport,
  QuotaReport,
  ReloadReport,
  SyncAccepted,
  TenantPage,
  TenantPause,
  TenantState,
  TenantStatus,
} from '../generated/gateway-sync/types.js';
import { formatError, type Reading } from '../reading.js';
import type { CallOptions } from '../service.js';
import type { ServiceOperationInput, ServiceOutcome } from './service-document.js';

/** Which tenants to list. */
export interface TenantFilter {
  readonly state?: TenantState;
}

/** Which part of a list to read. */
export interface CursorRequest {
  /** At most 1,000. */
  readonly limit?: number;
  /** `next` of the page before. */
  readonly cursor?: string;
}

/**
 * A running `gateway-sync serve`. Every method takes any 2xx status for success, rejects with an `ApiError` otherwise, and
 * with an `InvalidArgumentError` when nothing could be sent.
 */
export interface ServiceApi {
  /** One page, in the order of the names; without `next` it is the last. */
  listTenants(request?: TenantFilter & CursorRequest, options?: CallOptions): Promise<TenantPage>;
  /** The whole list, or a rejection. */
  listAllTenants(filter?: TenantFilter, options?: CallOptions): Promise<TenantStatus[]>;
  getTenant(tenant: string, options?: CallOptions): Promise<TenantStatus>;
  /** What the last run had to do and what came of it; not found before the first run. */
  getPlan(tenant: string, options?: CallOptions): Promise<PlanReport>;
  /** One page of what was written, newest first. */
  listHistory(tenant: string, request?: CursorRequest, options?: CallOptions): Promise<ChangePage>;
  getQuota(tenant: string, options?: CallOptions): Promise<QuotaReport>;

  /** Asks for a run. */
  syncTenant(tenant: string, options?: CallOptions): Promise<SyncAccepted>;
  /** Has nothing of the tenant read or written until it is resumed. */
  pauseTenant(tenant: string, request?: PauseRequest, options?: CallOptions): Promise<TenantPause>;
  resumeTenant(tenant: string, options?: CallOptions): Promise<void>;
  /** Has the service read its file again. */
  reloadFile(options?: CallOptions): Promise<ReloadReport>;

  getHealth(options?: CallOptions): Promise<HealthReport>;
  /** In the text format of Prometheus. */
  getMetrics(options?: CallOptions): Promise<string>;

  /**
   * Calls an operation and returns whatever status it answers as a member of a union. Rejects like the methods above when
   * there is no answer, and with a `ResponseFormatError` when a documented status has no fitting body.
   */
  request<Op extends OperationId>(
    operationId: Op,
    input: ServiceOperationInput<Op>,
    options?: CallOptions,
  ): Promise<ServiceOutcome<Op>>;
}

type Client = DocumentClient<Operations, never>;

/** Writes every method down in terms of one operation. */
export function serviceMethods(client: Client): ServiceApi {
  return {
    listTenants: (query = {}, options) => client.body('listTenants', { query }, options),
    listAllTenants: (filter = {}, options) => allTenants(client, filter, options),
    getTenant: (tenant, options) => client.body('getTenant', { path: { tenant } }, options),
    getPlan: (tenant, options) => client.body('getPlan', { path: { tenant } }, options),
    listHistory: (tenant, query = {}, options) => client.body('listHistory', { path: { tenant }, query }, options),
    getQuota: (tenant, options) => client.body('getQuota', { path: { tenant } }, options),

    syncTenant: (tenant, options) => client.body('syncTenant', { path: { tenant } }, options),
    pauseTenant: (tenant, body = {}, options) => client.body('pauseTenant', { path: { tenant }, body }, options),
    resumeTenant: (tenant, options) => client.body('resumeTenant', { path: { tenant } }, options),
    reloadFile: (options) => client.body('reloadFile', {}, options),

    getHealth: (options) => client.body('getHealth', {}, options),
    getMetrics: (options) => client.body('getMetrics', {}, options),

    request: (operationId, input, options) => client.outcome(operationId, input, options),
  };
}

const PAGE_SIZE = 1000;

/** Reads page after page. Names only grow, so that a cursor that does not would lead round in a circle. */
async function allTenants(
  client: Client,
  filter: TenantFilter,
  options: CallOptions | undefined,
): Promise<TenantStatus[]> {
  const tenants: TenantStatus[] = [];
  let cursor: string | undefined;
  const take = (reading: Reading): TenantPage => {
    const page = client.success('listTenants', reading);
    if (page.next === undefined || cursor === undefined || page.next > cursor) return page;
    throw formatError(reading, 'a cursor that leads on');
  };
  do {
    const query = { ...filter, limit: PAGE_SIZE, ...(cursor !== undefined && { cursor }) };
    const page = await client.call('listTenants', { query }, options, take);
    tenants.push(...page.tenants);
    cursor = page.next;
  } while (cursor !== undefined);
  return tenants;
}
