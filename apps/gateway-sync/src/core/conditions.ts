import { AccessDeniedError } from './errors.js';
import { isCatalogueProblem, type CatalogueProblem } from './problem.js';
import type { QuotaUsage } from './quota.js';
import type { UnknownUsage } from './quota-state.js';
import type { ReconcileResult } from './result.js';

/**
 * | condition | true means |
 * |---|---|
 * | Ready | the tenant can be read, and the ledger answers |
 * | Synced | it is as the file says |
 * | Drifted | something differs from the file |
 * | Blocked | a guard withholds the plan |
 * | Contended | somebody else keeps changing what the file says |
 * | CatalogueOk | the globs match no event type that waits for a review, and none is gone |
 * | QuotaOk | the month's events are below the first threshold |
 */
export const CONDITIONS = ['Ready', 'Synced', 'Drifted', 'Blocked', 'Contended', 'CatalogueOk', 'QuotaOk'] as const;
export type ConditionType = (typeof CONDITIONS)[number];

export interface Condition {
  readonly type: ConditionType;
  readonly status: 'true' | 'false' | 'unknown';
  /** One word for programs, such as `AccessDenied`. */
  readonly reason: string;
  /** A sentence for people; empty when there is nothing to add. */
  readonly message: string;
  /** When it last took on its status, milliseconds since the epoch. */
  readonly since: number;
}

export type Conditions = readonly Condition[];

/** Those that a run decides. */
export function withoutQuota(conditions: Conditions): Conditions {
  return conditions.filter(({ type }) => type !== 'QuotaOk');
}

type Verdict = Omit<Condition, 'type' | 'since'>;

/** Before anything is known. */
export function initialConditions(now: number): Conditions {
  return CONDITIONS.map((type) => ({ type, status: 'unknown', reason: 'Pending', message: '', since: now }));
}

/** The conditions after a reconcile. `QuotaOk` has a clock of its own: see {@link withQuota}. */
export function withResult(before: Conditions, result: ReconcileResult): Conditions {
  const at = result.finishedAt;
  const after = [
    ['Ready', ready(result)],
    ['Synced', synced(result)],
    ['Drifted', drifted(result)],
    ['Blocked', blocked(result)],
    ['Contended', contended(result)],
    ['CatalogueOk', catalogueOk(result)],
  ] as const;
  const known = completed(before, at);
  return after.reduce<Conditions>((conditions, [type, verdict]) => replaced(conditions, type, verdict, at), known);
}

/** With those that an older program did not know; `QuotaOk` is no part of a record. */
function completed(conditions: Conditions, now: number): Conditions {
  const known = new Map(conditions.map((condition) => [condition.type, condition]));
  return initialConditions(now).flatMap((initial) => {
    const condition = known.get(initial.type) ?? (initial.type === 'QuotaOk' ? undefined : initial);
    return condition ? [condition] : [];
  });
}

/** The conditions while nobody knows how much of the quota is used. */
export function withUnknownQuota(before: Conditions, { reason, message, since }: UnknownUsage): Conditions {
  const verdict = { status: 'unknown', reason: UNKNOWN_REASONS[reason], message } as const;
  return quotaBeing(before, verdict, since);
}

const UNKNOWN_REASONS: Readonly<Record<UnknownUsage['reason'], string>> = {
  'not-counted': 'NotCounted',
  incomplete: 'Incomplete',
};

/** The conditions before the first reading of a month, which began at a time. */
export function withUnreadQuota(before: Conditions, from: number): Conditions {
  return quotaBeing(before, { status: 'unknown', reason: 'Pending', message: '' }, from);
}

/** The conditions after a reading of the quota, with the status that it has since then. */
export function withQuota(before: Conditions, usage: QuotaUsage, since: number): Conditions {
  return quotaBeing(before, quotaVerdict(usage), since);
}

/** Follows from what is kept of the quota, and not from the conditions before. */
function quotaBeing(before: Conditions, verdict: Verdict, since: number): Conditions {
  return before.map((condition) =>
    condition.type === 'QuotaOk' ? { type: condition.type, ...verdict, since } : condition,
  );
}

/** Of a look; without a usage nobody knows. */
export function quotaStatus(usage: QuotaUsage | undefined): Condition['status'] {
  return usage ? quotaVerdict(usage).status : 'unknown';
}

function quotaVerdict({ percent, limit, used, crossed }: QuotaUsage): Verdict {
  const highest = crossed.at(-1);
  const message = limit === undefined ? `${used} events` : `${used} of ${limit} events`;
  if (percent === undefined) return { status: 'unknown', reason: 'NoLimit', message };
  if (percent >= 100) return { status: 'false', reason: 'Exhausted', message: `${message}, all used` };
  if (highest === undefined) return { status: 'true', reason: 'BelowThreshold', message };
  return { status: 'false', reason: 'ThresholdReached', message: `${message}, ${highest} % reached` };
}

/**
 * How long what the last run gave up is so: `holds`, until further notice; `waits`, the month is over, and it is back by a
 * time in milliseconds since the epoch; `over`, it comes back with the next run.
 */
