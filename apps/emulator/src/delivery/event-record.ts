import type { JsonObject } from '../json.js';
import type { Provider } from '../configs/config.js';

/** What became of an emitted event. */
export type EventOutcome =
  | 'delivered'
  | 'partly-delivered'
  | 'retrying'
  | 'failed'
  | 'handed-to-svix'
  | 'not-subscribed'
  | 'no-active-config'
  | 'no-destination'
  | 'lost-over-limit';

export interface Attempt {
  readonly at: number;
  /** Absent when no answer came. */
  readonly status?: number;
  readonly error?: string;
}

/** Sending one event to one destination. Its attempts grow as it is retried. */
export interface Delivery {
  readonly id: string;
  /** Null for the root `destinationUrl`. */
  readonly entryId: string | null;
  readonly url: string;
  /** Canonical JSON. */
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  status: 'retrying' | 'delivered' | 'failed';
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
  outcome: EventOutcome;
  readonly deliveries: readonly Delivery[];
  readonly skipped: readonly Skipped[];
  /** Counted in the statistics so far. */
  counted: number;
}

/** An event record for people: times in ISO 8601, no header values. */
export function viewEvent(event: EventRecord): object {
  return {
    ...event,
    publishedAt: new Date(event.publishedAt).toISOString(),
    deliveries: event.deliveries.map((delivery) => ({
      ...delivery,
      headers: Object.keys(delivery.headers),
      attempts: delivery.attempts.map((attempt) => ({ ...attempt, at: new Date(attempt.at).toISOString() })),
      nextAttemptAt: delivery.nextAttemptAt === null ? null : new Date(delivery.nextAttemptAt).toISOString(),
    })),
  };
}
