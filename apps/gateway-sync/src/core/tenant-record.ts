import type { Resource } from './action.js';
import type { Wait } from './backoff.js';
import {
  type Conditions,
  initialConditions,
  withoutQuota,
  withQuota,
  withResult,
  withShed,
  withUnknownQuota,
} from './conditions.js';
import type { Fight } from './fights.js';
import type { Verdict } from './guard.js';
import { EMPTY_MEMORY, type Rejection, type TenantMemory } from './memory.js';
import type { Pause } from './pause.js';
import type { QuotaUsage } from './quota.js';
import type { QuotaState } from './quota-state.js';
import type { Outcome, ReconcileResult, Trigger } from './result.js';
import type { Mode, TenantName } from './state.js';
import { tenantState, type TenantState } from './tenant-state.js';

/** What every replica knows of a tenant. Entirely JSON. */
export interface TenantStatus {
  readonly tenant: TenantName;
  readonly state: TenantState;
  readonly conditions: Conditions;
  /** The last run; absent before the first. */
  readonly last?: RunSummary;
  /** End of the last run that left the tenant in sync, milliseconds since the epoch. */
  readonly lastSyncAt?: number;
  readonly consecutiveFailures: number;
  readonly pause?: Pause;
  /** The newest reading that was believed. */
  readonly quota?: { readonly usage: QuotaUsage; readonly at: number };
  readonly quotaState?: QuotaState;
}

/** What a run came to, without what only the next run or a reader of the plan needs. */
export interface RunSummary {
  readonly reconcileId: string;
  readonly trigger: Trigger;
  readonly mode: Mode;
  readonly outcome: Outcome;
  readonly startedAt: number;
  readonly finishedAt: number;
  /** Host and process that ran it. */
  readonly actor: string;
  readonly calls: ReconcileResult['calls'];
  /** Actions that were planned on the first reading. */
  readonly planned: number;
  readonly applied: number;
  readonly checksum?: string;
  readonly drift?: number;
  readonly driftByResource?: Readonly<Record<Resource, number>>;
  readonly managed?: Readonly<Record<Resource, number>>;
  /** Subscriptions that are given up while the quota runs out, and those that should be where it is only advised. */
  readonly shed?: number;
  readonly shedAdvised?: number;
  readonly verdicts: readonly Verdict[];
  readonly transient: boolean;
  readonly error?: { readonly name: string; readonly message: string };
  readonly ledgerError?: { readonly name: string; readonly message: string };
}

/** What one run leaves for the next, on whichever replica that is. */
export interface TenantRecord {
  readonly tenant: TenantName;
  /** What the file said of the tenant: see `desiredHash`. A record of another wish counts as none at the start. */
  readonly desired: string;
  /** Of that file: see `Standing`. */
  readonly generation: number;
  readonly state: TenantState;
  /** All but `QuotaOk`, which follows from the newest reading. */
  readonly conditions: Conditions;
  readonly last: RunSummary;
  readonly lastSyncAt?: number;
  readonly consecutiveFailures: number;
  readonly memory: TenantMemory;
  readonly wait: Wait;
}

/** What else is kept of a tenant: people and the quota watch write it, not runs. */
export interface TenantMarks {
  readonly pause?: Pause;
  readonly quota?: { readonly usage: QuotaUsage; readonly at: number };
  readonly quotaState?: QuotaState;
}

/** The record after a run. `before` is the record that the run began with. */
export function nextRecord(
  before: TenantRecord | undefined,
  result: ReconcileResult,
  facts: Pick<TenantRecord, 'desired' | 'generation' | 'wait'> & { readonly actor: string },
): TenantRecord {
  const { tenant, outcome, finishedAt, memory } = result;
  const state = tenantState(outcome);
  const failed = outcome === 'failed' || outcome === 'partial';
  const lastSyncAt = state === 'in_sync' ? finishedAt : before?.lastSyncAt;
  const known = before?.conditions ?? withoutQuota(initialConditions(finishedAt));
  return {
    tenant,
    desired: facts.desired,
    generation: facts.generation,
    state,
    conditions: withResult(known, result),
    last: summaryOf(result, facts.actor),
    ...(lastSyncAt !== undefined && { lastSyncAt }),
    consecutiveFailures: failed ? (before?.consecutiveFailures ?? 0) + 1 : 0,
    memory,
    wait: facts.wait,
  };
}

