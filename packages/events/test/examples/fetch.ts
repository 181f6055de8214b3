import { createReceiver } from '@gateway-sync/events';
import { toFetchHandler } from '@gateway-sync/events/fetch';

const receiver = createReceiver({
  svix: { secrets: 'whsec_plJ3nmyCDGBKInavdOK15jsl' },
  eventType: 'product.updated', // the endpoint gets nothing else
  fallback: () => undefined,
}).on('product.updated', ({ payload, deliveryId }) => console.log(deliveryId, payload.id));

export default { fetch: toFetchHandler(receiver) };
