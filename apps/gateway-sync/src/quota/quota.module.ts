import { Module } from '@nestjs/common';
import { MemoryQuotaLog } from '../adapters/memory-quota-log.js';
import { Fleet } from '../reconcile/fleet.js';
import { ReconcileModule } from '../reconcile/reconcile.module.js';
import { ServiceSetup } from '../service-setup.js';
import { QuotaWatch } from './quota-watch.js';

@Module({
  imports: [ReconcileModule],
  providers: [
    {
      provide: QuotaWatch,
      inject: [ServiceSetup, Fleet],
      useFactory: ({ schedule, clock, logger, random, store }: ServiceSetup, fleet: Fleet) =>
        new QuotaWatch({
          schedule: schedule('quota', (tenant, error) =>
            logger.error({ tenant, err: error }, 'a quota reading broke off: this is a bug'),
          ),
          fleet,
          log: store?.quota ?? new MemoryQuotaLog(),
          logger,
          clock,
          random,
        }),
    },
  ],
  exports: [QuotaWatch],
})
export class QuotaModule {}
