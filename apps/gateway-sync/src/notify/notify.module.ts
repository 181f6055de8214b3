import { Module } from '@nestjs/common';
import { MetricsModule } from '../metrics/metrics.module.js';
import { Metrics } from '../metrics/metrics.js';
import { ServiceSetup } from '../service-setup.js';
import { Notifier } from './notifier.js';

@Module({
  imports: [MetricsModule],
  providers: [
    {
      provide: Notifier,
      inject: [ServiceSetup, Metrics],
      useFactory: ({ build, outbox, logger, clock, newId }: ServiceSetup, metrics: Metrics) =>
        new Notifier({ outbox, metrics, logger, clock, newId, userAgent: `gateway-sync/${build.version}` }),
    },
  ],
  exports: [Notifier],
})
export class NotifyModule {}
