import { finding, type Finding } from './finding.js';
import type { Access } from './ports.js';
import type { DesiredTenant } from './state.js';

const READ = 'webhook.subscription_read';
const MANAGE = 'webhook.subscription_manage';

/** What the scopes of a key allow, compared with what the tenant's mode needs. */
export function judgeScopes({ scopes }: Access, { mode }: Pick<DesiredTenant, 'mode'>): Finding {
  if (scopes === undefined) {
    return finding('scopes', 'warning', `the service does not tell them; ${READ} and ${MANAGE} are needed`);
  }
  const [read, manage] = [scopes.includes(READ), scopes.includes(MANAGE)];
  if (read && manage) return finding('scopes', 'ok', `${READ} and ${MANAGE}`);
  if (!read) {
    const both = manage ? READ : `${READ} and ${MANAGE}`;
    return finding('scopes', 'error', `${both} missing: nothing works without reading`);
  }
  const works = 'plan, dump and the report of drift work, writing does not';
  return finding('scopes', mode === 'observe' ? 'warning' : 'error', `${MANAGE} missing: ${works}`);
}
