import type { Random } from '../random.js';

/** A service access token and what it is good for. */
export interface Token {
  readonly value: string;
  readonly tenant: string;
  readonly scopes: readonly string[];
  /** Milliseconds since 1970, emulator clock. */
  expiresAt: number;
}

const TOKENS_KEPT = 20_000;

/** All tokens handed out, expired ones included: they get another error than invented ones. */
export class TokenStore {
  readonly #random: Random;
  readonly #tokens = new Map<string, Token>();

  constructor(random: Random) {
    this.#random = random;
  }

  issue(tenant: string, scopes: readonly string[], expiresAt: number): Token {
    const token: Token = { value: this.#random.token(32), tenant, scopes, expiresAt };
    this.#tokens.set(token.value, token);
    if (this.#tokens.size > TOKENS_KEPT) {
      const [oldest] = this.#tokens.keys();
      if (oldest !== undefined) this.#tokens.delete(oldest);
    }
    return token;
  }

  find(value: string): Token | undefined {
    return this.#tokens.get(value);
  }

  /** Lets all tokens of a tenant, or of everybody, run out now; returns how many were still good. */
  expire(now: number, tenant?: string): number {
    const good = [...this.#tokens.values()].filter(
      (token) => token.expiresAt > now && (tenant === undefined || token.tenant === tenant),
    );
    for (const token of good) token.expiresAt = now;
    return good.length;
  }
}
