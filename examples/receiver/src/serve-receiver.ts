import { once } from 'node:events';
import { createServer } from 'node:http';
import { toNodeHandler } from '@gateway-sync/events/node';
import type { Receiver } from '@gateway-sync/events';

export interface Serving {
  /** Without a path. */
  readonly url: string;
  /** Takes no more, and lets what is under way finish. */
  close(): Promise<void>;
}

/** Longer than a delivery may take, which is 10 seconds. */
const GRACE_MS = 12_000;

/** Serves a receiver at every path; port 0 is a free one. */
export async function serveReceiver(
  receiver: Receiver,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<Serving> {
  let closing = false;
  const server = createServer(toNodeHandler(receiver));
  server.on('request', (_, response) => {
    // Otherwise the sender keeps the connection, and closing waits for that.
    response.once('finish', () => void (closing && setImmediate(() => server.closeIdleConnections())));
  });
  await once(server.listen(port, host), 'listening');
  const address = server.address();
  const bound = typeof address === 'object' && address !== null ? address.port : port;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}`,
    close: async () => {
      closing = true;
      const closed = once(server, 'close');
      server.close();
      server.closeIdleConnections();
      const grace = setTimeout(() => server.closeAllConnections(), GRACE_MS);
      await closed;
      clearTimeout(grace);
    },
  };
}
