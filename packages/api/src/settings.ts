import { checkCount, checkTimeout, checkUrl } from './arguments.js';
import type { Exchange } from './exchange.js';
import { fetchExchange, type Fetch } from './fetch-exchange.js';
import { systemClock, type Clock } from './clock.js';
import type { ApiHooks } from './hooks.js';
import { combineLimiters, createConcurrencyLimiter, type Limiter } from './limiter.js';
import { DEFAULT_RETRY, resolveRetry, type RetryPolicy } from './retry/retry-policy.js';
import { undiciExchange } from './undici-exchange.js';

/** What can be set for clients and token providers alike. Times in milliseconds. */
export interface ConnectionOptions {
  /** Default: `https://api.emporix.io`. */
  readonly baseUrl?: string;
  /** For each attempt, up to the last byte of the answer. Default: 15,000; 10,000 for tokens. */
  readonly timeoutMs?: number;
  /** For all attempts and waits of a call together. Default: 60,000; 30,000 for tokens. */
  readonly totalTimeoutMs?: number;
  /** `false`: one attempt only. */
  readonly retry?: Partial<RetryPolicy> | false;
  /** Longer answers are an error and not read to their end. Default: 8 MiB; the catalogue has less than 100 KiB. */
  readonly maxResponseBytes?: number;
  /** Requests under way at the same time. Default: 8, or as many as `limiter` allows when that is given. */
  readonly concurrency?: number;
  /** Asked before every attempt, outside its timeout; lets several clients share one budget of requests. */
  readonly limiter?: Limiter;
  /** Further values to hide in whatever a service sends back, besides the credentials and what is sent. */
  readonly secrets?: readonly string[];
  /** Default: `undici.request`, which does the same for less. */
  readonly fetch?: Fetch;
  readonly clock?: Clock;
  /** A number from 0 up to, not including, 1. */
  readonly random?: () => number;
  readonly hooks?: ApiHooks;
  readonly userAgent?: string;
}

/** `ConnectionOptions` checked, with every gap filled. */
export interface Settings {
  readonly baseUrl: string;
  readonly timeoutMs: number;
  readonly totalTimeoutMs: number;
  readonly maxResponseBytes: number;
  readonly retry: RetryPolicy;
  readonly limiter: Limiter;
  readonly secrets: readonly string[];
  readonly exchange: Exchange;
  readonly clock: Clock;
  readonly random: () => number;
  readonly hooks: ApiHooks<string>;
  readonly userAgent: string;
}

const DEFAULT_BASE_URL = 'https://api.emporix.io';
const DEFAULT_CONCURRENCY = 8;
const DEFAULT_MAX_RESPONSE_BYTES = 8 * 1024 * 1024;
const DEFAULT_USER_AGENT = 'gateway-sync-api';

/** Fills the gaps; `defaults` has the times of the kind of client. */
export function resolveSettings(
  options: Omit<ConnectionOptions, 'hooks'> & { readonly hooks?: ApiHooks<string> },
  defaults: { readonly timeoutMs: number; readonly totalTimeoutMs: number },
): Settings {
  return {
    baseUrl: checkUrl('baseUrl', options.baseUrl ?? DEFAULT_BASE_URL).href.replace(/\/+$/, ''),
    timeoutMs: checkTimeout('timeoutMs', options.timeoutMs ?? defaults.timeoutMs),
    totalTimeoutMs: checkTimeout('totalTimeoutMs', options.totalTimeoutMs ?? defaults.totalTimeoutMs),
    maxResponseBytes: checkCount('maxResponseBytes', options.maxResponseBytes ?? DEFAULT_MAX_RESPONSE_BYTES),
    retry: resolveRetry(options.retry, DEFAULT_RETRY),
    limiter: limiterOf(options),
    secrets: options.secrets ?? [],
    exchange: options.fetch ? fetchExchange(options.fetch) : undiciExchange,
    clock: options.clock ?? systemClock,
    random: options.random ?? Math.random,
    hooks: options.hooks ?? {},
    userAgent: options.userAgent ?? DEFAULT_USER_AGENT,
  };
}

function limiterOf({ concurrency, limiter }: ConnectionOptions): Limiter {
  if (concurrency === undefined && limiter !== undefined) return limiter;
  const own = createConcurrencyLimiter(checkCount('concurrency', concurrency ?? DEFAULT_CONCURRENCY));
  return limiter === undefined ? own : combineLimiters([own, limiter]);
}
