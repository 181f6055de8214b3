import { Module } from '@nestjs/common';
import { InProcessSchedule } from '../adapters/schedule/in-process-schedule.js';
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
      useFactory: (setup: ServiceSetup, metrics: Metrics) => new Gateways(setup, metrics),
    },
    {
      provide: RECONCILE_SCHEDULE,
      inject: [ServiceSetup],
      useFactory: ({ file, clock, logger }: ServiceSetup) =>
        new InProcessSchedule({
          concurrency: file.sync.concurrency,
          clock,
          errorDelayMs: file.sync.intervalMs,
          onError: (tenant, error) => logger.error({ tenant, err: error }, 'a reconcile broke off: this is a bug'),
        }),
    },
    {
      provide: Fleet,
      inject: [ServiceSetup, Gateways, RECONCILE_SCHEDULE, Metrics],
      useFactory: (setup: ServiceSetup, gateways: Gateways, schedule: Schedule, metrics: Metrics) => {
        const { file, logger, clock, random, newId, actor, store } = setup;
        const { intervalMs, maxIntervalMs, jitterPercent } = file.sync;
        return new Fleet({
          logger,
          clock,
          random,
          newId,
          actor,
          ...(store && { ledger: store.ledger }),
          tenants: gateways.all,
          schedule,
          cadence: { intervalMs, maxIntervalMs, jitter: jitterPercent / 100 },
          metrics,
        });
      },
    },
  ],
  exports: [Fleet, Gateways, RECONCILE_SCHEDULE],
})
export class ReconcileModule {}
