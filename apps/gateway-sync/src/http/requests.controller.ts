import { Body, Controller, HttpCode, Inject, Ip, Param, Post, Query } from '@nestjs/common';
import type { ServiceAnswer } from '@gateway-sync/api';
import { plainAddress } from './address.js';
import { API_SOURCES, type ApiSources } from './api-sources.js';
import { checked, noBody, noQuery, pauseBody } from './input.js';
import { knownTenant } from './known-tenant.js';
import { letGo, paused } from './problem.js';
import { pauseView } from './quota-view.js';
import { timeView } from './time-view.js';

/** What a person may ask for a tenant. */
@Controller('api/v1/tenants/:tenant')
export class RequestsController {
  constructor(@Inject(API_SOURCES) private readonly sources: ApiSources) {}

  @Post('sync')
  @HttpCode(202)
  async sync(
    @Param('tenant') tenant: string,
    @Query() query: unknown,
    @Body() body: unknown,
  ): Promise<ServiceAnswer<'syncTenant'>> {
    checked(noQuery, query, 'query');
    checked(noBody, body, 'body');
    const { pause } = knownTenant(this.sources, tenant);
    if (pause) throw paused(tenant, timeView(pause.at));
    if (!(await this.sources.sync(tenant))) throw letGo(tenant);
    return { tenant, trigger: 'manual' };
  }

  @Post('pause')
  @HttpCode(200)
  async pause(
    @Param('tenant') tenant: string,
    @Query() query: unknown,
    @Body() body: unknown,
    @Ip() address: string,
  ): Promise<ServiceAnswer<'pauseTenant'>> {
    checked(noQuery, query, 'query');
    const { reason } = checked(pauseBody, body, 'body');
    knownTenant(this.sources, tenant);
    const { pause, replaced } = await this.sources.pause(tenant, `API (${plainAddress(address)})`, reason);
    return { tenant, pause: pauseView(pause), ...(replaced && { replaced: pauseView(replaced) }) };
  }

  @Post('resume')
  @HttpCode(204)
  async resume(
    @Param('tenant') tenant: string,
    @Query() query: unknown,
    @Body() body: unknown,
  ): Promise<ServiceAnswer<'resumeTenant'>> {
    checked(noQuery, query, 'query');
    checked(noBody, body, 'body');
    knownTenant(this.sources, tenant);
    if (!(await this.sources.resume(tenant))) throw letGo(tenant);
  }
}
