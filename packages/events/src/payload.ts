import type { EVENT_TYPES } from './generated/event-types.js';
import type { EventPayloads } from './generated/payloads.js';

/** An event type of the published catalogue. A tenant may know others, and may know them before this package does. */
export type EventType = (typeof EVENT_TYPES)[number];

/** An event type that `on` takes: one of the catalogue, payload published or not, or one that a program adds. */
export type TypedEvent = keyof EventPayloads;

/** A payload of which nothing is known. */
export type UnknownPayload = Readonly<Record<string, unknown>>;

/**
 * What an event of the type carries; of a type whose payload is not published, an `UnknownPayload`.
 *
 * Every field may be missing and may be null. Subscriptions and targets leave fields out, the platform sends null where
 * there is no value, and what is published are examples rather than schemas: they say which fields there can be, never
 * which there must be. Fields that are not named here arrive as well, and stay in the payload.
 */
export type EventPayload<T extends string> = T extends TypedEvent ? EventPayloads[T] : UnknownPayload;

/**
 * A field that `excludedFields` can name: one at the root of the payload, as the platform knows no others. Of a type
 * without published payload, any name.
 */
export type ExcludableField<T extends string> = T extends string ? keyof EventPayload<T> & string : never;

/** What a subscriber gets that excludes these fields. */
export type DeliveredPayload<T extends string, Excluded extends ExcludableField<T> = never> = T extends string
  ? [Excluded] extends [never]
    ? EventPayload<T>
    : Omit<EventPayload<T>, Excluded>
  : never;
