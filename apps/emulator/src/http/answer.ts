/** What an operation answers, before it becomes a `Response`. No body means an empty one. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Set when a quirk was switched away from the contract on purpose: the contract does not judge this answer. */
  readonly offContract?: string;
}

/** Ends an operation early with an error answer. Expected: never a bug of the emulator. */
export class Refusal extends Error {
  override readonly name = 'Refusal' as const;
  readonly answer: Answer;

  constructor(answer: Answer) {
    super(`refused with ${answer.status}`);
    this.answer = answer;
  }
}

const REASONS: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  408: 'Request Timeout',
  409: 'Conflict',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
};

/** The reason phrase of `status`; `Error` for the ones without. */
export function reasonOf(status: number): string {
  return REASONS[status] ?? 'Error';
}

/** An error as the service itself writes it. */
export function serviceError(status: number, message: string, details?: readonly string[]): Answer {
  const body = { code: status, status: reasonOf(status), message };
  return { status, body: details === undefined ? body : { ...body, details } };
}

/** An error as the API gateway in front of the service writes it. */
export function gatewayFault(status: number, faultstring: string, errorcode: string): Answer {
  return { status, body: { fault: { faultstring, detail: { errorcode } } } };
}

/** Refuses with the service's kind of error. */
export function refuse(status: number, message: string, details?: readonly string[]): never {
  throw new Refusal(serviceError(status, message, details));
}

/** Refuses with 400 and one line for each problem. */
export function refuseInvalid(details: readonly string[]): never {
  refuse(400, 'The request is not valid; see the details.', details);
}
