import type { DashboardAccess } from './generated/emporix-webhook/types.js';
import { isRecord } from './is-record.js';

/**
 * A login link and token for the tenant's Svix application. Whoever has them can manage its endpoints, so they are in
 * private fields: `access.url` and `access.token` give them out, printing, logging or serialising the object does not.
 */
export class ConcealedDashboardAccess implements DashboardAccess {
  readonly #url: string;
  readonly #token: string;

  constructor(body: DashboardAccess) {
    this.#url = body.url;
    this.#token = body.token;
  }

  /** Logs its holder in. A secret. */
  get url(): string {
    return this.#url;
  }

  /** Bearer token for the Svix API, limited to this tenant. A secret. */
  get token(): string {
    return this.#token;
  }
}

/** Conceals a body that has both members of dashboard access; any other body comes back as it is. */
export function concealDashboardAccess(body: unknown): unknown {
  if (!isRecord(body)) return body;
  const { url, token } = body;
  return typeof url === 'string' && typeof token === 'string' ? new ConcealedDashboardAccess({ url, token }) : body;
}
