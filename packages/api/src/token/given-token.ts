import { AccessToken } from './access-token.js';
import type { TokenProvider } from './token-provider.js';

/**
 * A token that somebody else obtains: a fixed one, or a function that is asked for the first one and, each time the
 * service refused what it gave, for another.
 */
export type GivenToken = string | (() => Promise<string>);

/** Makes a provider of a given token. At most one request to the function is under way; a failed one is not remembered. */
export function givenToken(token: GivenToken): TokenProvider {
  if (typeof token === 'string') {
    const fixed = new AccessToken(token);
    return { getToken: async () => fixed, invalidate: () => {} };
  }
  let held: AccessToken | undefined;
  let asking: Promise<AccessToken> | undefined;
  const ask = async (): Promise<AccessToken> => {
    try {
      held = new AccessToken(await token());
      return held;
    } finally {
      asking = undefined;
    }
  };
  return {
    getToken: async () => held ?? (asking ??= ask()),
    invalidate(refused) {
      if (held?.reveal() === refused.reveal()) held = undefined;
    },
  };
}
