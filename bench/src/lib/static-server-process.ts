import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { StaticRoute } from './static-server.ts';

type Message = { readonly routes: readonly StaticRoute[]; readonly latencyMs: number } | { readonly type: 'count' };
type Answer = (response: ServerResponse) => void;

let count = 0;

process.on('message', (message: Message) => {
  if ('routes' in message) serve(message.routes, message.latencyMs);
  else {
    process.send?.({ count });
    count = 0;
  }
});
process.on('disconnect', () => process.exit(0));

function serve(routes: readonly StaticRoute[], latencyMs: number): void {
  const exact = new Map<string, Answer>();
  const patterns: { readonly pattern: RegExp; readonly answer: Answer }[] = [];
  for (const { method, path, status = 200, body } of routes) {
    const bytes = Buffer.from(body);
    const headers = { 'content-type': 'application/json', 'content-length': bytes.length };
    const answer = (response: ServerResponse) => void response.writeHead(status, headers).end(bytes);
    if (path.includes('*')) patterns.push({ pattern: patternOf(`${method} ${path}`), answer });
    else exact.set(`${method} ${path}`, answer);
  }
  const server = createServer((request, response) => {
    count += 1;
    const [path = ''] = (request.url ?? '').split('?');
    const key = `${request.method} ${path}`;
    const answer = exact.get(key) ?? patterns.find(({ pattern }) => pattern.test(key))?.answer ?? notFound;
    request.resume();
    request.once('end', () => {
      if (latencyMs > 0) setTimeout(answer, latencyMs, response);
      else answer(response);
    });
  });
  server.keepAliveTimeout = 60_000;
  server.listen(0, '127.0.0.1', () => {
    // oxlint-disable-next-line no-unsafe-type-assertion -- it listens on TCP
    const { port } = server.address() as AddressInfo;
    process.send?.({ url: `http://127.0.0.1:${port}` });
  });
}

function patternOf(path: string): RegExp {
  return new RegExp(
    `^${path
      .split('*')
      .map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'))
      .join('[^/]+')}$`,
  );
}

function notFound(response: ServerResponse): void {
  response.writeHead(404, { 'content-type': 'application/json', 'content-length': 2 }).end('{}');
}
