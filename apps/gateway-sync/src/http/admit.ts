import type { IncomingMessage, ServerResponse } from 'node:http';
import { type ApiAccess, tokenJudge } from './access.js';
import { plainAddress } from './address.js';
import { RATE_LIMITS, type RateLimits } from './limits.js';
import {
  apiClosed,
  invalidRequest,
  methodNotAllowed,
  unauthorized,
  unknownPath,
  unreadableRequest,
  wrongMediaType,
} from './problem.js';
import { RateLimit } from './rate-limit.js';
import { routeOf } from './route.js';

type Middleware = (request: IncomingMessage, response: ServerResponse, next: () => void) => Promise<void>;

/**
 * Stands before everything else, the reading of bodies included: what is not in the document, not allowed, too often or
 * not JSON goes no further. Throws a `ProblemError`.
 */
export function createAdmission(access: ApiAccess, limits: RateLimits = RATE_LIMITS): Middleware {
  const wrongTokens = new RateLimit(limits.wrongTokensPerMinute, 'wrong tokens');
  const mutations = new RateLimit(limits.mutationsPerMinute, 'requests');
  const judge = access.type === 'token' ? tokenJudge(access.token) : undefined;

  return async (request, _response, next) => {
    const { method = '', url = '', headers, httpVersion } = request;
    if (headers.host === undefined && httpVersion === '1.1') throw unreadableRequest('the header Host is missing');
    const { path, writes } = operationOf(method, url);
    const address = plainAddress(request.socket.remoteAddress);
    if (writes && !judge) throw apiClosed();
    const isProtected = writes || (access.type === 'token' && access.protectReads && path.startsWith('/api/'));
    if (isProtected && judge) await authenticate(judge, request, address);
    if (writes) {
      await mutations.count(address);
      if (hasBody(request) && !isJson(request)) throw wrongMediaType();
    }
    next();
  };

  /** Counts before it looks, so that an address that guesses does not learn when it is right. */
  async function authenticate(
    verdictOn: ReturnType<typeof tokenJudge>,
    { headers }: IncomingMessage,
    address: string,
  ): Promise<void> {
    await wrongTokens.count(address);
    const verdict = verdictOn(headers.authorization);
    if (verdict !== 'wrong') await wrongTokens.forgive(address);
    if (verdict !== 'right') throw unauthorized(verdict === 'wrong');
  }
}

function operationOf(method: string, url: string): { readonly path: string; readonly writes: boolean } {
  const route = routeOf(method, url);
  switch (route.kind) {
    case 'operation':
      return route;
    case 'invalid-tenant': {
      const message = 'must be an Emporix tenant: up to 64 lower-case letters, digits, hyphens and underscores';
      throw invalidRequest([{ place: 'path', path: 'tenant', message }]);
    }
    case 'other-method':
      throw methodNotAllowed(route.allow);
    case 'unknown':
      throw unknownPath();
    default:
      return route satisfies never;
  }
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';
}

export function isJson({ headers }: Pick<IncomingMessage, 'headers'>): boolean {
  return /^application\/json *(;|$)/i.test(headers['content-type'] ?? '');
}
