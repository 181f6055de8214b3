import { Controller, Body, Injectable, Module, Post, type INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { afterEach, expect, test } from 'vitest';
import { WebhookReceiverModule } from '../src/adapters/nest.js';
import { emporixHeaders, openBench } from './support.js';

import 'reflect-metadata';

const BODY = '{ "id": "o-ä" }';

@Injectable()
class Orders {
  readonly placed: unknown[] = [];
}

@Module({ providers: [Orders], exports: [Orders] })
class OrdersModule {}

@Controller()
class OtherController {
  @Post('other')
  echo(@Body() body: unknown): unknown {
    return body;
  }
}

@Module({
  controllers: [OtherController],
  imports: [
    OrdersModule,
    WebhookReceiverModule.register({
      path: 'hooks/:type',
      imports: [OrdersModule],
      inject: [Orders],
      useFactory: (orders: Orders) =>
        openBench({ eventType: ({ url }) => url.pathname.split('/').at(-1) }).receiver.on(
          'order.created',
          ({ payload }) => orders.placed.push(payload.id),
        ),
    }),
    WebhookReceiverModule.register({ path: 'second', useFactory: async () => openBench().receiver }),
  ],
})
class AppModule {}

let app: INestApplication | undefined;
afterEach(() => app?.close());

async function start(options: { readonly rawBody: boolean }): Promise<{ url: string; orders: Orders }> {
  app = await NestFactory.create(AppModule, { logger: false, ...options });
  await app.listen(0, '127.0.0.1');
  return { url: await app.getUrl(), orders: app.get(Orders) };
}

function post(url: string, body: string, headers: Record<string, string>): Promise<Response> {
  return fetch(url, { method: 'POST', headers, body });
}

test('a receiver made of what Nest injects stands at its path', async () => {
  const { url, orders } = await start({ rawBody: true });
  expect((await post(`${url}/hooks/order.created`, BODY, emporixHeaders(BODY))).status).toBe(200);
  expect((await post(`${url}/hooks/order.created`, BODY, emporixHeaders('other'))).status).toBe(401);
  expect(orders.placed).toEqual(['o-ä']);
});

test('there may be several, and other routes are as they were', async () => {
  const { url } = await start({ rawBody: true });
  expect((await post(`${url}/second`, BODY, emporixHeaders(BODY))).status).toBe(200);
  const other = await post(`${url}/other`, BODY, { 'content-type': 'application/json' });
  expect([other.status, await other.json()]).toEqual([201, { id: 'o-ä' }]);
  expect((await fetch(`${url}/hooks`)).status).toBe(404);
});

test('HEAD and OPTIONS are answered with success', async () => {
  const { url } = await start({ rawBody: true });
  const probes = ['HEAD', 'OPTIONS'].map((method) => fetch(`${url}/hooks/order.created`, { method }));
  expect((await Promise.all(probes)).map(({ status }) => status)).toEqual([204, 204]);
});

test('without rawBody it is said that rawBody is missing', async () => {
  const { url } = await start({ rawBody: false });
  const answer = await post(`${url}/hooks/order.created`, BODY, emporixHeaders(BODY));
  expect([answer.status, await answer.text()]).toEqual([500, expect.stringContaining('{ rawBody: true }')]);
});
