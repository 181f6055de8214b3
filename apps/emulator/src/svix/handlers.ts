import type { SvixHandler } from './call.js';
import * as applications from './routes/applications.js';
import * as endpoints from './routes/endpoints.js';
import { getEventType, listEventTypes } from './routes/event-types.js';
import { getEndpointHeaders, patchEndpointHeaders, setEndpointHeaders } from './routes/headers.js';
import { createMessage, listMessages, sendExample } from './routes/messages.js';
import { createAppPortalAccess, logout } from './routes/portal.js';
import { getEndpointStats, recoverEndpoint, replayMissing } from './routes/recovery.js';
import { getEndpointSecret, rotateEndpointSecret } from './routes/secrets.js';

/** The operations of Svix by operationId. */
export const svixHandlers: Readonly<Record<string, SvixHandler>> = {
  listApplications: applications.listApplications,
  createApplication: applications.createApplication,
  getApplication: applications.getApplication,
  replaceApplication: applications.replaceApplication,
  deleteApplication: applications.deleteApplication,
  listEndpoints: endpoints.listEndpoints,
  createEndpoint: endpoints.createEndpoint,
  getEndpoint: endpoints.getEndpoint,
  replaceEndpoint: endpoints.replaceEndpoint,
  patchEndpoint: endpoints.patchEndpoint,
  deleteEndpoint: endpoints.deleteEndpoint,
  getEndpointSecret,
  rotateEndpointSecret,
  getEndpointHeaders,
  setEndpointHeaders,
  patchEndpointHeaders,
  getEndpointStats,
  recoverEndpoint,
  replayMissing,
  sendExample,
  createMessage,
  listMessages,
  listEventTypes,
  getEventType,
  createAppPortalAccess,
  logout,
};
