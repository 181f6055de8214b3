export { EVENT_TYPES } from './generated/event-types.js';
export type * from './generated/payloads.js';
export { isEventType } from './event-type.js';
export type {
  DeliveredPayload,
  EventPayload,
  EventType,
  ExcludableField,
  TypedEvent,
  UnknownPayload,
} from './payload.js';

export {
  verifyEmporixSignature,
  type EmporixOptions,
  type EmporixVerification,
  type VerifiedEmporix,
} from './signature/emporix.js';
export { verifySvixSignature, type SvixOptions, type SvixVerification, type VerifiedSvix } from './signature/svix.js';
export type { Refusal, RefusalReason } from './signature/verification.js';
export type { HeadersLike } from './signature/headers.js';
export type { Secrets } from './signature/secrets.js';

export { createReceiver, DeliveryTimeoutError, type HandlerOptions, type Receiver } from './receiver/receiver.js';
export { digestOfDelivery } from './receiver/digest-of-delivery.js';
export type { EmporixSource, ReceiverOptions, SecretSource, SvixSource, VerifiedRequest } from './receiver/options.js';
export type {
  DeliveryFacts,
  Handler,
  HandlerContext,
  ReceivedEvent,
  Sender,
  UnhandledEvent,
} from './receiver/event.js';
export type { HandlerFailure, Outcome, OutcomeSubject, RequestFault, Step } from './receiver/outcome.js';
export type { Claim, DeliveryStore } from './receiver/delivery-store.js';
export { createMemoryStore, type MemoryStoreOptions } from './receiver/memory-store.js';
export {
  BodyTooLargeError,
  RawBodyLostError,
  type IncomingRequest,
  type ReceiverAnswer,
} from './receiver/incoming-request.js';
