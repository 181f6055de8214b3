import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { networkOf } from './address.js';
import { tooManyRequests } from './problem.js';

const DURATION_S = 60;

/** Counts what an address does within a minute. */
export class RateLimit {
  readonly #limiter: RateLimiterMemory;

  constructor(
    perMinute: number,
    /** Completes "too many … from". */
    private readonly what: string,
  ) {
    this.#limiter = new RateLimiterMemory({ points: perMinute, duration: DURATION_S });
  }

  /** Counts one; throws a `ProblemError` when it is one too many. */
  async count(address: string): Promise<void> {
    try {
      await this.#limiter.consume(networkOf(address));
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      throw tooManyRequests(`too many ${this.what} from ${address}`, refusal.msBeforeNext);
    }
  }

  /** Takes one back. */
  async forgive(address: string): Promise<void> {
    await this.#limiter.reward(networkOf(address));
  }
}
