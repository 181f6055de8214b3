import {
  AccessToken,
  createEmporixApi,
  type EmporixApi,
  type EmporixApiOptions,
  type TokenProvider,
} from '../../src/index.js';
import { skippingClock } from './clocks.js';

/** A client of the tenant `acme` that never really waits between attempts. */
export function clientOf(server: { readonly url: string }, options: Partial<EmporixApiOptions> = {}): EmporixApi {
  return createEmporixApi({
    tenant: 'acme',
    baseUrl: server.url,
    auth: tokenSequence(),
    clock: skippingClock(),
    random: () => 0.5,
    ...options,
  });
}

/** Hands out `token-1` until that is invalidated, then `token-2`, and so on. */
export function tokenSequence(scopes?: readonly string[]): TokenProvider {
  let number = 1;
  let current = new AccessToken('token-1', { scopes });
  return {
    getToken: () => Promise.resolve(current),
    invalidate(token) {
      if (token !== current) return;
      number += 1;
      current = new AccessToken(`token-${number}`, { scopes });
    },
  };
}

/** What a call rejected with; fails when it did not. */
export async function rejection(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    (value) => {
      throw new Error(`expected a rejection, got ${JSON.stringify(value)}`);
    },
    (error: unknown) => error,
  );
}
