import { Module } from '@nestjs/common';
import { MetricsModule } from '../metrics/metrics.module.js';
import { Metrics } from '../metrics/metrics.js';
import { QuotaModule } from '../quota/quota.module.js';
import { QuotaWatch } from '../quota/quota-watch.js';
import { Notifier } from '../notify/notifier.js';
import { NotifyModule } from '../notify/notify.module.js';
import { Fleet } from '../reconcile/fleet.js';
import { Gateways } from '../reconcile/gateways.js';
import { ReconcileModule } from '../reconcile/reconcile.module.js';
import { Reloader } from '../reload/reloader.js';
import { ServiceSetup } from '../service-setup.js';
import { Upkeep } from './upkeep.js';

@Module({
  imports: [MetricsModule, ReconcileModule, QuotaModule, NotifyModule],
  providers: [
    {
      provide: Upkeep,
      inject: [ServiceSetup, Gateways, Fleet, QuotaWatch, Notifier, Metrics],
      useFactory: (
        { replicas, key, logger, store }: ServiceSetup,
        gateways: Gateways,
        fleet: Fleet,
        quotaWatch: QuotaWatch,
        notifier: Notifier,
        metrics: Metrics,
      ) =>
        new Upkeep({ gateways, fleet, quotaWatch, notifier, replicas, key, metrics, logger, ...(store && { store }) }),
    },
    {
      provide: Reloader,
      inject: [ServiceSetup, Upkeep, Metrics],
      useFactory: ({ file, watching, key, logger, clock }: ServiceSetup, upkeep: Upkeep, metrics: Metrics) =>
        new Reloader({
          file,
          contents: watching?.contents ?? new Map(),
          load: (onRead) => watching?.load(onRead) ?? Promise.resolve(file),
          apply: (next, _, readAt) => upkeep.take(next, { readAt, reloaded: true }),
          key,
          metrics,
          logger,
          clock,
        }),
    },
  ],
  exports: [Upkeep, Reloader],
})
export class UpkeepModule {}
