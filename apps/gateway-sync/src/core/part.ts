import type { Action, Resource } from './action.js';
import type { GivenUp } from './given-up.js';
import type { JsonObject } from './json.js';
import type { OwnedThings } from './ledger.js';
import type { Problem } from './problem.js';
import type { RestOfMonth } from './quota-effect.js';
import type { ShedState } from './quota-state.js';
import type { Secret } from './secret.js';

/** What one kind of thing contributes to a plan. */
export interface Part {
  readonly actions: readonly Action[];
  readonly foreign: readonly Foreign[];
  readonly problems: readonly Problem[];
  /** Absent while the quota asks for nothing. */
  readonly givenUp?: GivenUp;
  /** Things that the file names and the tenant has, or could have. */
  readonly managed: number;
  /** Those of `managed` that are as desired. */
  readonly unchanged: number;
  /** What becomes of the ledger. */
  readonly claims: Claims;
}

/** What a reading says about the ledger of one kind of thing. */
export interface Claims {
  /** Things that the file names and the tenant has: ours once `action`, if there is one, has taken. */
  readonly matched: readonly Match[];
  /** Ledger keys whose rows stay although nothing matched them: still there, or still named by the file. */
  readonly kept: ReadonlySet<string>;
}

export interface Match {
  readonly resource: Resource;
  /** See `OwnedThing.key`. */
  readonly key: string;
  /** Key of the row that knew it by another name, such as `new:…`; its dates and fingerprints are taken over. */
  readonly row?: string;
  /** The action of the same plan that is still to bring it in line. */
  readonly action?: Action['id'];
  /** What holds when it is in line, for the next comparison. */
  readonly settings: JsonObject;
  readonly version?: number;
  /** Fingerprints that this reading proved, such as of a secret that could be read. */
  readonly fingerprints?: Readonly<Record<string, string>>;
}

/** There, not named by the file, and left alone. */
export interface Foreign {
  readonly resource: Resource;
  readonly name: string;
  readonly reason: KeptReason;
}

/**
 * | reason | the thing stays because |
 * |---|---|
 * | prune-none | the tenant says `prune: none` |
 * | no-ledger | without a ledger nothing is known to be ours |
 * | not-owned | the ledger does not say that we made it |
 * | not-marked | an endpoint lacks our marks |
 * | owned-elsewhere | another installation owns it |
 * | unresolved | an entry of the file is unclear, so what is not named is not certain |
 * | unread | a part of the tenant could not be read whole |
 * | still-active | a delivery config without an active successor |
 */
export const KEPT_REASONS = [
  'prune-none',
  'no-ledger',
  'not-owned',
  'not-marked',
  'owned-elsewhere',
  'unresolved',
  'unread',
  'still-active',
] as const;
export type KeptReason = (typeof KEPT_REASONS)[number];

/** What is known beside the file and the reading. */
export interface Knowledge {
  /** `instance` of the file. */
  readonly instance: string;
  /** From the ledger; absent without one, and then nothing is removed. */
  readonly owned?: OwnedThings;
  /** As desired in an earlier reading; tells drift from change where there is no ledger. */
  readonly seen?: OwnedThings;
  /** Keyed fingerprint of a secret; absent without a ledger, and then a secret is written only where there is none. */
  readonly fingerprint?: Fingerprint;
  /** What is in force of giving up subscriptions while the quota runs out. */
  readonly shed?: ShedState;
  /** Event types that the catalogue had at the last look; absent: nobody knows. */
  readonly catalogue?: readonly string[];
  /** Why the ledger could not be read; then `owned` is absent. */
  readonly ledgerLost?: string;
  /** The rest of the month, for what a plan does to its quota; absent while nobody knows. */
  readonly rest?: RestOfMonth;
  /** Why nothing may be removed now, such as a part that could not be read. */
  readonly unread?: string;
}

/** The same for the same tenant, place and secret; says nothing about the secret to whoever lacks the key. */
export type Fingerprint = (place: string, secret: Secret) => string;
