import { Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { createReceiver } from '@gateway-sync/events';
import { WebhookReceiverModule } from '@gateway-sync/events/nest';

@Injectable()
export class Orders {
  readonly placed: unknown[] = [];
}

@Module({ providers: [Orders], exports: [Orders] })
class OrdersModule {}

@Module({
  imports: [
    WebhookReceiverModule.register({
      path: 'hooks',
      imports: [OrdersModule],
      inject: [Orders],
      useFactory: (orders: Orders) =>
        createReceiver({
          emporix: { secrets: 'the secretKey' },
          eventType: 'order.created',
          fallback: () => undefined,
        }).on('order.created', ({ payload }) => orders.placed.push(payload.id)),
    }),
  ],
})
class AppModule {}

export const makeApp = () => NestFactory.create(AppModule, { rawBody: true, logger: false });
