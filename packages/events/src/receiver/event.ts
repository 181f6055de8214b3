import type { DeliveredPayload, ExcludableField, UnknownPayload } from '../payload.js';

/** Who signed and sent a delivery: Emporix itself, or Svix on its behalf. */
export type Sender = 'emporix' | 'svix';

/** What is known of every verified delivery. */
export interface DeliveryFacts {
  readonly sender: Sender;
  /** The same for every attempt of one delivery; undefined when there is nothing to tell attempts by. */
  readonly deliveryId: string | undefined;
  /** From Emporix, when the event was published, which nobody signs; from Svix, when this attempt was made. */
  readonly time: Date | undefined;
  /** The bytes that were verified. */
  readonly rawBody: Uint8Array;
}

/** A verified event. Name the excluded fields of the subscription, and the payload is without them. */
export interface ReceivedEvent<T extends string, Excluded extends ExcludableField<T> = never> extends DeliveryFacts {
  readonly type: T;
  readonly payload: DeliveredPayload<T, Excluded>;
}

/** A verified event of which no handler wants to know. */
export interface UnhandledEvent extends DeliveryFacts {
  /** In lower case; undefined when the request does not tell. */
  readonly type: string | undefined;
  readonly payload: UnknownPayload;
}

export interface HandlerContext {
  /** Aborted when the time for this delivery is over: what is not done by then is asked for again. */
  readonly signal: AbortSignal;
}

/** Does one thing with an event. Whoever sends it tries again when a handler throws. */
export type Handler<E> = (event: E, context: HandlerContext) => unknown;
