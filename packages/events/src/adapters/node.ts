import { BodyTooLargeError, RawBodyLostError } from '../receiver/incoming-request.js';
import type { Receiver } from '../receiver/receiver.js';

/** What is needed of a request of node:http, and of those that Express and Nest make of it. */
export interface NodeRequest {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  /** Express: the address before a router cut off its part. */
  readonly originalUrl?: string | undefined;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** What a body parser left. */
  readonly body?: unknown;
  /** The bytes, where Nest or a parser keeps them. */
  readonly rawBody?: unknown;
  /** Whether somebody began to read. */
  readonly readableDidRead: boolean;
  on(event: 'data', listener: (chunk: Uint8Array) => void): unknown;
  on(event: 'end', listener: () => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  off(event: 'data', listener: (chunk: Uint8Array) => void): unknown;
  pause(): unknown;
}

export interface NodeResponse {
  readonly headersSent: boolean;
  writeHead(status: number, headers: Record<string, string>): unknown;
  end(body: string): unknown;
}

/** For `node:http` and Express. There, mount it in front of `express.json()`, or behind `express.raw()`. */
export function toNodeHandler(receiver: Receiver): (request: NodeRequest, response: NodeResponse) => void {
  return (request, response) => void answer(receiver, request, response);
}

async function answer(receiver: Receiver, request: NodeRequest, response: NodeResponse): Promise<void> {
  const { status, headers, body } = await receiver.handle({
    method: request.method ?? '',
    url: request.originalUrl ?? request.url ?? '/',
    headers: request.headers,
    readBody: (limit) => readNodeBody(request, limit),
  });
  // Somebody else, such as a timeout of the application, may have been faster.
  if (response.headersSent) return;
  response.writeHead(status, { ...headers });
  response.end(body);
}

/** What is needed of Fastify. */
export interface FastifyScope {
  removeAllContentTypeParsers(): unknown;
  addContentTypeParser(
    contentType: string,
    parser: (request: unknown, payload: unknown, done: (error: Error | null) => void) => void,
  ): unknown;
  route(options: {
    method: ('DELETE' | 'GET' | 'HEAD' | 'OPTIONS' | 'PATCH' | 'POST' | 'PUT')[];
    url: string;
    exposeHeadRoute: boolean;
    handler: (request: { raw: NodeRequest }, reply: { raw: NodeResponse; hijack(): unknown }) => void;
  }): unknown;
}

/** A plugin for Fastify: `app.register(toFastifyPlugin(receiver), { prefix: '/hooks' })`. Its parsers are its own. */
export function toFastifyPlugin(receiver: Receiver): (scope: FastifyScope) => Promise<void> {
  const handle = toNodeHandler(receiver);
  return async (scope) => {
    scope.removeAllContentTypeParsers();
    // Leaves the body where it is, for whatever content type.
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null));
    for (const url of ['/', '/*']) {
      scope.route({
        method: ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'],
        url,
        exposeHeadRoute: false,
        handler: (request, reply) => {
          reply.hijack();
          handle(request.raw, reply.raw);
        },
      });
    }
  };
}

async function readNodeBody(request: NodeRequest, limit: number): Promise<Uint8Array> {
  const kept = [request.rawBody, request.body].find(isBytes);
  const bytes = typeof kept === 'string' ? Buffer.from(kept, 'utf8') : (kept ?? (await readStream(request, limit)));
  if (bytes.byteLength > limit) throw new BodyTooLargeError(limit);
  return bytes;
}

function readStream(request: NodeRequest, limit: number): Promise<Uint8Array> {
  if (request.readableDidRead) return Promise.reject(new RawBodyLostError());
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    let length = 0;
    const take = (chunk: Uint8Array): void => {
      length += chunk.byteLength;
      chunks.push(chunk);
      if (length <= limit) return;
      // Not destroyed: the connection is still needed for the answer.
      request.off('data', take);
      request.pause();
      reject(new BodyTooLargeError(limit));
    };
    request.on('data', take);
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('error', reject);
  });
}

function isBytes(value: unknown): value is Uint8Array | string {
  return value instanceof Uint8Array || typeof value === 'string';
}
