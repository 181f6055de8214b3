import { AnswerBody, type Exchange } from './exchange.js';
import { readBody } from './read-body.js';
import { abortable } from './signals.js';

/** The `fetch` that the client is given. It is always called with a URL and an init, never with a `Request`. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** Exchanges by way of somebody's `fetch`, which need not notice that the signal aborts. */
export function fetchExchange(fetch: Fetch): Exchange {
  return async ({ url, method, headers, body }, { signal, maxBytes }) => {
    const init: RequestInit = {
      method,
      headers,
      // A token must not follow a redirect to another place.
      redirect: 'manual',
      signal,
      ...(body !== undefined && { body: typeof body === 'string' ? body : new Uint8Array(body) }),
    };
    const pending = fetch(url, init);
    const response = await abortable(pending, signal).catch((error: unknown) => {
      pending.then(discard, () => {});
      throw error;
    });
    const { status } = response;
    const bytes = await readBody(response, signal, maxBytes);
    if (!bytes) return { type: 'too-large', status };
    return { type: 'answer', status, headers: response.headers, body: new AnswerBody(bytes) };
  };
}

/** Frees the connection of an answer that came after nobody waited any more. */
async function discard(response: Response): Promise<void> {
  await response.body?.cancel();
}
