import type { Resource } from './action.js';
import type { JsonObject } from './json.js';

/** One thing in a tenant that the ledger says is ours. */
export interface OwnedThing {
  readonly resource: Resource;
  /**
   * | resource | key |
   * |---|---|
   * | subscription | event type in lower case |
   * | config | its code |
   * | target | the entry id that the service gave it; `new:` and the natural key while that is not known |
   * | endpoint | its Svix id; `new:` and the uid while that is not known |
   */
  readonly key: string;
  /** Which installation owns it: `instance` of its desired-state file. */
  readonly instance: string;
  /** Milliseconds since the epoch. */
  readonly firstOwnedAt: number;
  /** When we last wrote it, or found it as desired for the first time; milliseconds since the epoch. */
  readonly writtenAt: number;
  /** Version that our last write led to; absent where the service keeps none. */
  readonly version?: number;
  /** What we applied last, without secrets. */
  readonly settings: JsonObject;
  /** Keyed fingerprints of the secrets we wrote last, by field such as `secretKey` or `headers.x-api-key`. */
  readonly fingerprints: Readonly<Record<string, string>>;
  /** Recorded before a write whose answer is not known: ours only if the live object is what the write would have made. */
  readonly pending?: true;
}

/** What a reconcile changes in the ledger of one tenant; all of it or nothing. */
export interface LedgerChange {
  /** Replaces the rows of the same resource and key. `firstOwnedAt` of an existing row stays. */
  readonly put: readonly OwnedThing[];
  readonly forget: readonly Pick<OwnedThing, 'resource' | 'key'>[];
}

/** What the ledger says of one tenant. */
export type OwnedThings = readonly OwnedThing[];
