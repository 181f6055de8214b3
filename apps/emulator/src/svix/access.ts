import type { Quirks } from '../quirks.js';
import { refuseSvix } from './errors.js';
import type { Capability, SvixToken } from './token.js';

/** Any one of these lets an application token call the operation; an empty list is for keys of the account only. */
const NEEDS: Readonly<Record<string, readonly Capability[]>> = {
  listApplications: [],
  createApplication: [],
  replaceApplication: [],
  deleteApplication: [],
  createMessage: [],
  createAppPortalAccess: [],
  getApplication: ['ViewBase', 'ManageEndpoint'],
  listMessages: ['ViewBase', 'ManageEndpoint'],
  listEventTypes: ['ViewBase', 'ManageEndpoint'],
  getEventType: ['ViewBase', 'ManageEndpoint'],
  listEndpoints: ['ViewBase', 'ManageEndpoint'],
  getEndpoint: ['ViewBase', 'ManageEndpoint'],
  getEndpointHeaders: ['ViewBase', 'ManageEndpoint'],
  getEndpointStats: ['ViewBase', 'ManageEndpoint'],
  createEndpoint: ['ManageEndpoint'],
  replaceEndpoint: ['ManageEndpoint'],
  patchEndpoint: ['ManageEndpoint'],
  deleteEndpoint: ['ManageEndpoint'],
  setEndpointHeaders: ['ManageEndpoint'],
  patchEndpointHeaders: ['ManageEndpoint'],
  recoverEndpoint: ['ManageEndpoint'],
  getEndpointSecret: ['ViewEndpointSecret', 'ManageEndpointSecret', 'ManageEndpoint'],
  rotateEndpointSecret: ['ManageEndpointSecret', 'ManageEndpoint'],
  sendExample: ['CreateAttempts'],
  replayMissing: ['CreateAttempts'],
};

/** Ends a call whose token is missing, wrong or over. */
export function refuseToken(authorization: string | undefined, quirks: Quirks): never {
  if (authorization === undefined && quirks.svixUnauthorized === 'hosted')
    refuseSvix(401, 'authentication_failed', '`Authorization` header required');
  return refuseSvix(
    401,
    'authentication_failed',
    quirks.svixUnauthorized === 'oss' ? 'Invalid token' : 'Invalid token. Have you set the correct server URL?',
  );
}

/** Refuses an application token that lacks the capability. A key of the account may do everything. */
export function checkCapability(token: SvixToken, operationId: string): void {
  if (token.kind === 'organisation') return;
  const needed = NEEDS[operationId];
  if (needed === undefined || needed.some((capability) => token.capabilities.includes(capability))) return;
  refuseSvix(403, 'insufficient access', 'The token may not do this.');
}
