import { bodies } from '../body-readers.js';
import type { ApiDocument } from '../document-client.js';
import { operations, type OperationId } from '../generated/svix/operations.js';
import type { operations as Operations } from '../generated/svix/types.js';
import type { InputOf } from '../operation-types.js';
import type { OutcomeOf } from '../outcome.js';

/** Svix. */
export const svixDocument: ApiDocument<Operations> = {
  operations,
  readers: {
    createApplication: bodies.object,
    createAppPortalAccess: bodies.dashboardAccess,
    createEndpoint: bodies.object,
    createMessage: bodies.object,
    deleteApplication: bodies.nothing,
    deleteEndpoint: bodies.nothing,
    getApplication: bodies.object,
    getEndpoint: bodies.object,
    getEndpointHeaders: bodies.headers,
    getEndpointSecret: bodies.endpointSecret,
    getEndpointStats: bodies.object,
    getEventType: bodies.object,
    listApplications: bodies.page,
    listEndpoints: bodies.page,
    listEventTypes: bodies.page,
    listMessages: bodies.page,
    logout: bodies.nothing,
    patchEndpoint: bodies.object,
    patchEndpointHeaders: bodies.nothing,
    recoverEndpoint: bodies.object,
    replaceApplication: bodies.object,
    replaceEndpoint: bodies.object,
    replayMissing: bodies.object,
    rotateEndpointSecret: bodies.nothing,
    sendExample: bodies.object,
    setEndpointHeaders: bodies.nothing,
  },
};

/** What an operation takes, by place; the application is the client's. */
export type SvixOperationInput<Op extends OperationId> = InputOf<Operations, Op, 'appId'>;

/** What became of a call, told apart by `status`. */
export type SvixOutcome<Op extends OperationId> = OutcomeOf<Operations, Op>;
