import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type RequestListener } from 'node:http';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';

/** One request as it came. */
export interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Receiver {
  readonly url: string;
  readonly received: readonly Received[];
  close(): Promise<void>;
}

/** A server on this machine that keeps what it is sent, and answers as `answer` does; ends with the test. */
export async function webhookReceiver(answer: RequestListener): Promise<Receiver> {
  const received: Received[] = [];
  const keep = async (request: IncomingMessage) => {
    const { url = '', headers } = request;
    received.push({ path: url, headers, body: await text(request) });
  };
  const server = createServer((request, response) => {
    void keep(request).then(() => answer(request, response));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = async () => {
    server.closeAllConnections();
    server.close();
  };
  onTestFinished(close);
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('the receiver has no port');
  return { url: `http://127.0.0.1:${address.port}/in`, received, close };
}
