import 'reflect-metadata';
import { createReceiver } from '@gateway-sync/events';
import { WebhookReceiverModule } from '@gateway-sync/events/nest';

const { module } = WebhookReceiverModule.register({
  path: 'hooks',
  useFactory: () =>
    createReceiver({ emporix: { secrets: 'the secretKey' }, eventType: 'order.created', fallback: () => undefined }),
});
console.log(module.name);
