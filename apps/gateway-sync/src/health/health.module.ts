import { Module } from '@nestjs/common';
import { HealthIndicatorService, TerminusModule } from '@nestjs/terminus';
import type { Schedule } from '../core/schedule.js';
import { Fleet } from '../reconcile/fleet.js';
import { ReconcileModule } from '../reconcile/reconcile.module.js';
import { RECONCILE_SCHEDULE } from '../reconcile/tokens.js';
import { ServiceSetup } from '../service-setup.js';
import { HealthChecks } from './checks.js';
import { HealthController } from './health.controller.js';
import { Lifecycle } from './lifecycle.js';

@Module({
  imports: [TerminusModule.forRoot({ logger: false }), ReconcileModule],
  controllers: [HealthController],
  providers: [
    Lifecycle,
    {
      provide: HealthChecks,
      inject: [HealthIndicatorService, ServiceSetup, RECONCILE_SCHEDULE, Fleet, Lifecycle],
      useFactory: (
        indicators: HealthIndicatorService,
        { file, clock, store }: ServiceSetup,
        schedule: Schedule,
        fleet: Fleet,
        lifecycle: Lifecycle,
      ) =>
        new HealthChecks(indicators, {
          schedule,
          statuses: () => fleet.statuses(),
          lifecycle,
          clock,
          file: file.path,
          ...(store && { store }),
        }),
    },
  ],
})
export class HealthModule {}
