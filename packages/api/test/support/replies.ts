import type { Reply } from './server.js';

/** A JSON answer. */
export function json(status: number, body: unknown, headers: Record<string, string> = {}): Reply {
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
  };
}

/** An answer of the gateway's kind, or a login page. */
export function html(status: number, body: string): Reply {
  return (response) => {
    response.writeHead(status, { 'content-type': 'text/html' }).end(body);
  };
}

/** An answer that is no JSON and is not meant to be any. */
export function text(status: number, body: string): Reply {
  return (response) => {
    response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(body);
  };
}

export function empty(status: number, headers: Record<string, string> = {}): Reply {
  return (response) => {
    response.writeHead(status, headers).end();
  };
}

/** Promises more bytes than it sends, and cuts the connection. */
export function resetMidBody(): Reply {
  return (response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
    response.write('[{"eventType":', () => response.destroy());
  };
}

/** Sends the head and the beginning of a body, and then nothing. */
export function stalledBody(): Reply {
  return (response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
    response.write('[');
  };
}

/** Sends nothing at all. */
export function silence(): Reply {
  return () => {};
}

/** What the token endpoint answers: `token-1`, then `token-2`, and so on. */
export function tokens(overrides: Record<string, unknown> = {}): Reply {
  let minted = 0;
  return (response, request) => {
    minted += 1;
    const body = { access_token: `token-${minted}`, token_type: 'Bearer', expires_in: 14_399, ...overrides };
    json(200, body)(response, request);
  };
}
