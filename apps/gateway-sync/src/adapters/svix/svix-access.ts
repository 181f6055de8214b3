import { appIdOfLoginUrl, chooseSvixServer, NotFoundError, type EmporixApi } from '@gateway-sync/api';
import type { Secret } from '../../core/secret.js';

/** How an application is reached for as long as a token is used. */
export interface SvixAccess {
  readonly baseUrl: string;
  /** Bearer token. A secret. */
  readonly token: string;
  /** Application that the token says it is for, as far as that can be read. */
  readonly appId?: string;
}

/** Gets a token; `undefined`: there is no application to reach yet. Rejects as the client of Emporix does. */
export type OpenAccess = () => Promise<SvixAccess | undefined>;

/** With an account of one's own: the same key each time. */
export function ownAccess(apiKey: Secret, configured: string | undefined): OpenAccess {
  // The delivery config wants the whole value of the header; people copy it from there.
  const token = apiKey.reveal().replace(/^Bearer\s+/i, '');
  const { baseUrl } = chooseSvixServer({ configured, token });
  return async () => ({ baseUrl, token });
}

type Webhooks = Pick<EmporixApi['webhooks'], 'getDashboardAccess' | 'listConfigs'>;

/**
 * With the account that Emporix shares: a token by way of the login link. While no SVIX_SHARED config is active Emporix
 * answers 404, and that is no failure.
 */
export function sharedAccess(webhooks: Webhooks, configured: string | undefined): OpenAccess {
  return async () => {
    try {
      const { token, url: loginUrl } = await webhooks.getDashboardAccess();
      const appId = appIdOfLoginUrl(loginUrl);
      return { ...chooseSvixServer({ configured, token, loginUrl }), token, ...(appId !== undefined && { appId }) };
    } catch (error) {
      if (error instanceof NotFoundError && !(await isShared(webhooks))) return undefined;
      throw error;
    }
  };
}

async function isShared(webhooks: Webhooks): Promise<boolean> {
  const configs = await webhooks.listConfigs();
  return configs.some(({ provider, active }) => provider === 'SVIX_SHARED' && active);
}
