import type { StoredConfig } from '../configs/config.js';
import type { FiredFaults } from '../faults/fault-book.js';
import type { Answer } from '../http/answer.js';
import type { Quirks } from '../quirks.js';
import type { Random } from '../random.js';
import type { Documents } from '../state/documents.js';
import type { Tenant } from '../state/tenant.js';
import type { ApplicationToken } from '../svix/token.js';

/** A call that was let in and keeps the contract. */
export interface Call {
  readonly tenant: Tenant;
  /** The state to work on; not always the newest one. */
  readonly documents: Documents;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, unknown>>;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly quirks: Quirks;
  readonly random: Random;
  readonly faults: FiredFaults;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** The other tenants. */
  readonly others: () => readonly Tenant[];
}

/** What a call comes to: an answer and, for writes, the state to store. */
export interface Outcome {
  readonly answer: Answer;
  readonly documents?: Documents;
  /** A token of Svix that is good from now on. */
  readonly token?: ApplicationToken;
  /** A config whose destinations must be reachable before anything is stored. */
  readonly probe?: { readonly before: StoredConfig | undefined; readonly after: StoredConfig };
}

/** Decides one operation. Does no I/O and changes nothing; refuses by throwing a `Refusal`. */
export type Handler = (call: Call) => Outcome;
