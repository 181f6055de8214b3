import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { ExpressAdapter } from '@nestjs/platform-express';
import { MAX_HEADER_BYTES, TIMEOUTS, type Timeouts } from './limits.js';
import { headersTooLarge, PROBLEM_TYPE, type ProblemError, requestTimeout, unreadableRequest } from './problem.js';
import { SECURITY_HEADERS } from './security-headers.js';

/** Express on a server that does not wait for ever and does not take everything. */
export class LimitedAdapter extends ExpressAdapter {
  constructor(private readonly timeouts: Timeouts = TIMEOUTS) {
    super();
  }

  override initHttpServer(): void {
    const options = {
      maxHeaderSize: MAX_HEADER_BYTES,
      headersTimeout: this.timeouts.headersMs,
      requestTimeout: this.timeouts.requestMs,
      connectionsCheckingInterval: this.timeouts.checkMs,
      // Refused at admission instead, in the form of all refusals.
      requireHostHeader: false,
    };
    const handler = readable(this.getInstance());
    const server: Server = createServer(options, handler);
    answerBrokenRequests(server);
    // Whatever else a client expects, it gets the answer.
    server.on('checkExpectation', handler);
    this.httpServer = server;
  }
}

/** Express takes what follows two slashes for a host, when a character is in it that no address may hold. */
const STRANGE = /^\/\/.*[\s#]/;

/** Refuses what Express cannot read and would answer by itself. */
function readable(handler: RequestListener): RequestListener {
  return (request, response) => {
    if (!STRANGE.test(request.url ?? '')) return handler(request, response);
    const { problem } = unreadableRequest('the address of the request holds what no address may hold, such as #');
    const body = JSON.stringify(problem);
    response.writeHead(problem.status, headersOf(body));
    return response.end(body);
  };
}

/** Requests that never get as far as the application are answered in the same form. */
function answerBrokenRequests(server: Server): void {
  const latest = new WeakMap<Duplex, ServerResponse>();
  server.on('request', ({ socket }, response) => latest.set(socket, response));
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    const answer = latest.get(socket);
    const isAnswering = answer !== undefined && !answer.writableFinished;
    if (!socket.writable || isAnswering || error.code === 'ECONNRESET') socket.destroy(error);
    else socket.end(rawAnswer(problemOf(error)));
  });
}

function problemOf({ code }: NodeJS.ErrnoException): ProblemError {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return headersTooLarge(MAX_HEADER_BYTES);
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return requestTimeout();
    case undefined:
    default:
      return unreadableRequest('this is not a request of HTTP');
  }
}

function rawAnswer({ problem }: ProblemError): string {
  const body = JSON.stringify(problem);
  const headers = { ...headersOf(body), connection: 'close' };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return [`HTTP/1.1 ${problem.status} ${problem.title}`, ...lines, '', body].join('\r\n');
}

function headersOf(body: string) {
  return {
    ...SECURITY_HEADERS,
    'content-type': PROBLEM_TYPE,
    'content-length': String(Buffer.byteLength(body)),
  };
}
