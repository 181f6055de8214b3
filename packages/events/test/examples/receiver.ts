import { createServer } from 'node:http';
import { createReceiver, digestOfDelivery } from '@gateway-sync/events';
import { toNodeHandler } from '@gateway-sync/events/node';

const receiver = createReceiver({
  emporix: { secrets: ['the new secretKey', 'the old one'], deliveryId: digestOfDelivery },
  eventType: ({ url }) => url.searchParams.get('type'), // …/hooks?type=order.created
  fallback: ({ type, payload }) => console.log(`nobody asked for ${type}:`, payload),
});

receiver
  .on('order.created', async ({ payload }, { signal }) => {
    const { ok, status } = await fetch(`http://127.0.0.1:8090/orders/${payload.id}`, { method: 'PUT', signal });
    if (!ok) throw new Error(`the ERP answered ${status}`); // asked again later, without the handler below
  })
  .on('order.created', ({ payload }) => console.log('order', payload.id, payload.metadata?.createdAt));

export const server = createServer(toNodeHandler(receiver));
