/** A destination without a socket: keeps what it was sent and answers as told. */
export interface Receiver {
  readonly fetch: typeof globalThis.fetch;
  readonly received: readonly Received[];
  /** Answers the next requests with these statuses, then 200 again; 0 means no answer at all. */
  answer(...statuses: readonly number[]): void;
  /** All requests get this header with their answer. */
  answerHeader(name: string, value: string): void;
}

export interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export function createReceiver(): Receiver {
  const received: Received[] = [];
  let statuses: readonly number[] = [];
  const headers = new Headers();
  return {
    received,
    answer: (...next) => {
      statuses = next;
    },
    answerHeader: (name, value) => headers.set(name, value),
    fetch: async (input, init) => {
      const request = new Request(input, init);
      const [status = 200, ...rest] = statuses;
      statuses = rest;
      received.push({
        method: request.method,
        url: request.url,
        headers: Object.fromEntries(request.headers),
        body: await request.text(),
      });
      if (status === 0)
        throw new TypeError('fetch failed', { cause: Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }) });
      return new Response(null, { status, headers });
    },
  };
}
