import { Module } from '@nestjs/common';
import { InProcessSchedule } from '../adapters/schedule/in-process-schedule.js';
import { MetricsModule } from '../metrics/metrics.module.js';
import { Metrics } from '../metrics/metrics.js';
import { Fleet } from '../reconcile/fleet.js';
import { Gateways } from '../reconcile/gateways.js';
import { ReconcileModule } from '../reconcile/reconcile.module.js';
import { ServiceSetup } from '../service-setup.js';
import { QuotaWatch } from './quota-watch.js';

/** Usage moves slower than drift matters: one reading for every third interval, and four a day at least. */
const INTERVALS = 3;
const MAX_INTERVAL_MS = 6 * 60 * 60_000;

@Module({
  imports: [MetricsModule, ReconcileModule],
  providers: [
    {
      provide: QuotaWatch,
      inject: [ServiceSetup, Gateways, Metrics, Fleet],
      useFactory: (setup: ServiceSetup, gateways: Gateways, metrics: Metrics, fleet: Fleet) => {
        const { file, clock, logger, random, store } = setup;
        const { intervalMs, jitterPercent, concurrency } = file.sync;
        return new QuotaWatch({
          tenants: gateways.all,
          schedule: new InProcessSchedule({
            concurrency,
            clock,
            errorDelayMs: INTERVALS * intervalMs,
            onError: (tenant, error) =>
              logger.error({ tenant, err: error }, 'a quota reading broke off: this is a bug'),
          }),
          intervalMs: Math.min(INTERVALS * intervalMs, MAX_INTERVAL_MS),
          jitter: jitterPercent / 100,
          metrics,
          fleet,
          ...(store && { log: store.quota }),
          logger,
          clock,
          random,
        });
      },
    },
  ],
  exports: [QuotaWatch],
})
export class QuotaModule {}
