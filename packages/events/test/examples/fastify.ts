import { fastify } from 'fastify';
import type { Receiver } from '@gateway-sync/events';
import { toFastifyPlugin } from '@gateway-sync/events/node';

export const makeApp = async (receiver: Receiver) => {
  const app = fastify();
  await app.register(toFastifyPlugin(receiver), { prefix: '/hooks' });
  return app;
};
