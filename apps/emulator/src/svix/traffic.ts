import type { Delivery, EventRecord } from '../delivery/event-record.js';
import type { JsonObject } from '../json.js';
import { Ring } from '../state/ring.js';
import type { Failing } from './failing.js';

/** A message of an application and its deliveries, one for each endpoint that it was sent to. */
export interface Message {
  readonly id: string;
  readonly applicationId: string;
  readonly eventType: string;
  readonly eventId: string | null;
  readonly channels: readonly string[] | null;
  readonly payload: JsonObject;
  /** Milliseconds since 1970, emulator clock. */
  readonly sentAt: number;
  readonly deliveries: Delivery[];
  /** The event of Emporix that it came from; none for examples and for messages of the account's owner. */
  event?: EventRecord;
}

const MESSAGES_KEPT = 5_000;

/** What went out through the Svix applications of one tenant; the latest messages. */
export class SvixTraffic {
  readonly #messages = new Ring<Message>(MESSAGES_KEPT);
  /** By endpoint id; endpoints without failures have none. */
  readonly failing = new Map<string, Failing>();

  /** Keeps a message; one that is kept already stays as it is. */
  keep(message: Message): void {
    if (!this.#messages.items().includes(message)) this.#messages.push(message);
  }

  /** Oldest first. */
  messages(applicationId?: string): readonly Message[] {
    return this.#messages
      .items()
      .filter((message) => applicationId === undefined || message.applicationId === applicationId);
  }
}
