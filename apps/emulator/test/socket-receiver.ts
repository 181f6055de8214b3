import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Received } from './receiver.js';

/** A destination on a socket of its own. */
export interface SocketReceiver {
  readonly url: string;
  readonly received: readonly Omit<Received, 'url'>[];
  close(): Promise<void>;
}

/** Answers whatever `status` gives at the time. */
export async function startReceiver(status: () => number): Promise<SocketReceiver> {
  const received: Omit<Received, 'url'>[] = [];
  const receive = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)] as const);
    received.push({ method: request.method ?? '', headers: Object.fromEntries(headers), body: await text(request) });
    response.writeHead(status()).end();
  };
  const server = createServer((request, response) => void receive(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? (address?.port ?? '') : ''}/in`,
    received,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
