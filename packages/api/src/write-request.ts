import createClient from 'openapi-fetch';

import { checkPathParameter } from './arguments.js';
import type { PlainRequest } from './attempt.js';
import { InvalidArgumentError } from './errors/invalid-argument-error.js';
import { safeCause } from './errors/safe-cause.js';
import type { OperationDescription } from './generated/operation.js';
import type { Redactor } from './redact.js';

/** What goes into a request, by place. */
export interface RequestParts {
  readonly path?: object | undefined;
  readonly query?: object | undefined;
  readonly headers?: object | undefined;
  readonly body?: unknown;
}

/** Writes the request of an operation: URL, headers and serialised body. */
export type RequestWriter = (operation: OperationDescription, parts: RequestParts) => Promise<PlainRequest>;

/** Operations are chosen by the manifest at run time, so `OperationInput` types their input, not openapi-fetch. */
type Write = (
  method: string,
  path: string,
  init: {
    readonly params: { readonly path: object; readonly query: object };
    readonly headers: object;
    readonly body: unknown;
    readonly fetch: (request: Request) => Promise<Response>;
  },
) => Promise<unknown>;

/**
 * Lets openapi-fetch serialise, and takes the finished `Request` apart where it would be sent. A `Request` has one body
 * and follows its signal only weakly, so neither retries nor timeouts can be built on it.
 */
export function createRequestWriter(baseUrl: string, redactor: Redactor): RequestWriter {
  // oxlint-disable-next-line no-unsafe-type-assertion -- see `Write`
  const write = createClient({ baseUrl }).request as unknown as Write;

  return async (operation, { path = {}, query = {}, headers = {}, body }) => {
    for (const [, name = ''] of operation.path.matchAll(/\{(\w+)\}/g))
      checkPathParameter(name, Reflect.get(path, name));
    let written: PlainRequest | undefined;
    try {
      await write(operation.method, operation.path, {
        params: { path, query },
        headers: {
          ...(operation.requestContentType !== null && { 'content-type': operation.requestContentType }),
          ...headers,
        },
        body,
        async fetch(request) {
          written = {
            url: request.url,
            method: request.method,
            headers: new Headers(request.headers),
            body: request.body === null ? undefined : await request.text(),
          };
          return new Response(null, { status: 204 });
        },
      });
    } catch (error) {
      throw new InvalidArgumentError(
        `${operation.operationId} cannot be sent: a parameter, header or the body does not fit`,
        {
          cause: safeCause(error, redactor.redact),
        },
      );
    }
    if (written === undefined) throw new Error('openapi-fetch did not call its fetch option');
    return written;
  };
}
