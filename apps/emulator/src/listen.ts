import { ServerResponse } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Http2Bindings, HttpBindings } from '@hono/node-server';
import { ConnectionReset, CutResponse } from './faults/spoil.js';

export interface ListenOptions {
  /** 0, the default, takes a free one. */
  readonly port?: number;
  readonly host?: string;
}

/** A listening server. `close` ends open connections, hanging calls included. */
export interface Listening {
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

/** Puts a `fetch` handler on a socket. Rejects when the port is taken. */
export async function listen(
  fetch: (request: Request) => Promise<Response>,
  { port = 0, host = '127.0.0.1' }: ListenOptions = {},
): Promise<Listening> {
  const server = createAdaptorServer({
    overrideGlobalObjects: false,
    fetch: async (request: Request, { incoming, outgoing }: HttpBindings | Http2Bindings) => {
      try {
        const response = await fetch(request);
        if (!(response instanceof CutResponse && outgoing instanceof ServerResponse)) return response;
        // Done by hand: the adaptor would turn an early break into a 500.
        outgoing.writeHead(response.status, Object.fromEntries(response.headers));
        outgoing.write(response.half, () => outgoing.destroy());
        return RESPONSE_ALREADY_SENT;
      } catch (error) {
        if (error instanceof ConnectionReset) incoming.socket.resetAndDestroy();
        else if (!request.signal.aborted) throw error;
        return RESPONSE_ALREADY_SENT;
      }
    },
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const address = server.address();
  const actual = typeof address === 'object' && address !== null ? address.port : port;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${actual}`,
    port: actual,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        if ('closeAllConnections' in server) server.closeAllConnections();
      }),
  };
}
