import { ConcealedEndpointSecret } from '../concealed-endpoint-secret.js';
import type { DocumentClient } from '../document-client.js';
import type { OperationId } from '../generated/svix/operations.js';
import type {
  Application,
  BackgroundTask,
  Endpoint,
  EndpointCreation,
  EndpointHeaders,
  EndpointPage,
  EndpointPatch,
  EndpointReplacement,
  EndpointStats,
  EventType,
  EventTypePage,
  ExampleRequest,
  Message,
  MessagePage,
  operations as Operations,
  RecoveryRequest,
  SecretRotation,
} from '../generated/svix/types.js';
import { IDEMPOTENCY_HEADER } from '../retry/repeatable.js';
import type { CallOptions } from '../service.js';
import { allPages, type PageRequest } from './all-pages.js';
import type { SvixOperationInput, SvixOutcome } from './svix-document.js';

/** Settings of a call that makes something. */
export interface KeyedCallOptions extends CallOptions {
  /**
   * Default: a new one for each call, the same for all its attempts. A key that was used in the last twelve hours with
   * the same token brings back the answer of then, whatever the request says.
   */
  readonly idempotencyKey?: string;
}

/** Which event types to list. */
export interface EventTypeQuery {
  readonly include_archived?: boolean;
  /** With their schemas. */
  readonly with_content?: boolean;
}

/** Which messages to list, the newest first. */
export interface MessageQuery extends Omit<PageRequest, 'order'> {
  /** As `2026-03-01T08:00:00Z`. Some servers take no notice of the two on a page that an iterator leads to. */
  readonly before?: string;
  readonly after?: string;
  /** Names separated by commas. */
  readonly event_types?: string;
  readonly channel?: string;
  /** False: without the payloads. */
  readonly with_content?: boolean;
}

/** From when to when, as `2026-03-01T08:00:00Z`; 28 days at most. */
export interface StatsRange {
  readonly since?: string;
  readonly until?: string;
}

/**
 * One application in Svix. An endpoint is named by its id or its uid. Every method takes any 2xx status for success,
 * rejects with an `ApiError` otherwise, and with an `InvalidArgumentError` when nothing could be sent.
 */
export interface SvixApi {
  readonly appId: string;
  /** Whether the token is good for the application: one that it is not for is not found. */
  getApplication(options?: CallOptions): Promise<Application>;

  /** One page; `done` says whether it is the last. */
  listEndpoints(page?: PageRequest, options?: CallOptions): Promise<EndpointPage>;
  /** The whole list, oldest first, or a rejection. */
  listAllEndpoints(options?: CallOptions): Promise<Endpoint[]>;
  createEndpoint(endpoint: EndpointCreation, options?: KeyedCallOptions): Promise<Endpoint>;
  getEndpoint(endpointId: string, options?: CallOptions): Promise<Endpoint>;
  /** Clears what is left out, uid and metadata included; creates an endpoint when there is none with this id. */
  replaceEndpoint(endpointId: string, endpoint: EndpointReplacement, options?: CallOptions): Promise<Endpoint>;
  /** Leaves alone what is left out, and clears what is null. Metadata are replaced as a whole. */
  patchEndpoint(endpointId: string, patch: EndpointPatch, options?: CallOptions): Promise<Endpoint>;
  /** An endpoint that is gone after a repeated request counts as deleted. */
  deleteEndpoint(endpointId: string, options?: CallOptions): Promise<void>;

  /** The secret that signs the messages; it only shows when read by name. */
  getEndpointSecret(endpointId: string, options?: CallOptions): Promise<ConcealedEndpointSecret>;
  /** Without a key the server makes the new secret. The old one stays good for a while. */
  rotateEndpointSecret(endpointId: string, rotation?: SecretRotation, options?: KeyedCallOptions): Promise<void>;
  /** Values of headers that are known to carry credentials are left out, their names are in `sensitive`. */
  getEndpointHeaders(endpointId: string, options?: CallOptions): Promise<EndpointHeaders>;
  /** Replaces all headers. */
  setEndpointHeaders(
    endpointId: string,
    headers: Readonly<Record<string, string>>,
    options?: CallOptions,
  ): Promise<void>;
  /** Sets some headers; a value of null removes one. */
  patchEndpointHeaders(
    endpointId: string,
    headers: Readonly<Record<string, string | null>>,
    options?: CallOptions,
  ): Promise<void>;

  getEndpointStats(endpointId: string, range?: StatsRange, options?: CallOptions): Promise<EndpointStats>;
  /** Sends again what failed since a point in time, 14 days ago at most. */
  recoverEndpoint(endpointId: string, request: RecoveryRequest, options?: KeyedCallOptions): Promise<BackgroundTask>;
  /** Sends what the endpoint wants and was never sent since a point in time, 14 days ago at most. */
  replayMissing(endpointId: string, request: RecoveryRequest, options?: KeyedCallOptions): Promise<BackgroundTask>;
  /** Sends an example of an event type, such as `svix.ping`, to this endpoint. */
  sendExample(endpointId: string, request: ExampleRequest, options?: KeyedCallOptions): Promise<Message>;

