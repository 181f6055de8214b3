import { refuse } from '../http/answer.js';
import type { Handler } from './call.js';

/** A new link and token each time; both are secrets. */
export const getDashboardAccess: Handler = ({ documents, quirks, random }) => {
  const shared = [...documents.configs.values()].find((config) => config.provider === 'SVIX_SHARED');
  if (shared === undefined || (quirks.dashboardNeedsActiveConfig && !shared.active)) {
    refuse(404, 'The tenant does not use the shared Svix account.');
  }
  const token = `appsk_${random.token(32)}.eu`;
  return { answer: { status: 200, body: { url: `https://app.svix.com/login#key=${random.token(48)}`, token } } };
};
