import { attempt, type AttemptResult } from './attempt.js';
import { authorize, refused } from './authorize.js';
import { ApiError, type FailedCall } from './errors/api-error.js';
import { safeCause } from './errors/safe-cause.js';
import { AbortedError, ConnectionError, ResponseTooLargeError, TimeoutError } from './errors/transport-errors.js';
import type { AnswerBody, AnswerHeaders, PlainRequest } from './exchange.js';
import type { OperationDescription } from './generated/operation.js';
import { notify, type AttemptOutcome } from './hooks.js';
import type { Limiter } from './limiter.js';
import type { Redactor } from './redact.js';
import { failureOf, nextWaitMs } from './retry/next-wait.js';
import { retryAfterMs } from './retry/retry-after.js';
import { RetryBudget } from './retry/retry-budget.js';
import type { RetryPolicy } from './retry/retry-policy.js';
import type { Settings } from './settings.js';
import { abortable, linkedController } from './signals.js';
import type { AccessToken } from './token/access-token.js';
import type { TokenProvider } from './token/token-provider.js';

/** Who sends, to whom. */
export interface TransportOptions {
  readonly settings: Settings;
  readonly upstream: string;
  readonly redactor: Redactor;
  /** Absent: requests carry no token. */
  readonly auth?: TokenProvider;
}

/** One call: a request and how hard to try. Times in milliseconds. */
export interface Call {
  readonly operation: OperationDescription;
  readonly request: PlainRequest;
  /** Whether the request may be sent again although it may have been carried out. */
  readonly repeatable: boolean;
  readonly retry: RetryPolicy;
  readonly timeoutMs: number;
  readonly totalTimeoutMs: number;
  readonly signal: AbortSignal | undefined;
}

/** The answer to a call, whatever its status, read to the end. */
export interface Answer {
  readonly status: number;
  readonly headers: AnswerHeaders;
  readonly body: AnswerBody;
  readonly attempts: number;
  readonly durationMs: number;
  /** An earlier request of this call may have been carried out although its answer was lost. */
  readonly ambiguous: boolean;
  readonly retryAfterMs: number | undefined;
  readonly token: AccessToken | undefined;
}

/** Told apart from the caller's reasons by identity. */
const TOTAL_TIMEOUT = new Error('The time for the whole call is over');

/**
 * Sends calls: token, limiter, timeouts and retries are its business, the meaning of statuses is not. All its calls share one
 * retry budget. There may be one for each of ten thousand tenants, so it is made of little.
 */
export class Transport {
  readonly #options: TransportOptions;
  readonly #budget: RetryBudget;

  constructor(options: TransportOptions) {
    this.#options = options;
    this.#budget = new RetryBudget(options.settings.clock);
  }

  /** Rejects with an `ApiTransportError` or a `TokenError`; an error status is an answer like any other. */
  async send(call: Call): Promise<Answer> {
    const { clock } = this.#options.settings;
    this.#budget.earn();
    const failed = { ...describe(call.operation), attempts: 0, ambiguous: false };
    const total = linkedController(call.signal);
    const cancelTimer = clock.schedule(call.totalTimeoutMs, () => total.controller.abort(TOTAL_TIMEOUT));
    try {
      return await this.#sendUntilSettled(call, failed, total.controller.signal);
    } catch (error) {
      throw this.#explain(error, call, failed, total.controller.signal);
    } finally {
      cancelTimer();
      total.unlink();
    }
  }

  /** `progress` says for errors as well how many requests there were, and whether one may have been carried out. */
  async #sendUntilSettled(call: Call, progress: Mutable<FailedCall>, signal: AbortSignal): Promise<Answer> {
    const { settings, redactor, auth } = this.#options;
    const { clock, random } = settings;
    const startedAt = clock.now();
    let tries = 1;
    let refreshed = false;
    let replacement: AccessToken | undefined;
    let ambiguous = false;
    for (;;) {
      const token = replacement ?? (auth && (await authorize(auth, progress, redactor, signal)));
      replacement = undefined;
      const result = await this.#sendOnce(call, token, progress, signal);
      if (auth && token && !refreshed && refused(result)) {
        auth.invalidate(token);
        refreshed = true;
        // An idempotency key is good for one token: with another one, what may have been carried out would be again.
        if (!(ambiguous && call.operation.retry === 'idempotency-keyed')) {
          replacement = await authorize(auth, progress, redactor, signal);
          if (replacement.reveal() !== token.reveal()) continue;
        }
      }
      const failure = failureOf(result);
      progress.ambiguous ||= failure === 'ambiguous' || result.type === 'too-large';
      const requestedMs = result.type === 'answer' ? retryAfterMs(result.headers, clock.epoch) : undefined;
      const waitMs = nextWaitMs(failure, {
        tries,
        policy: call.retry,
        repeatable: call.repeatable,
        retryAfterMs: requestedMs,
        remainingMs: startedAt + call.totalTimeoutMs - clock.now(),
        random,
      });
      if (waitMs === undefined || !this.#budget.spend()) {
        if (result.type !== 'answer') throw failureError(result, call, progress, this.#options);
        const { status, headers, body } = result;
        const { attempts } = progress;
        const durationMs = clock.now() - startedAt;
        return { status, headers, body, attempts, durationMs, ambiguous, retryAfterMs: requestedMs, token };
      }
      tries += 1;
      ambiguous ||= failure === 'ambiguous';
      await clock.sleep(waitMs, signal);
    }
  }

