import { BodyTooLargeError, RawBodyLostError } from '../receiver/incoming-request.js';
import type { Receiver } from '../receiver/receiver.js';

/** For whatever serves with `Request` and `Response`, such as Hono. */
export function toFetchHandler(receiver: Receiver): (request: Request) => Promise<Response> {
  return async (request) => {
    const { status, headers, body } = await receiver.handle({
      method: request.method,
      url: request.url,
      headers: request.headers,
      readBody: (limit) => readStream(request, limit),
    });
    return new Response(body === '' ? null : body, { status, headers });
  };
}

async function readStream(request: Request, limit: number): Promise<Uint8Array> {
  if (request.bodyUsed) throw new RawBodyLostError();
  if (request.body === null) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request.body) {
    length += chunk.byteLength;
    if (length > limit) throw new BodyTooLargeError(limit);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
