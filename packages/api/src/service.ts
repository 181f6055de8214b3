import { checkTimeout } from './arguments.js';
import { answeredEnding, failedEnding, type CallEnding } from './call-event.js';
import { ApiError } from './errors/api-error.js';
import type { OperationDescription } from './generated/operation.js';
import { notify } from './hooks.js';
import { jsonBody, type Reading } from './reading.js';
import { IDEMPOTENCY_HEADER, isRepeatable } from './retry/repeatable.js';
import { resolveRetry, type RetryPolicy } from './retry/retry-policy.js';
import { bringsSecrets } from './secret-answers.js';
import { secretsIn } from './secrets-in.js';
import { describe, Transport, type Call, type TransportOptions } from './transport.js';
import { writeRequest, type RequestParts, type WritableOperation } from './write-request.js';

/** Settings of one call; what is left out is taken from the client. Times in milliseconds. */
export interface CallOptions {
  /** Ends the call, waits included, with an `AbortedError`. */
  readonly signal?: AbortSignal;
  /** For each attempt, up to the last byte of the answer. */
  readonly timeoutMs?: number;
  /** For all attempts and waits together. */
  readonly totalTimeoutMs?: number;
  readonly retry?: Partial<RetryPolicy> | false;
  /** The caller vouches that this call may be carried out twice, whatever its operation says. */
  readonly idempotent?: boolean;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface ServiceOptions extends TransportOptions {
  /** Default: the one of the settings. */
  readonly baseUrl?: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Makes a key for each call whose operation wants one. Default: a random UUID. */
  readonly idempotencyKey?: () => string;
}

/** Calls the operations of one OpenAPI document. */
export class Service {
  readonly #options: ServiceOptions;
  readonly #transport: Transport;

  constructor(options: ServiceOptions) {
    this.#options = options;
    this.#transport = new Transport(options);
  }

  /** Sends a request and lets `read` make something of the answer. */
  async call<T>(
    operation: WritableOperation,
    parts: RequestParts,
    options: CallOptions,
    read: (reading: Reading) => T,
  ): Promise<T> {
    const { settings, redactor } = this.#options;
    const call = await this.#prepare(operation, parts, options);
    const startedAt = settings.clock.now();
    try {
      const answer = await this.#transport.send(call);
      const reading: Reading = { operation, answer, redact: redactor.redact };
      if (bringsSecrets(operation)) redactor.add(...secretsIn(jsonBody(reading)));
      const result = read(reading);
      this.#report(operation, answeredEnding(answer), startedAt);
      return result;
    } catch (error) {
      if (error instanceof ApiError) this.#report(operation, failedEnding(error), startedAt);
      throw error;
    }
  }

  #report(operation: OperationDescription, ending: CallEnding, startedAt: number): void {
    const { settings, upstream } = this.#options;
    const durationMs = settings.clock.now() - startedAt;
    notify(() => settings.hooks.onCall?.({ upstream, ...describe(operation), ...ending, durationMs }));
  }

  async #prepare(operation: WritableOperation, parts: RequestParts, options: CallOptions): Promise<Call> {
    const { settings, redactor, baseUrl = settings.baseUrl, idempotencyKey = newKey } = this.#options;
    const headers = { ...this.#options.headers, ...parts.headers, ...options.headers };
    redactor.add(...secretsIn(parts.body));
    const written = await writeRequest(baseUrl, operation, { ...parts, headers }, redactor);
    // One key for all attempts of a call, and another for the next call: an old key brings back an old answer.
    const unkeyed = operation.retry === 'idempotency-keyed' && written.headers[IDEMPOTENCY_HEADER] === undefined;
    const request = unkeyed
      ? { ...written, headers: { ...written.headers, [IDEMPOTENCY_HEADER]: idempotencyKey() } }
      : written;
    return {
      operation,
      request,
      repeatable: options.idempotent ?? isRepeatable(operation.retry, parts.body, request.headers),
      retry: resolveRetry(options.retry, settings.retry),
      timeoutMs: checkTimeout('timeoutMs', options.timeoutMs ?? settings.timeoutMs),
      totalTimeoutMs: checkTimeout('totalTimeoutMs', options.totalTimeoutMs ?? settings.totalTimeoutMs),
      signal: options.signal,
    };
  }
}

function newKey(): string {
  return crypto.randomUUID();
}
