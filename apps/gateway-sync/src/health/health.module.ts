import { Module } from '@nestjs/common';
import { HealthIndicatorService, TerminusModule } from '@nestjs/terminus';
import type { Schedule } from '../core/schedule.js';
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
  imports: [TerminusModule.forRoot({ logger: false }), ReconcileModule, QuotaModule, UpkeepModule],
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
      ) =>
        new HealthChecks(indicators, {
          schedules: { reconcile: () => schedule.pulse(), quota: () => quotaWatch.pulse() },
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
        }),
    },
  ],
})
export class HealthModule {}
