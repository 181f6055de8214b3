import { isIPv6 } from 'node:net';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
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
      await this.#limiter.consume(keyOf(address));
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      throw tooManyRequests(`too many ${this.what} from ${address}`, refusal.msBeforeNext);
    }
  }

  /** Takes one back. */
  async forgive(address: string): Promise<void> {
    await this.#limiter.reward(keyOf(address));
  }
}

/** A network of IPv6 counts as one address: whoever has one address there has all of them. */
export function keyOf(address: string): string {
  const [plain = ''] = address.split('%', 1);
  const mapped = /^::ffff:([\d.]+)$/i.exec(plain)?.[1];
  if (mapped !== undefined) return mapped;
  if (!isIPv6(plain)) return plain;
  const [head = '', tail] = plain.toLowerCase().split('::', 2);
  const groups = head === '' ? [] : head.split(':');
  const missing = tail === undefined ? [] : Array<string>(Math.max(0, 4 - groups.length)).fill('0');
  return [...groups, ...missing]
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
}
