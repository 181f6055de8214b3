import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
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
  const answer = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const request = await receive(incoming);
    const reply = replies[requests.length] ?? replies.at(-1);
    requests.push(request);
    reply?.(response, request);
  };
  const server = createServer((incoming, response) => {
    void answer(incoming, response);
  });
  const url = await listen(server);
  onTestFinished(() => close(server));
  return { url, requests };
}

async function receive(incoming: IncomingMessage): Promise<Received> {
  const { method = '', url: path = '', headers } = incoming;
  return { method, path, headers, body: await text(incoming) };
}

/** Where nobody listens: a port that was free a moment ago. */
export async function closedUrl(): Promise<string> {
  const server = createServer();
  const url = await listen(server);
  await close(server);
  return url;
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return `http://127.0.0.1:${port}`;
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
