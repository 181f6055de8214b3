import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import type { ServiceAnswer } from '@gateway-sync/api';
import { planReportOf } from '../core/plan-report.js';
import type { Clock } from '../core/ports.js';
import { HISTORY_MS } from '../core/quota-look.js';
import { pastErrorsOf, quotaOverview } from '../core/quota-overview.js';
import type { TenantStatus } from '../core/tenant-record.js';
import { API_CLOCK, API_SOURCES, type ApiSources } from './api-sources.js';
import { planView, recordView } from './change-view.js';
import { checked, historyQuery, noQuery, tenantQuery } from './input.js';
import { noLedger, noRunYet } from './problem.js';
import { quotaReportView } from './quota-view.js';
import { statusView } from './status-view.js';
import { pageOf } from './tenant-page.js';
import { knownTenant } from './known-tenant.js';

/** How the tenants stand. */
@Controller('api/v1/tenants')
export class TenantsController {
  constructor(
    @Inject(API_SOURCES) private readonly sources: ApiSources,
    @Inject(API_CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  list(@Query() query: unknown): ServiceAnswer<'listTenants'> {
    const { statuses, total, next } = pageOf(this.sources.statuses(), checked(tenantQuery, query, 'query'));
    return { tenants: statuses.map((status) => this.#view(status)), total, ...(next !== undefined && { next }) };
  }

  @Get(':tenant')
  get(@Param('tenant') tenant: string, @Query() query: unknown): ServiceAnswer<'getTenant'> {
    checked(noQuery, query, 'query');
    return this.#view(knownTenant(this.sources, tenant));
  }

  @Get(':tenant/plan')
  async plan(@Param('tenant') tenant: string, @Query() query: unknown): Promise<ServiceAnswer<'getPlan'>> {
    checked(noQuery, query, 'query');
    knownTenant(this.sources, tenant);
    const report = await this.sources.report(tenant);
    if (!report) throw noRunYet(tenant);
    return planView(planReportOf(report));
  }

  @Get(':tenant/history')
  async history(@Param('tenant') tenant: string, @Query() query: unknown): Promise<ServiceAnswer<'listHistory'>> {
    const { limit, cursor } = checked(historyQuery, query, 'query');
    knownTenant(this.sources, tenant);
    // One more than asked for tells whether there is another page.
    const range = { limit: limit + 1, ...(cursor !== undefined && { before: cursor }) };
    const records = await this.sources.history(tenant, range);
    if (!records) throw noLedger();
    const shown = records.slice(0, limit);
    const last = shown.at(-1);
    return { changes: shown.map(recordView), ...(last && records.length > limit && { next: last.id }) };
  }

  @Get(':tenant/quota')
  async quota(@Param('tenant') tenant: string, @Query() query: unknown): Promise<ServiceAnswer<'getQuota'>> {
    checked(noQuery, query, 'query');
    const status = knownTenant(this.sources, tenant);
    const now = this.clock.now();
    const overview = quotaOverview({ tenant, quota: this.sources.quotaPolicy(tenant) }, status, now);
    const history = await this.sources.readings(tenant, now - HISTORY_MS);
    return quotaReportView(overview, history, pastErrorsOf(history, now, overview.timeZone));
  }

  #view(status: TenantStatus): ServiceAnswer<'getTenant'> {
    return statusView(status, this.sources.quotaPolicy(status.tenant), this.clock.now());
  }
}
