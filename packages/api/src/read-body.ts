import { abortable } from './signals.js';

/**
 * The whole body, `maxBytes` of it at most, unpacked; `undefined` when it is longer. When the signal aborts, the rest is
 * cancelled here, because a `fetch` that was handed in need not do so and an abandoned body keeps its connection.
 */
export async function readBody(
  response: Response,
  signal: AbortSignal,
  maxBytes: number,
): Promise<Uint8Array | undefined> {
  if (response.body === null) return new Uint8Array();
  const reader = response.body.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for (;;) {
      const { done, value } = await abortable(reader.read(), signal);
      if (done) return Buffer.concat(chunks);
      length += value.byteLength;
      if (length > maxBytes) break;
      chunks.push(value);
    }
  } catch (error) {
    // A stream that broke by itself refuses to be cancelled; there is nothing left to free then.
    reader.cancel(error).catch(() => {});
    throw error;
  }
  reader.cancel().catch(() => {});
  return undefined;
}