/** What a record and the marks beside it say together; without a record the tenant is still to be looked at. */
export function statusOf(
  tenant: TenantName,
  record: Omit<TenantRecord, 'memory'> | undefined,
  { pause, quota, quotaState }: TenantMarks,
  now: number,
): TenantStatus {
  const conditions = [...(record?.conditions ?? withoutQuota(initialConditions(now)))];
  const unread = initialConditions(now).filter(({ type }) => type === 'QuotaOk');
  const withUnread = [...conditions, ...unread];
  return {
    tenant,
    state: pause ? 'paused' : (record?.state ?? 'pending'),
    conditions: withShed(withMarks(withUnread, quota, quotaState), record?.last, {
      // Only what was read can end it; before that the last run knows best.
      type: quotaState?.at !== undefined && !quotaState.shed ? 'over' : 'holds',
    }),
    ...(record && { last: record.last }),
    ...(record?.lastSyncAt !== undefined && { lastSyncAt: record.lastSyncAt }),
    consecutiveFailures: record?.consecutiveFailures ?? 0,
    ...(pause && { pause }),
    ...(quota && { quota }),
    ...(quotaState && { quotaState }),
  };
}

function withMarks(unread: Conditions, quota: TenantMarks['quota'], quotaState: TenantMarks['quotaState']): Conditions {
  const { unknown, standing } = quotaState ?? {};
  if (unknown) return withUnknownQuota(unread, { ...unknown, ...(standing && { since: standing.since }) });
  return quota ? withQuota(unread, quota.usage, standing?.since ?? quota.at) : unread;
}

function summaryOf(result: ReconcileResult, actor: string): RunSummary {
  const { reconcileId, trigger, mode, outcome, startedAt, finishedAt, calls, plan, items, verdicts } = result;
  const { drift, driftByResource, shed, shedAdvised, transient, error, ledgerError } = result;
  return {
    reconcileId,
    trigger,
    mode,
    outcome,
    startedAt,
    finishedAt,
    actor,
    calls,
    planned: plan?.actions.length ?? 0,
    applied: items.filter(({ status }) => status === 'applied' || status === 'unverified').length,
    ...(plan && { checksum: plan.checksum, managed: plan.managed }),
    ...(drift !== undefined && { drift }),
    ...(driftByResource && { driftByResource }),
    ...(shed !== undefined && { shed }),
    ...(shedAdvised !== undefined && { shedAdvised }),
    verdicts,
    transient,
    ...(error && { error: brief(error) }),
    ...(ledgerError && { ledgerError: brief(ledgerError) }),
  };
}

function brief({ name, message }: Error): { name: string; message: string } {
  return { name, message };
}

/** {@link TenantMemory} in JSON. What is ours is in the ledger and not kept twice. */
export interface MemoryJson {
  readonly rejected: Readonly<Record<string, Rejection>>;
  readonly fights: Readonly<Record<string, Fight>>;
  readonly unconverged?: TenantMemory['unconverged'];
  readonly catalogue?: readonly string[];
}

export function memoryJson({ rejected, fights, unconverged, catalogue }: TenantMemory): MemoryJson {
  return {
    rejected: Object.fromEntries(rejected),
    fights: Object.fromEntries(fights),
    ...(unconverged && { unconverged }),
    ...(catalogue && { catalogue }),
  };
}

export function memoryOf(json: MemoryJson | null): TenantMemory {
  if (!json) return EMPTY_MEMORY;
  const { rejected, fights, unconverged, catalogue } = json;
  return {
    rejected: new Map(Object.entries(rejected)),
    fights: new Map(Object.entries(fights)),
    ...(unconverged && { unconverged }),
    ...(catalogue && { catalogue }),
  };
}
