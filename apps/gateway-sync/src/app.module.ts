import { type DynamicModule, Module } from '@nestjs/common';
import { HealthModule } from './health/health.module.js';
import { MetricsModule } from './metrics/metrics.module.js';
import { QuotaModule } from './quota/quota.module.js';
import { ReconcileModule } from './reconcile/reconcile.module.js';
import { ServiceSetup } from './service-setup.js';

@Module({})
export class AppModule {
  static forRoot(setup: ServiceSetup): DynamicModule {
    return {
      module: AppModule,
      global: true,
      imports: [ReconcileModule, QuotaModule, MetricsModule, HealthModule],
      providers: [{ provide: ServiceSetup, useValue: setup }],
      exports: [ServiceSetup],
    };
  }
}
