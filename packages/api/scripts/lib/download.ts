import { CannotTellError, shownUrl } from './upstream-source.ts';

export type Download =
  | { readonly type: 'document'; readonly text: string; readonly etag: string | undefined }
  /** It is still what the `etag` stands for. */
  | { readonly type: 'unchanged' };

export interface DownloadOptions {
  readonly etag?: string | undefined;
  readonly timeoutMs: number;
  readonly maxBytes: number;
}

/** Fetches a document whole. Everything that leaves a doubt about that is a CannotTellError. */
export async function download(url: URL, options: DownloadOptions): Promise<Download> {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(new Error(`no answer within ${options.timeoutMs} ms`)), options.timeoutMs);
  try {
    return await attempt(url, options, abort.signal);
  } catch (error) {
    if (error instanceof CannotTellError) throw error;
    throw new CannotTellError(`${shownUrl(url)}: ${reasonOf(error, abort.signal)}; try again later`, { cause: error });
  } finally {
    clearTimeout(timer);
  }
}

async function attempt(url: URL, { etag, maxBytes }: DownloadOptions, signal: AbortSignal): Promise<Download> {
  const response = await fetch(url, {
    headers: { accept: 'application/yaml, application/json, */*;q=0.5', ...(etag && { 'if-none-match': etag }) },
    redirect: 'manual',
    signal,
  });
  const fail = (message: string) => new CannotTellError(`${shownUrl(url)}: ${message}`);
  if (response.status === 304 && etag !== undefined) return { type: 'unchanged' };
  if (response.status >= 300 && response.status < 400 && response.status !== 304)
    throw fail(describeRedirect(response, url));
  if (response.status !== 200) {
    throw fail(`answered ${response.status}; ${response.status < 500 ? 'is the address right?' : 'try again later'}`);
  }
  if (/html/i.test(response.headers.get('content-type') ?? ''))
    throw fail('answered with an HTML page, not a document');
  // Without either, a connection that breaks looks like the end of the document.
  if (!response.headers.has('content-length') && !response.headers.has('transfer-encoding')) {
    throw fail('does not say how long the document is, so nobody knows whether it came whole');
  }
  const text = await readText(response, maxBytes);
  if (text === undefined) throw fail(`sent more than ${maxBytes} bytes`);
  return { type: 'document', text, etag: response.headers.get('etag') ?? undefined };
}

async function readText({ body }: Response, maxBytes: number): Promise<string | undefined> {
  if (body === null) return '';
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = body.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    size += part.value.byteLength;
    if (size > maxBytes) {
      await reader.cancel();
      return undefined;
    }
    chunks.push(part.value);
  }
  return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
}

function describeRedirect(response: Response, url: URL): string {
  const target = URL.parse(response.headers.get('location') ?? '', url);
  const where = target === null ? 'elsewhere' : `to ${shownUrl(target)}`;
  return `leads ${where}, which is not followed; if the document has moved there, give that address with --upstream`;
}

function reasonOf(error: unknown, signal: AbortSignal): string {
  const reason: unknown = signal.aborted ? signal.reason : error;
  if (!(reason instanceof Error)) return String(reason);
  return reason.cause instanceof Error ? `${reason.message} (${reason.cause.message})` : reason.message;
}
