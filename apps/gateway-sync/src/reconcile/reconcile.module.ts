import { Module } from '@nestjs/common';
import type { Schedule } from '../core/schedule.js';
import { MetricsModule } from '../metrics/metrics.module.js';
import { Metrics } from '../metrics/metrics.js';
import { ServiceSetup } from '../service-setup.js';
import { Fleet } from './fleet.js';
import { Gateways } from './gateways.js';
import { RECONCILE_SCHEDULE } from './tokens.js';

@Module({
  imports: [MetricsModule],
  providers: [
    {
      provide: Gateways,
      inject: [ServiceSetup, Metrics],
      useFactory: ({ build, key, store }: ServiceSetup, metrics: Metrics) =>
        new Gateways({
          userAgent: `gateway-sync/${build.version}`,
          metrics,
          key,
          ...(store && { budget: store.budget }),
        }),
    },
    {
      provide: RECONCILE_SCHEDULE,
      inject: [ServiceSetup],
      useFactory: ({ schedule, logger }: ServiceSetup) =>
        schedule('reconcile', (tenant, error) =>
          logger.error({ tenant, err: error }, 'a reconcile broke off: this is a bug'),
        ),
    },
    {
      provide: Fleet,
      inject: [ServiceSetup, RECONCILE_SCHEDULE, Metrics],
      useFactory: (setup: ServiceSetup, schedule: Schedule, metrics: Metrics) => {
        const { logger, clock, random, newId, actor, store, records } = setup;
        return new Fleet({
          logger,
          clock,
          random,
          newId,
          actor,
          ...(store && { ledger: store.ledger }),
          records,
          schedule,
          metrics,
        });
      },
    },
  ],
  exports: [Fleet, Gateways, RECONCILE_SCHEDULE],
})
export class ReconcileModule {}
