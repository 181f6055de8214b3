import { Module } from '@nestjs/common';
import { ServiceSetup } from '../service-setup.js';
import { MetricsController } from './metrics.controller.js';
import { Metrics } from './metrics.js';

@Module({
  controllers: [MetricsController],
  providers: [
    {
      provide: Metrics,
      inject: [ServiceSetup],
      useFactory: ({ build, clock }: ServiceSetup) => {
        const metrics = new Metrics(build, clock);
        metrics.fileLoaded(true, clock.now());
        return metrics;
      },
    },
  ],
  exports: [Metrics],
})
export class MetricsModule {}