  /** One page of the application's messages; `done` says whether it is the last. */
  listMessages(query?: MessageQuery, options?: CallOptions): Promise<MessagePage>;

  /** One page; `done` says whether it is the last. */
  listEventTypes(page?: PageRequest & EventTypeQuery, options?: CallOptions): Promise<EventTypePage>;
  /** The whole list by name, or a rejection. Types behind a feature flag that the token does not have are not in it. */
  listAllEventTypes(query?: EventTypeQuery, options?: CallOptions): Promise<EventType[]>;
  getEventType(name: string, options?: CallOptions): Promise<EventType>;

  /** Ends the token. The open server answers 501. */
  logout(options?: CallOptions): Promise<void>;

  /**
   * Calls an operation and returns whatever status it answers as a member of a union. Rejects like the methods above when
   * there is no answer, and with a `ResponseFormatError` when a documented status has no fitting body.
   */
  request<Op extends OperationId>(
    operationId: Op,
    input: SvixOperationInput<Op>,
    options?: CallOptions,
  ): Promise<SvixOutcome<Op>>;
}

/** Writes every method down in terms of one operation. */
export function svixMethods(client: DocumentClient<Operations, 'appId'>): Omit<SvixApi, 'appId'> {
  return {
    getApplication: (options) => client.body('getApplication', {}, options),

    listEndpoints: (query = {}, options) => client.body('listEndpoints', { query }, options),
    listAllEndpoints: (options) =>
      allPages((query, take) =>
        client.call('listEndpoints', { query }, options, (reading) =>
          take(reading, client.success('listEndpoints', reading)),
        ),
      ),
    createEndpoint: (body, options) => client.body('createEndpoint', { body, ...keyOf(options) }, options),
    getEndpoint: (endpointId, options) => client.body('getEndpoint', { path: { endpointId } }, options),
    replaceEndpoint: (endpointId, body, options) =>
      client.body('replaceEndpoint', { path: { endpointId }, body }, options),
    patchEndpoint: (endpointId, body, options) => client.body('patchEndpoint', { path: { endpointId }, body }, options),
    deleteEndpoint: (endpointId, options) => client.remove('deleteEndpoint', { path: { endpointId } }, options),

    getEndpointSecret: (endpointId, options) =>
      client
        .body('getEndpointSecret', { path: { endpointId } }, options)
        .then(({ key }) => new ConcealedEndpointSecret(key)),
    rotateEndpointSecret: (endpointId, body = {}, options) =>
      client.body('rotateEndpointSecret', { path: { endpointId }, body, ...keyOf(options) }, options),
    getEndpointHeaders: (endpointId, options) => client.body('getEndpointHeaders', { path: { endpointId } }, options),
    setEndpointHeaders: (endpointId, headers, options) =>
      client.body('setEndpointHeaders', { path: { endpointId }, body: { headers } }, options),
    patchEndpointHeaders: (endpointId, headers, options) =>
      client.body('patchEndpointHeaders', { path: { endpointId }, body: { headers } }, options),

    getEndpointStats: (endpointId, query = {}, options) =>
      client.body('getEndpointStats', { path: { endpointId }, query }, options),
    recoverEndpoint: (endpointId, body, options) =>
      client.body('recoverEndpoint', { path: { endpointId }, body, ...keyOf(options) }, options),
    replayMissing: (endpointId, body, options) =>
      client.body('replayMissing', { path: { endpointId }, body, ...keyOf(options) }, options),
    sendExample: (endpointId, body, options) =>
      client.body('sendExample', { path: { endpointId }, body, ...keyOf(options) }, options),

    listMessages: (query = {}, options) => client.body('listMessages', { query }, options),

    listEventTypes: (query = {}, options) => client.body('listEventTypes', { query }, options),
    listAllEventTypes: (filter = {}, options) =>
      allPages((page, take) =>
        client.call('listEventTypes', { query: { ...filter, ...page } }, options, (reading) =>
          take(reading, client.success('listEventTypes', reading)),
        ),
      ),
    getEventType: (eventTypeName, options) => client.body('getEventType', { path: { eventTypeName } }, options),

    logout: (options) => client.body('logout', {}, options),

    request: (operationId, input, options) => client.outcome(operationId, input, options),
  };
}

function keyOf({ idempotencyKey }: KeyedCallOptions = {}): { headers?: { [IDEMPOTENCY_HEADER]: string } } {
  return idempotencyKey === undefined ? {} : { headers: { [IDEMPOTENCY_HEADER]: idempotencyKey } };
}
