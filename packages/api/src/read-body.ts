import { abortable } from './signals.js';

/**
 * The whole body as text. When the signal aborts, the rest is cancelled here, because a `fetch` that was handed in need
 * not do so and an abandoned body keeps its connection.
 */
export async function readBody(response: Response, signal: AbortSignal): Promise<string> {
  if (response.body === null) return '';
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  try {
    for (;;) {
      const { done, value } = await abortable(reader.read(), signal);
      if (done) return text + decoder.decode();
      text += decoder.decode(value, { stream: true });
    }
  } catch (error) {
    // A stream that broke by itself refuses to be cancelled; there is nothing left to free then.
    reader.cancel(error).catch(() => {});
    throw error;
  }
}
