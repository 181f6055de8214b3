import type { Notification } from './notification.js';

/** A notification and the id under which the receiver knows a repetition. */
export interface Message extends Notification {
  readonly id: string;
}

/** A message that this process is to send now. */
export interface HeldMessage extends Message {
  /** How often it was sent, this time included. */
  readonly attempts: number;
}

/** What is to be sent, each thing once; shared by all replicas of an instance. Rejects when it cannot be reached. */
export interface Outbox {
  /** Adds those that their tenant was never told of, to be sent at once. Answers how many they are. */
  add(messages: readonly Message[]): Promise<number>;
  /**
   * Messages that are due, the oldest first. Nobody else gets them for `holdMs`, and whoever does not settle them by then
   * has to expect that somebody sends them again.
   */
  take(wish: { readonly limit: number; readonly holdMs: number }): Promise<readonly HeldMessage[]>;
  /**
   * What came of it, for people, and when it is due again; without `againMs` never. Does nothing when somebody else has taken
   * it since.
   */
  settle(message: HeldMessage, result: { readonly outcome: string; readonly againMs?: number }): Promise<void>;
  /** How long until one is due; undefined while none waits. */
  untilDue(): Promise<number | undefined>;
}

/** How long a subject is remembered at the least: nothing is told again in its month. */
export const SUBJECT_DAYS = 40;
