import createClient from 'openapi-fetch';

import { checkPathParameter } from './arguments.js';
import type { OperationWire } from './document-api/operation-wire.js';
import { writeBody } from './document-api/write-body.js';
import { textOf, writeFields } from './document-api/write-fields.js';
import { InvalidArgumentError } from './errors/invalid-argument-error.js';
import { safeCause } from './errors/safe-cause.js';
import type { PlainRequest } from './exchange.js';
import type { OperationDescription } from './generated/operation.js';
import type { Redactor } from './redact.js';

/** What goes into a request, by place. */
export interface RequestParts {
  readonly path?: object | undefined;
  readonly query?: object | undefined;
  readonly headers?: object | undefined;
  readonly cookies?: object | undefined;
  readonly body?: unknown;
}

/** An operation of a document of ours, or of any other with what is known of its requests. */
export type WritableOperation = OperationDescription & { readonly wire?: OperationWire };

/** Operations are chosen by the manifest at run time, so `OperationInput` types their input, not openapi-fetch. */
type Write = (
  method: string,
  path: string,
  init: {
    readonly baseUrl: string;
    readonly params: { readonly path: object; readonly query: object };
    readonly headers: object;
    readonly body: unknown;
    readonly bodySerializer?: (body: string | Uint8Array) => unknown;
    readonly querySerializer?: (query: object) => string;
    readonly fetch: (request: WrittenRequest) => Promise<Response>;
  },
) => Promise<unknown>;

/** Takes the place of `Request`, of which openapi-fetch needs no more than this, at a fraction of its cost. */
class WrittenRequest implements PlainRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | undefined;

  constructor(
    url: string,
    init: { readonly method: string; readonly headers: Headers; readonly body: string | Uint8Array | undefined },
  ) {
    if (init.body !== undefined && init.method === 'GET') throw new TypeError('a GET has no body');
    this.url = new URL(url).href;
    this.method = init.method;
    const headers: Record<string, string> = {};
    init.headers.forEach((value, name) => (headers[name] = value));
    this.headers = headers;
    this.body = init.body;
  }
}

const NO_ANSWER = new Response(null, { status: 204 });

// oxlint-disable-next-line no-unsafe-type-assertion -- see `WrittenRequest`
const client = createClient({ Request: WrittenRequest as unknown as typeof Request });
// oxlint-disable-next-line no-unsafe-type-assertion -- see `Write`
const write = client.request as unknown as Write;

/**
 * The request of an operation: URL, headers and serialised body. Lets openapi-fetch serialise, and takes the finished request
 * where it would be sent. A real `Request` has one body and follows its signal only weakly, so neither retries nor timeouts
 * can be built on it.
 */
export async function writeRequest(
  baseUrl: string,
  operation: WritableOperation,
  { path = {}, query = {}, headers = {}, cookies = {}, body }: RequestParts,
  redactor: Redactor,
): Promise<PlainRequest> {
  for (const [, name = ''] of operation.path.matchAll(/\{([^{}]+)\}/g)) checkInPath(name, Reflect.get(path, name));
  let written: PlainRequest | undefined;
  try {
    await write(operation.method, operation.path, {
      baseUrl,
      params: { path, query },
      ...(operation.wire === undefined
        ? ownParts(operation, headers, body)
        : await foreignParts(operation, operation.wire, { ...cookieHeader(cookies), ...headers }, body)),
      async fetch(request) {
        written = request;
        return NO_ANSWER;
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
}

type WrittenParts = Omit<Parameters<Write>[2], 'baseUrl' | 'params' | 'fetch'>;

function ownParts({ requestContentType: type }: OperationDescription, headers: object, body: unknown): WrittenParts {
  return { headers: { ...(type !== null && { 'content-type': type }), ...headers }, body };
}

async function foreignParts(
  { requestContentType }: OperationDescription,
  wire: OperationWire,
  headers: object,
  body: unknown,
): Promise<WrittenParts> {
  const written =
    body === undefined || requestContentType === null ? undefined : await writeBody(body, requestContentType, wire);
  return {
    headers: { ...headers, ...(written !== undefined && { 'content-type': written.contentType }) },
    body: written?.content,
    bodySerializer: (content) => content,
    querySerializer: (query) => writeFields(query, wire.query),
  };
}

function cookieHeader(cookies: object): { readonly cookie?: string } {
  const pairs = Object.entries(cookies).flatMap(([name, value]) =>
    value === undefined || value === null ? [] : [`${name}=${encodeURIComponent(textOf(value))}`],
  );
  return pairs.length === 0 ? {} : { cookie: pairs.join('; ') };
}

function checkInPath(name: string, value: unknown): void {
  for (const part of Array.isArray(value) && value.length > 0 ? value : [value]) {
    checkPathParameter(name, typeof part === 'number' || typeof part === 'boolean' ? String(part) : part);
  }
}
