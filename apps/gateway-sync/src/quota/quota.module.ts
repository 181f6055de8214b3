import { Module } from '@nestjs/common';
import { MemoryQuotaLog } from '../adapters/memory-quota-log.js';
import { Notifier } from '../notify/notifier.js';
import { NotifyModule } from '../notify/notify.module.js';
import { Fleet } from '../reconcile/fleet.js';
import { ReconcileModule } from '../reconcile/reconcile.module.js';
import { ServiceSetup } from '../service-setup.js';
import { QuotaWatch, type WatchLog } from './quota-watch.js';

/** Where the readings of the quota are: in the database, or in this process. */
export const QUOTA_LOG = Symbol('QUOTA_LOG');

@Module({
  imports: [ReconcileModule, NotifyModule],
  providers: [
    {
      provide: QUOTA_LOG,
      inject: [ServiceSetup],
      useFactory: ({ store }: ServiceSetup): WatchLog => store?.quota ?? new MemoryQuotaLog(),
    },
    {
      provide: QuotaWatch,
      inject: [ServiceSetup, Fleet, QUOTA_LOG, Notifier],
      useFactory: (
        { schedule, clock, logger, random }: ServiceSetup,
        fleet: Fleet,
        log: WatchLog,
        notifier: Notifier,
      ) =>
        new QuotaWatch({
          schedule: schedule('quota', (tenant, error) =>
            logger.error({ tenant, err: error }, 'a quota reading broke off: this is a bug'),
          ),
          fleet,
          log,
          onLook: (tenant, look) => notifier.looked(tenant, look),
          logger,
          clock,
          random,
        }),
    },
  ],
  exports: [QuotaWatch, QUOTA_LOG],
})
export class QuotaModule {}
