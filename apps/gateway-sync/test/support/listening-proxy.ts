import { once } from 'node:events';
import { createServer, request as send, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';

/** Hands everything on to a server, and tells which secrets pass: bearer tokens, and what answers bring. */
export async function listeningProxy(target: string, learn: (place: string, value: string) => void): Promise<string> {
  const forward = async (incoming: IncomingMessage, response: ServerResponse) => {
    const { method, url, headers } = incoming;
    const token = /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1];
    if (token !== undefined) learn('token in use', token);
    const body = await buffer(incoming);
    const outgoing = send(new URL(url ?? '/', target), { method, headers, agent: false });
    response.on('close', () => outgoing.destroy());
    outgoing.on('error', () => response.destroy());
    outgoing.on('response', (answer) => {
      backward(answer, response, learn).catch(() => response.destroy());
    });
    outgoing.end(body);
  };
  const server = createServer((incoming, response) => {
    forward(incoming, response).catch(() => response.destroy());
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo; // listening on TCP
  return `http://127.0.0.1:${port}`;
}

async function backward(
  answer: IncomingMessage,
  response: ServerResponse,
  learn: (place: string, value: string) => void,
): Promise<void> {
  response.writeHead(answer.statusCode ?? 500, answer.headers);
  const content = await buffer(answer);
  secretsOf(content.toString(), learn);
  response.end(content);
}

function secretsOf(content: string, learn: (place: string, value: string) => void): void {
  for (const name of ['access_token', 'token']) {
    const value = new RegExp(`"${name}":"([^"]{8,})"`).exec(content)?.[1];
    if (value !== undefined) learn(`token of an answer`, value);
  }
  const key = /"key":"whsec_([^"]{8,})"/.exec(content)?.[1];
  if (key !== undefined) learn('endpoint secret of an answer', key);
  const link = /#key=([^"\s]{8,})/.exec(content)?.[1];
  if (link !== undefined) learn('dashboard link', link);
}
