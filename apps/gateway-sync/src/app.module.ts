import { type DynamicModule, Module } from '@nestjs/common';
import { HealthModule } from './health/health.module.js';
import { HttpApiModule, type ApiParts } from './http/http-api.module.js';
import { reloadOf } from './http/reload-of.js';
import { serviceSources } from './http/service-sources.js';
import { MetricsModule } from './metrics/metrics.module.js';
import { QUOTA_LOG, QuotaModule } from './quota/quota.module.js';
import { QuotaWatch, type WatchLog } from './quota/quota-watch.js';
import { Fleet } from './reconcile/fleet.js';
import { ReconcileModule } from './reconcile/reconcile.module.js';
import { Reloader } from './reload/reloader.js';
import { ServiceSetup } from './service-setup.js';
import { UpkeepModule } from './upkeep/upkeep.module.js';

function apiModule(): DynamicModule {
  return HttpApiModule.forRootAsync({
    imports: [ReconcileModule, QuotaModule, UpkeepModule],
    inject: [ServiceSetup, Fleet, QuotaWatch, QUOTA_LOG, Reloader],
    useFactory: (
      { clock, store }: ServiceSetup,
      fleet: Fleet,
      quotaWatch: QuotaWatch,
      quotaLog: WatchLog,
      reloader: Reloader,
    ): ApiParts => ({
      sources: serviceSources({
        fleet,
        clock,
        reload: async () => reloadOf(await reloader.reload('api'), reloader.file),
        quotaLog,
        readQuota: (tenant) => quotaWatch.request(tenant),
        ...(store && { store }),
      }),
      clock,
    }),
  });
}

@Module({})
export class AppModule {
  static forRoot(setup: ServiceSetup): DynamicModule {
    return {
      module: AppModule,
      global: true,
      imports: [ReconcileModule, QuotaModule, UpkeepModule, MetricsModule, HealthModule, apiModule()],
      providers: [{ provide: ServiceSetup, useValue: setup }],
      exports: [ServiceSetup],
    };
  }
}
