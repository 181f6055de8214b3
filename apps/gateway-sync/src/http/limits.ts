/** Nothing that the API takes is anywhere near these. */
export const MAX_BODY_BYTES = 16 * 1024;
export const MAX_HEADER_BYTES = 8 * 1024;

/** How long the server waits for a client that is slow or pretends to be. */
export interface Timeouts {
  /** For the headers. */
  readonly headersMs: number;
  /** For the whole request. */
  readonly requestMs: number;
  /** How often the server looks whose time is over. */
  readonly checkMs: number;
}

export const TIMEOUTS: Timeouts = { headersMs: 10_000, requestMs: 30_000, checkMs: 5_000 };

/** How much one address may ask for. In one process: with three replicas it is three times as much. */
export interface RateLimits {
  /** Requests that change something. */
  readonly mutationsPerMinute: number;
  /** After this many, the address is not listened to until the minute is over. */
  readonly wrongTokensPerMinute: number;
}

export const RATE_LIMITS: RateLimits = { mutationsPerMinute: 300, wrongTokensPerMinute: 10 };
