import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';

/** A request as it came over the wire. */
export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: string;
}

/** Answers one request. */
export type Reply = (response: ServerResponse, request: Received) => void;

export interface TestServer {
  readonly url: string;
  readonly requests: readonly Received[];
}

/**
 * Starts a server for the current test and stops it when the test is over. The n-th request gets the n-th reply; the
 * last reply stands for all further ones.
 */
export async function serve(...replies: readonly [Reply, ...Reply[]]): Promise<TestServer> {
  const requests: Received[] = [];
  const server = createServer(async (incoming, response) => {
    const { method = '', url: path = '', headers } = incoming;
    const request = { method, path, headers, body: await text(incoming) };
    const reply = replies[requests.length] ?? replies.at(-1);
    requests.push(request);
    reply?.(response, request);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  // oxlint-disable-next-line no-unsafe-type-assertion -- a TCP server has this kind of address
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, requests };
}
