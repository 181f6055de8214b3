import type { DynamicModule } from '@nestjs/common';
import { createReceiver, type Receiver } from '@gateway-sync/events';
import { WebhookReceiverModule } from '@gateway-sync/events/nest';

const makeReceiver = (secret: string): Receiver =>
  createReceiver({ emporix: { secrets: secret }, eventType: 'order.created', fallback: () => undefined });

export const hooks: DynamicModule = WebhookReceiverModule.register({
  path: 'hooks',
  inject: ['SECRET'],
  useFactory: makeReceiver,
});
// @ts-expect-error: a module without a path.
export const nowhere: unknown = WebhookReceiverModule.register({ useFactory: makeReceiver });
