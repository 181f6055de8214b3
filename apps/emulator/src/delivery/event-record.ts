import type { JsonObject } from '../json.js';
import type { Provider } from '../configs/config.js';

/** What became of an emitted event. */
export type EventOutcome =
  | 'delivered'
  | 'partly-delivered'
  | 'retrying'
  | 'failed'
  | 'handed-to-svix'
  | 'refused-by-svix'
  | 'not-subscribed'
  | 'no-active-config'
  | 'no-destination'
  | 'lost-over-limit';

export interface Attempt {
  readonly at: number;
  /** Absent when no answer came. */
  readonly status?: number;
  readonly error?: string;
  /** What a receiver of Svix messages asked for in `webhook-delivery`. */
  readonly control?: string;
  /** Attempts of Svix have one. */
  readonly id?: string;
  readonly trigger?: 'scheduled' | 'manual';
}

/** Sending one event to one destination. Its attempts grow as it is retried. */
export interface Delivery {
  readonly id: string;
  /** Null for the root `destinationUrl`. */
  readonly entryId: string | null;
  /** The Svix endpoint that it goes to. */
  readonly endpointId?: string;
  /** Of the latest attempt. */
  url: string;
  /** Canonical JSON, if it does not go through Svix. */
  readonly body: string;
  /** Of the latest attempt. */
  headers: Readonly<Record<string, string>>;
  /** `canceled` when the endpoint was gone or disabled before it could be sent. */
  status: 'retrying' | 'delivered' | 'failed' | 'canceled';
  attempts: readonly Attempt[];
  nextAttemptAt: number | null;
}

/** Why an entry of the event's type got nothing. */
export interface Skipped {
  readonly entryId: string;
  readonly reason: 'inactive' | 'filter';
}

export interface EventRecord {
  readonly id: string;
  readonly tenant: string;
  readonly type: string;
  readonly publishedAt: number;
  readonly payload: JsonObject;
  readonly provider: Provider | null;
  /** The Svix message that it became. */
  readonly messageId?: string;
  outcome: EventOutcome;
  readonly deliveries: readonly Delivery[];
  readonly skipped: readonly Skipped[];
  /** Counted in the statistics so far. */
  counted: number;
}

/** What became of an event with deliveries. */
export function outcomeOf({ deliveries }: EventRecord): EventOutcome {
  const having = (status: Delivery['status']): number =>
    deliveries.filter((delivery) => delivery.status === status).length;
  if (having('delivered') === deliveries.length) return 'delivered';
  if (having('delivered') > 0) return 'partly-delivered';
  return having('retrying') > 0 ? 'retrying' : 'failed';
}

/** An event record for people: times in ISO 8601, no header values. */
export function viewEvent(event: EventRecord): object {
  return {
    ...event,
    publishedAt: new Date(event.publishedAt).toISOString(),
    deliveries: event.deliveries.map((delivery) => ({
      ...viewDelivery(delivery),
      headers: Object.keys(delivery.headers),
    })),
  };
}

/** A delivery with its times in ISO 8601. */
export function viewDelivery(delivery: Delivery): object {
  return {
    ...delivery,
    attempts: delivery.attempts.map((attempt) => ({ ...attempt, at: new Date(attempt.at).toISOString() })),
    nextAttemptAt: delivery.nextAttemptAt === null ? null : new Date(delivery.nextAttemptAt).toISOString(),
  };
}
