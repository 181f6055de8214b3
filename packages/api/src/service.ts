import { checkTimeout } from './arguments.js';
import { answeredEnding, failedEnding, type CallEnding } from './call-event.js';
import type { Clock } from './clock.js';
import { ApiError } from './errors/api-error.js';
import type { OperationDescription } from './generated/operation.js';
import { notify, type ApiHooks, type Upstream } from './hooks.js';
import { jsonBody, type Reading } from './reading.js';
import type { Redactor } from './redact.js';
import { IDEMPOTENCY_HEADER, isRepeatable } from './retry/repeatable.js';
import { resolveRetry, type RetryPolicy } from './retry/retry-policy.js';
import { bringsSecrets } from './secret-answers.js';
import { secretsIn } from './secrets-in.js';
import { describe, type Call, type Transport } from './transport.js';
import { createRequestWriter, type RequestParts } from './write-request.js';

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

/** Calls the operations of one OpenAPI document. */
export interface Service {
  /** Sends a request and lets `read` make something of the answer. */
  call<T>(
    operation: OperationDescription,
    parts: RequestParts,
    options: CallOptions,
    read: (reading: Reading) => T,
  ): Promise<T>;
}

export interface ServiceOptions {
  readonly upstream: Upstream;
  readonly baseUrl: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly transport: Transport;
  readonly redactor: Redactor;
  readonly hooks: ApiHooks;
  readonly clock: Clock;
  readonly timeoutMs: number;
  readonly totalTimeoutMs: number;
  readonly retry: RetryPolicy;
  /** Makes a key for each call whose operation wants one. Default: a random UUID. */
  readonly idempotencyKey?: () => string;
}

/** Makes a service out of a transport. */
export function createService(service: ServiceOptions): Service {
  const { upstream, transport, redactor, hooks, clock, idempotencyKey = () => crypto.randomUUID() } = service;
  const writeRequest = createRequestWriter(service.baseUrl, redactor);

  return {
    async call(operation, parts, options, read) {
      const call = await prepare(operation, parts, options);
      const startedAt = clock.now();
      try {
        const answer = await transport.send(call);
        const reading: Reading = { operation, answer, redact: redactor.redact };
        if (bringsSecrets(operation)) redactor.add(...secretsIn(jsonBody(reading)));
        const result = read(reading);
        report(operation, answeredEnding(answer), startedAt);
        return result;
      } catch (error) {
        if (error instanceof ApiError) report(operation, failedEnding(error), startedAt);
        throw error;
      }
    },
  };

  function report(operation: OperationDescription, ending: CallEnding, startedAt: number): void {
    const durationMs = clock.now() - startedAt;
    notify(() => hooks.onCall?.({ upstream, ...describe(operation), ...ending, durationMs }));
  }

  async function prepare(operation: OperationDescription, parts: RequestParts, options: CallOptions): Promise<Call> {
    const headers = { ...service.headers, ...parts.headers, ...options.headers };
    redactor.add(...secretsIn(parts.body));
    const written = await writeRequest(operation, { ...parts, headers });
    // One key for all attempts of a call, and another for the next call: an old key brings back an old answer.
    const unkeyed = operation.retry === 'idempotency-keyed' && written.headers[IDEMPOTENCY_HEADER] === undefined;
    const request = unkeyed
      ? { ...written, headers: { ...written.headers, [IDEMPOTENCY_HEADER]: idempotencyKey() } }
      : written;
    return {
      operation,
      request,
      repeatable: options.idempotent ?? isRepeatable(operation.retry, parts.body, request.headers),
      retry: resolveRetry(options.retry, service.retry),
      timeoutMs: checkTimeout('timeoutMs', options.timeoutMs ?? service.timeoutMs),
      totalTimeoutMs: checkTimeout('totalTimeoutMs', options.totalTimeoutMs ?? service.totalTimeoutMs),
      signal: options.signal,
    };
  }
}
