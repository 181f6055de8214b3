import { createHash, timingSafeEqual } from 'node:crypto';
import type { Secret } from '../core/secret.js';

/** Who may use the API. Without a token nobody changes anything, and everybody reads. */
export type ApiAccess =
  | { readonly type: 'closed' }
  | {
      readonly type: 'token';
      readonly token: Secret;
      /** Whether reading needs the token too. */
      readonly protectReads: boolean;
    };

/** What the environment says of the access. */
export function apiAccess({
  apiToken,
  protectReads,
}: {
  readonly apiToken?: Secret;
  readonly protectReads: boolean;
}): ApiAccess {
  return apiToken ? { type: 'token', token: apiToken, protectReads } : { type: 'closed' };
}

export type TokenVerdict = 'right' | 'wrong' | 'missing';

/** Judges the header `Authorization`. How long it takes tells neither how much of a token is right nor how long it is. */
export function tokenJudge(token: Secret): (authorization: string | undefined) => TokenVerdict {
  const expected = digest(token.reveal());
  return (authorization) => {
    const given = /^bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
    if (given === undefined) return 'missing';
    return timingSafeEqual(digest(given), expected) ? 'right' : 'wrong';
  };
}

/** Digests are equally long, as `timingSafeEqual` wants it. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
