import {
  createReceiver,
  digestOfDelivery,
  type Receiver,
  type Sender,
  type UnknownPayload,
} from '@gateway-sync/events';
import type { Secrets } from './settings.js';

/** What is said of an event, once however often it is delivered. */
export interface Told {
  readonly sender: Sender;
  /** Undefined when the address does not say it. */
  readonly type: string | undefined;
  readonly payload: UnknownPayload;
  /** One line for people. */
  readonly text: string;
}

/**
 * Takes verified events of which the address says the type, `…?type=order.created`. What `tell` throws counts as a failure:
 * the delivery is asked for again.
 */
export function receiveEvents(secrets: Secrets, tell: (told: Told) => void): Receiver {
  const { emporix, svix } = secrets;
  const receiver = createReceiver({
    ...(emporix.length > 0 && { emporix: { secrets: emporix, deliveryId: digestOfDelivery } }),
    ...(svix.length > 0 && { svix: { secrets: svix } }),
    eventType: ({ url }) => url.searchParams.get('type'),
    fallback: ({ sender, type, payload }) =>
      tell({ sender, type, payload, text: `${type ?? 'an event'}: nobody asked for it` }),
  });
  return receiver
    .on('order.created', ({ sender, type, payload }) => {
      const entries = payload.entries?.length ?? 0;
      tell({ sender, type, payload, text: `order ${payload.id ?? 'without id'}, entries: ${entries}` });
    })
    .on('product.created', ({ sender, type, payload }) => {
      const english = payload.name?.['en'];
      const name = typeof english === 'string' ? english : 'nothing in English';
      tell({ sender, type, payload, text: `product ${payload.id ?? 'without id'} is called ${name}` });
    });
}