  /** The limiter is waited for before the attempt's time begins. */
  async #sendOnce(
    call: Call,
    token: AccessToken | undefined,
    progress: Mutable<FailedCall>,
    signal: AbortSignal,
  ): Promise<AttemptResult> {
    const { settings, upstream } = this.#options;
    const { clock, hooks } = settings;
    const release = await acquire(settings.limiter, signal);
    progress.attempts += 1;
    const startedAt = clock.now();
    const report = (outcome: AttemptOutcome, status?: number): void =>
      notify(() =>
        hooks.onAttempt?.({
          upstream,
          ...describe(call.operation),
          outcome,
          attempt: progress.attempts,
          durationMs: clock.now() - startedAt,
          ...(status !== undefined && { status }),
        }),
      );
    try {
      const { timeoutMs } = call;
      const limits = { timeoutMs, maxBytes: settings.maxResponseBytes, signal, clock };
      const result = await attempt(settings.exchange, withToken(call.request, token), limits);
      report(...outcomeOf(result));
      return result;
    } catch (error) {
      report(signal.reason === TOTAL_TIMEOUT ? 'timeout' : 'aborted');
      progress.ambiguous = true;
      throw error;
    } finally {
      release();
    }
  }

  #explain(error: unknown, call: Call, failed: FailedCall, signal: AbortSignal): unknown {
    if (error instanceof ApiError && error !== signal.reason) return error;
    if (!signal.aborted) return error;
    if (signal.reason === TOTAL_TIMEOUT) {
      return new TimeoutError(failed, { scope: 'total', timeoutMs: call.totalTimeoutMs });
    }
    return new AbortedError(failed, safeCause(signal.reason, this.#options.redactor.redact));
  }
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** The names of an operation, as errors and events carry them. */
export function describe(operation: OperationDescription): Omit<FailedCall, 'attempts' | 'ambiguous'> {
  return { operationId: operation.operationId, method: operation.method, pathTemplate: operation.path };
}

function withToken(request: PlainRequest, token: AccessToken | undefined): PlainRequest {
  if (token === undefined) return request;
  return { ...request, headers: { ...request.headers, authorization: `Bearer ${token.reveal()}` } };
}

/** Also for limiters that do not look at the signal: what they grant too late goes straight back. */
async function acquire(limiter: Limiter, signal: AbortSignal): Promise<() => void> {
  const pending = limiter.acquire(signal);
  return abortable(pending, signal).catch((error: unknown) => {
    pending.then(
      (release) => release(),
      () => {},
    );
    throw error;
  });
}

function outcomeOf(result: AttemptResult): [outcome: AttemptOutcome, status?: number] {
  if (result.type === 'too-large') return [result.type, result.status];
  if (result.type !== 'answer') return [result.type];
  return [result.status < 400 ? 'ok' : 'error-status', result.status];
}

function failureError(
  result: Exclude<AttemptResult, { type: 'answer' }>,
  call: Call,
  failed: FailedCall,
  { redactor, settings }: TransportOptions,
): ApiError {
  if (result.type === 'timeout') return new TimeoutError(failed, { scope: 'attempt', timeoutMs: call.timeoutMs });
  if (result.type === 'too-large')
    return new ResponseTooLargeError(failed, {
      status: result.status,
      maxBytes: settings.maxResponseBytes,
    });
  const { phase, networkCode, cause } = result;
  const { origin } = new URL(call.request.url);
  return new ConnectionError(failed, { phase, networkCode, origin }, safeCause(cause, redactor.redact));
}
