import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import express from 'express';
import { fastify } from 'fastify';
import type { Receiver } from '../src/index.js';
import { toFetchHandler } from '../src/adapters/fetch.js';
import { toFastifyPlugin, toNodeHandler } from '../src/adapters/node.js';

/** A server on a socket, with the address that the receiver has there. */
export interface Serving {
  readonly url: string;
  close(): Promise<void>;
}

export type Serve = (receiver: Receiver) => Promise<Serving>;

export const serveNode: Serve = (receiver) => listen(toNodeHandler(receiver));

export const servers: Readonly<Record<string, Serve>> = {
  'node:http': serveNode,
  fetch: async (receiver) =>
    // Of the kinds that this makes, it is asked for one of node:http.
    started(createAdaptorServer({ fetch: toFetchHandler(receiver), overrideGlobalObjects: false }) as Server),
  Express: (receiver) => listen(express().use('/hooks', toNodeHandler(receiver)).use(express.json())),
  'Express behind express.raw()': (receiver) =>
    listen(express().use('/hooks', express.raw({ type: () => true }), toNodeHandler(receiver))),
  Fastify: async (receiver) => {
    const app = fastify({ forceCloseConnections: true });
    app.post('/elsewhere', async ({ body }) => body);
    await app.register(toFastifyPlugin(receiver), { prefix: '/hooks' });
    return { url: `${await app.listen()}/hooks`, close: () => app.close() };
  },
};

export async function listen(listener: RequestListener): Promise<Serving> {
  return await started(createServer(listener));
}

async function started(server: Server): Promise<Serving> {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/hooks`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
