import { Module } from '@nestjs/common';
import { HealthIndicatorService, TerminusModule } from '@nestjs/terminus';
import { PURPOSES, type Schedule } from '../core/schedule.js';
import { Metrics } from '../metrics/metrics.js';
import { MetricsModule } from '../metrics/metrics.module.js';
import { QuotaModule } from '../quota/quota.module.js';
import { QuotaWatch } from '../quota/quota-watch.js';
import { Fleet } from '../reconcile/fleet.js';
import { ReconcileModule } from '../reconcile/reconcile.module.js';
import { RECONCILE_SCHEDULE } from '../reconcile/tokens.js';
import { Reloader } from '../reload/reloader.js';
import { Upkeep } from '../upkeep/upkeep.js';
import { UpkeepModule } from '../upkeep/upkeep.module.js';
import { ServiceSetup } from '../service-setup.js';
import { HealthChecks } from './checks.js';
import { DatabaseCheck } from './database-check.js';
import { HealthController } from './health.controller.js';
import { Lifecycle } from './lifecycle.js';

@Module({
  imports: [TerminusModule.forRoot({ logger: false }), MetricsModule, ReconcileModule, QuotaModule, UpkeepModule],
  controllers: [HealthController],
  providers: [
    Lifecycle,
    {
      provide: HealthChecks,
      inject: [
        HealthIndicatorService,
        ServiceSetup,
        RECONCILE_SCHEDULE,
        QuotaWatch,
        Fleet,
        Upkeep,
        Reloader,
        Lifecycle,
        Metrics,
      ],
      useFactory: (
        indicators: HealthIndicatorService,
        { clock, logger, store }: ServiceSetup,
        schedule: Schedule,
        quotaWatch: QuotaWatch,
        fleet: Fleet,
        upkeep: Upkeep,
        reloader: Reloader,
        lifecycle: Lifecycle,
        metrics: Metrics,
      ) => {
        const schedules = { reconcile: () => schedule.pulse(), quota: () => quotaWatch.pulse() };
        for (const purpose of PURPOSES) metrics.listenTo(purpose, schedules[purpose]);
        return new HealthChecks(indicators, {
          schedules,
          statuses: () => fleet.statuses(),
          unseen: () => fleet.unseen() ?? reloader.file.tenants.length,
          standingBy: () => fleet.standingBy,
          lifecycle,
          clock,
          file: () => reloader.file,
          lastReload: () => reloader.last,
          rejectedSince: () => reloader.rejectedSince,
          standing: () => upkeep.standing,
          ...(store && { database: new DatabaseCheck(store, logger) }),
        });
      },
    },
  ],
})
export class HealthModule {}