export type ShedTerm = { readonly type: 'holds' | 'over' } | { readonly type: 'waits'; readonly until: number };

/** Says beside the quota what is done without because of it. */
export function withShed(
  before: Conditions,
  { shed = 0, shedAdvised = 0 }: Pick<ReconcileResult, 'shed' | 'shedAdvised'> = {},
  term: ShedTerm = { type: 'holds' },
): Conditions {
  const told = [
    ...(shed > 0 ? [`${subscriptions(shed)} ${shedText(term)}`] : []),
    ...(shedAdvised > 0 && term.type === 'holds' ? [`${subscriptions(shedAdvised)} to be given up`] : []),
  ];
  if (told.length === 0) return before;
  return before.map((condition) =>
    condition.type === 'QuotaOk'
      ? { ...condition, message: [condition.message, ...told].filter((text) => text !== '').join('; ') }
      : condition,
  );
}

function shedText(term: ShedTerm): string {
  switch (term.type) {
    case 'holds':
      return 'given up';
    case 'waits':
      return `given up, back by ${new Date(term.until).toISOString().slice(0, 16)}Z`;
    case 'over':
      return 'to come back with the next run';
    default:
      return term satisfies never;
  }
}

function subscriptions(amount: number): string {
  return `${amount} subscription${amount === 1 ? '' : 's'}`;
}

function replaced(before: Conditions, type: ConditionType, verdict: Verdict, at: number): Conditions {
  return before.map((condition) =>
    condition.type === type
      ? { type, ...verdict, since: condition.status === verdict.status ? condition.since : at }
      : condition,
  );
}

function ready({ plan, error, ledgerError }: ReconcileResult): Verdict {
  if (!plan) {
    const reason = error instanceof AccessDeniedError ? 'AccessDenied' : 'Unreadable';
    return { status: 'false', reason, message: error?.message ?? '' };
  }
  if (ledgerError) return { status: 'false', reason: 'LedgerLost', message: ledgerError.message };
  return { status: 'true', reason: 'Reconciled', message: '' };
}

function synced({ outcome, error, mode }: ReconcileResult): Verdict {
  switch (outcome) {
    case 'in-sync':
      return { status: 'true', reason: 'InSync', message: '' };
    case 'changed':
      return { status: 'true', reason: 'Applied', message: '' };
    case 'drifted':
      return { status: 'false', reason: mode === 'observe' ? 'ObserveOnly' : 'NotApplied', message: '' };
    case 'partial':
      return { status: 'false', reason: 'Partial', message: error?.message ?? '' };
    case 'blocked':
      return { status: 'false', reason: 'Blocked', message: error?.message ?? '' };
    case 'failed':
      return { status: 'false', reason: 'Failed', message: error?.message ?? '' };
    default:
      return outcome satisfies never;
  }
}

function drifted({ drift }: ReconcileResult): Verdict {
  if (drift === undefined) return { status: 'unknown', reason: 'Unreadable', message: '' };
  if (drift === 0) return { status: 'false', reason: 'NoDifference', message: '' };
  return { status: 'true', reason: 'Differs', message: `${drift} difference${drift === 1 ? '' : 's'}` };
}

function blocked({ outcome, verdicts }: ReconcileResult): Verdict {
  if (outcome !== 'blocked') return { status: 'false', reason: 'NoGuard', message: '' };
  const told = verdicts.map(({ message, allow }) => `${message}; to allow it: ${allow}`);
  return { status: 'true', reason: verdicts[0]?.guard ?? 'guard', message: told.join('; ') };
}

function contended({ items, plan }: ReconcileResult): Verdict {
  const fought = items.filter(({ status }) => status === 'contended' || status === 'conflict');
  if (!plan) return { status: 'unknown', reason: 'Unreadable', message: '' };
  if (fought.length === 0) return { status: 'false', reason: 'NoContention', message: '' };
  const told = fought.map(({ action, message = '' }) => `${action.name}: ${message}`);
  return { status: 'true', reason: 'ForeignWriter', message: told.join('; ') };
}

/** What a glob took in by itself is told once and needs nobody; what waits for the lock file stays until it has it. */
function catalogueOk({ plan }: ReconcileResult): Verdict {
  if (!plan) return { status: 'unknown', reason: 'Unreadable', message: '' };
  const told = plan.problems.flatMap((problem) =>
    isCatalogueProblem(problem.kind) ? [{ ...problem, kind: problem.kind }] : [],
  );
  const waits = told.some(({ severity }) => severity !== 'note');
  const shown = told.filter(({ severity }) => !waits || severity !== 'note');
  const [first] = shown;
  if (!first) return { status: 'true', reason: 'NothingNew', message: '' };
  return {
    status: waits ? 'false' : 'true',
    reason: CATALOGUE_REASONS[first.kind],
    message: shown.map(({ message }) => message).join('; '),
  };
}

const CATALOGUE_REASONS: Readonly<Record<CatalogueProblem, string>> = {
  'not-locked': 'NotLocked',
  'new-event-type': 'NewEventType',
  'gone-event-type': 'GoneEventType',
};
