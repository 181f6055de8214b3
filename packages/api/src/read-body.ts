import { abortable } from './signals.js';

/** The body is longer than it may be; the rest was not read. */
export class BodyTooLarge extends Error {}

/**
 * The whole body as text, `maxBytes` of it at most, unpacked. When the signal aborts, the rest is cancelled here, because a `fetch` that was handed in need
 * not do so and an abandoned body keeps its connection.
 */
export async function readBody(response: Response, signal: AbortSignal, maxBytes: number): Promise<string> {
  if (response.body === null) return '';
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  try {
    for (;;) {
      const { done, value } = await abortable(reader.read(), signal);
      if (done) return text + decoder.decode();
      bytes += value.byteLength;
      if (bytes > maxBytes) throw new BodyTooLarge();
      text += decoder.decode(value, { stream: true });
    }
  } catch (error) {
    // A stream that broke by itself refuses to be cancelled; there is nothing left to free then.
    reader.cancel(error).catch(() => {});
    throw error;
  }
}
