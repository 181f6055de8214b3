/** A request that can be sent any number of times: nothing in it is used up. */
export interface PlainRequest {
  readonly url: string;
  readonly method: string;
  /** By name in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | undefined;
}

export type AnswerHeaders = Pick<Headers, 'get'>;

/** An answer, read to the end. */
export interface Received {
  readonly type: 'answer';
  readonly status: number;
  readonly headers: AnswerHeaders;
  readonly body: AnswerBody;
}

/** The answer began, and is too long to be read. */
export interface TooLarge {
  readonly type: 'too-large';
  readonly status: number;
}

/**
 * Sends a request once, follows no redirect, and reads the whole answer if it has at most `maxBytes`, unpacked. When the
 * signal aborts, it frees the connection.
 */
export type Exchange = (
  request: PlainRequest,
  limits: { readonly signal: AbortSignal; readonly maxBytes: number },
) => Promise<Received | TooLarge>;

const decoder = new TextDecoder();

/** A whole body. Text is made of it when somebody asks. */
export class AnswerBody {
  readonly bytes: Uint8Array;
  #text: string | undefined;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  get text(): string {
    return (this.#text ??= decoder.decode(this.bytes));
  }
}
