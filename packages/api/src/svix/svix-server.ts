import { checkUrl } from '../arguments.js';
import { readLoginKey } from './login-key.js';

/** What may tell where an application lives. */
export interface SvixServerHints {
  /** Chosen by whoever runs this; taken as it is. An empty text is no choice. */
  readonly configured?: string | undefined;
  /** Ends in its region, such as `….eu`. */
  readonly token?: string | undefined;
  /** The login link that comes with the token. */
  readonly loginUrl?: string | undefined;
}

/** Where an application lives, and how that is known. */
export interface SvixServer {
  readonly baseUrl: string;
  readonly from: 'configured' | 'token' | 'login-link' | 'default';
}

/**
 * The only hosts that a token is sent to without being told so. A host is never put together from a text that came over
 * the wire: the token would go wherever that text says.
 */
const HOSTS: ReadonlyMap<string, string> = new Map([
  ['eu', 'https://api.eu.svix.com'],
  ['us', 'https://api.us.svix.com'],
  ['ca', 'https://api.ca.svix.com'],
  ['au', 'https://api.au.svix.com'],
  ['in', 'https://api.in.svix.com'],
]);

const DEFAULT: SvixServer = { baseUrl: 'https://api.eu.svix.com', from: 'default' };

/** Where to send the requests of a tenant: as configured, else by the token, else by the login link, else Europe. */
export function chooseSvixServer({ configured, token, loginUrl }: SvixServerHints): SvixServer {
  if (configured) {
    return { baseUrl: checkUrl('The Svix server', configured).href.replace(/\/+$/, ''), from: 'configured' };
  }
  const byToken = HOSTS.get(token?.split('.')[1] ?? '');
  if (byToken !== undefined) return { baseUrl: byToken, from: 'token' };
  const byLink = HOSTS.get(readLoginKey(loginUrl ?? '').region ?? '');
  return byLink === undefined ? DEFAULT : { baseUrl: byLink, from: 'login-link' };
}

/** The application that a login link is for, when the link tells: a hint to compare with, never a proof. */
export function appIdOfLoginUrl(loginUrl: string): string | undefined {
  return readLoginKey(loginUrl).appId;
}
