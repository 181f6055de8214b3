import type { Clock } from '../clock.js';
import { ApiStatusError } from '../errors/status-errors.js';
import { TokenError } from '../errors/token-error.js';
import { notify, type ApiHooks } from '../hooks.js';
import { abortable } from '../signals.js';
import type { AccessToken } from './access-token.js';
import type { TokenProvider } from './token-provider.js';

/** A token fresh from the endpoint. */
export interface MintedToken {
  readonly token: AccessToken;
  readonly lifetimeMs: number;
  /** The endpoint did not say how long; the lifetime is a guess. */
  readonly lifetimeAssumed: boolean;
}

export interface TokenCacheOptions {
  /** Asks the endpoint for a token. */
  readonly mint: () => Promise<MintedToken>;
  readonly clock: Clock;
  readonly random: () => number;
  readonly hooks: ApiHooks;
}

interface Held {
  readonly token: AccessToken;
  readonly refreshAt: number;
  readonly expiresAt: number;
}

interface Failure {
  readonly error: unknown;
  readonly delayMs: number;
  readonly until: number;
}

const MAX_EARLY_MS = 60_000;
const FIRST_DELAY_MS = 1_000;
const MAX_DELAY_MS = 30_000;

/**
 * Keeps one token for everybody: at most one request is under way; shortly before the end a new token is fetched while
 * the old one still serves; after a refusal nobody asks again for a second, then two, up to thirty.
 */
export class TokenCache implements TokenProvider {
  readonly #options: TokenCacheOptions;
  #held: Held | undefined;
  #failure: Failure | undefined;
  #minting: Promise<AccessToken> | undefined;

  constructor(options: TokenCacheOptions) {
    this.#options = options;
  }

  async getToken(signal?: AbortSignal): Promise<AccessToken> {
    signal?.throwIfAborted();
    return this.#serve() ?? abortable(this.#share(), signal);
  }

  invalidate(token: AccessToken): void {
    if (this.#held?.token.reveal() !== token.reveal()) return;
    this.#held = undefined;
    notify(() => this.#options.hooks.onToken?.({ type: 'invalidated' }));
  }

  /** The held token while it is valid; near its end a replacement is fetched in the background. */
  #serve(): AccessToken | undefined {
    const held = this.#held;
    const now = this.#options.clock.now();
    if (held === undefined || now >= held.expiresAt) return undefined;
    if (now >= held.refreshAt && this.#recentFailure() === undefined) this.#share().catch(hooksKnow);
    return held.token;
  }

  #share(): Promise<AccessToken> {
    const recent = this.#recentFailure();
    if (this.#minting === undefined && recent !== undefined && isRefusal(recent.error)) {
      return Promise.reject(recent.error);
    }
    this.#minting ??= this.#refresh().finally(() => (this.#minting = undefined));
    return this.#minting;
  }

  async #refresh(): Promise<AccessToken> {
    const { mint, clock, hooks } = this.#options;
    const startedAt = clock.now();
    try {
      const { token, lifetimeMs, lifetimeAssumed } = await mint();
      this.#held = { token, ...this.#schedule(startedAt, lifetimeMs) };
      this.#failure = undefined;
      notify(() => hooks.onToken?.({ type: 'obtained', lifetimeMs, lifetimeAssumed }));
      return token;
    } catch (error) {
      const next = this.#nextFailure(error);
      const background = this.#held !== undefined && clock.now() < this.#held.expiresAt;
      this.#failure = next;
      notify(() => hooks.onToken?.({ type: 'failed', background, retryInMs: next.delayMs }));
      throw error;
    }
  }

  #recentFailure(): Failure | undefined {
    const failure = this.#failure;
    return failure !== undefined && this.#options.clock.now() < failure.until ? failure : undefined;
  }

  /** Half of the early window is random, so that many clients started together do not refresh together. */
  #schedule(startedAt: number, lifetimeMs: number): Pick<Held, 'refreshAt' | 'expiresAt'> {
    const earlyMs = Math.min(MAX_EARLY_MS, lifetimeMs / 10) * (1 - this.#options.random() / 2);
    return { expiresAt: startedAt + lifetimeMs, refreshAt: startedAt + lifetimeMs - earlyMs };
  }

  #nextFailure(error: unknown): Failure {
    const doubled = this.#failure === undefined ? FIRST_DELAY_MS : Math.min(MAX_DELAY_MS, this.#failure.delayMs * 2);
    const delayMs = Math.max(doubled, requestedDelayMs(error));
    return { error, delayMs, until: this.#options.clock.now() + delayMs };
  }
}

/** The endpoint answered and said no. Other failures are not held against the next caller. */
function isRefusal(error: unknown): boolean {
  return error instanceof TokenError && error.status !== undefined && error.status < 500;
}

function requestedDelayMs(error: unknown): number {
  const cause = error instanceof TokenError ? error.cause : undefined;
  return cause instanceof ApiStatusError ? Math.min(cause.retryAfterMs ?? 0, MAX_DELAY_MS) : 0;
}

function hooksKnow(): void {}
