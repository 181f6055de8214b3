import type { Clock } from '../clock.js';
import type { Tenant } from '../state/tenant.js';
import type { Courier, Errand } from './courier.js';
import { outcomeOf, type Delivery, type EventRecord } from './event-record.js';

/** Carries an event to an HTTP destination: the same bytes and headers each time. */
export function httpErrand(
  delivery: Delivery,
  event: EventRecord,
  tenant: Tenant,
  { courier, clock }: { readonly courier: Courier; readonly clock: Clock },
): Errand {
  return {
    delivery,
    prepare: () => ({ url: delivery.url, headers: delivery.headers }),
    attempted: () => undefined,
    retryAfter: () => courier.quirks().retryDelaysSeconds[delivery.attempts.length - 1],
    settled: () => {
      const { countedUnit, httpDeliveriesCount } = courier.quirks();
      if (
        delivery.status === 'delivered' &&
        httpDeliveriesCount &&
        (countedUnit === 'delivery' || event.counted === 0)
      ) {
        event.counted++;
        const now = clock.now();
        tenant.usage.add(tenant.usage.monthAt(now), 1, now);
      }
      event.outcome = outcomeOf(event);
    },
  };
}
