import type { Action, Resource } from './action.js';
import type { Verdict } from './guard.js';
import type { TenantMemory } from './memory.js';
import type { Pause } from './pause.js';
import type { Plan } from './plan.js';
import type { Mode, TenantName } from './state.js';

/** Why a reconcile ran. */
export const TRIGGERS = ['interval', 'config', 'manual', 'retry', 'command', 'quota'] as const;
export type Trigger = (typeof TRIGGERS)[number];

/**
 * | outcome | means |
 * |---|---|
 * | in-sync | nothing to do |
 * | changed | everything planned was applied and seen when read again |
 * | drifted | there is something to do and this run writes nothing (observe, dry run) |
 * | partial | some of it holds, some cannot be: a failed item, an entry that resolves to nothing |
 * | blocked | a guard withholds the plan |
 * | failed | the tenant could not be read, or nothing of the plan took |
 */
export const OUTCOMES = ['in-sync', 'changed', 'drifted', 'partial', 'blocked', 'failed'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/**
 * | status | means | tried again |
 * |---|---|---|
 * | applied | accepted, or its answer was lost; and seen when read again | |
 * | unverified | accepted, but the reading after it failed | next reconcile looks |
 * | not-applied | accepted, yet not there when read again | next reconcile |
 * | conflict | the version had moved in each of three rounds | next reconcile |
 * | failed | the API answered 408, 429 or 5xx, or not at all | next reconcile |
 * | rejected | 4xx | when the desired or the observed state changes |
 * | unreachable | a destination did not answer (400) | after ten minutes, then less and less often |
 * | contended | not sent: somebody keeps undoing it | after an hour, then less and less often, or by hand |
 * | skipped | not sent, because something that it needs did not take | next reconcile |
 */
export const ITEM_STATUSES = [
  'applied',
  'unverified',
  'not-applied',
  'conflict',
  'failed',
  'rejected',
  'unreachable',
  'contended',
  'skipped',
] as const;
export type ItemStatus = (typeof ITEM_STATUSES)[number];

export interface ItemResult {
  readonly action: Action;
  readonly status: ItemStatus;
  readonly code?: number;
  readonly message?: string;
  /** It may have been carried out whatever the status says, because an answer to it was lost; a reading decides. */
  readonly answerLost?: true;
  /** Not sent: an earlier reconcile got the same input rejected. */
  readonly remembered?: true;
}

/** What one reconcile of one tenant came to. */
export interface ReconcileResult {
  readonly tenant: TenantName;
  readonly reconcileId: string;
  readonly trigger: Trigger;
  readonly mode: Mode;
  readonly outcome: Outcome;
  /** In force when it began. */
  readonly pause?: Pause;
  /** As planned on the first reading; absent when that failed. */
  readonly plan?: Plan;
  /** Guards that withhold the plan, or would if it were to be applied. */
  readonly verdicts: readonly Verdict[];
  readonly items: readonly ItemResult[];
  /** Actions still to do at the end, as far as the last reading tells; absent when nothing could be read. */
  readonly drift?: number;
  readonly driftByResource?: Readonly<Record<Resource, number>>;
  /** Subscriptions that are given up while the quota runs out, and those that should be where it is only advised. */
  readonly shed?: number;
  readonly shedAdvised?: number;
  /** Requests made: readings, and writes of one batch each. */
  readonly calls: { readonly reads: number; readonly writes: number };
  readonly startedAt: number;
  readonly finishedAt: number;
  /** Whether doing the same again later may succeed without anybody changing anything. */
  readonly transient: boolean;
  /** Milliseconds the API asked to wait before the next request. */
  readonly retryAfterMs?: number;
  readonly error?: Error;
  /** Why the ledger could not be read or written; nothing was removed then, and the audit entry may be lost. */
  readonly ledgerError?: Error;
  /** Hand it to the next reconcile of this tenant. */
  readonly memory: TenantMemory;
}
