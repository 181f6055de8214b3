import { RESOURCES, type Resource } from './action.js';
import { actionInput } from './checksum.js';
import {
  ActionError,
  ApplyError,
  ContentionError,
  UnavailableError,
  UnresolvedError,
  UnsafePlanError,
} from './errors.js';
import { nextFights } from './fights.js';
import { unreachableRetry, type Rejection, type TenantMemory } from './memory.js';
import type { Plan } from './plan.js';
import type { ItemResult, Outcome, ReconcileResult } from './result.js';
import type { RunFacts } from './run.js';
import type { Mode } from './state.js';

interface Circumstances {
  readonly mode: Mode;
  readonly writes: boolean;
  /** As it was before the run. */
  readonly memory: TenantMemory;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

type Conclusion = Omit<ReconcileResult, 'tenant' | 'reconcileId' | 'trigger' | 'mode' | 'startedAt' | 'finishedAt'>;

/** What the facts of a run amount to, and what the next run should know. */
export function conclude(facts: RunFacts, circumstances: Circumstances): Conclusion {
  const { plan, remaining, verdicts, results, calls } = facts;
  const { outcome, error, transient } = decide(facts, circumstances);
  const wait = facts.error instanceof UnavailableError ? facts.error.retryAfterMs : undefined;
  return {
    outcome,
    ...(plan && { plan }),
    verdicts,
    items: results,
    ...(remaining && { drift: remaining.actions.length, driftByResource: byResource(remaining), ...shedOf(remaining) }),
    calls,
    transient,
    ...(wait !== undefined && { retryAfterMs: wait }),
    ...(error && { error }),
    memory: remember(facts, circumstances),
  };
}

/** As far as the last reading tells. */
function shedOf({ givenUp }: Plan): Pick<ReconcileResult, 'shed' | 'shedAdvised'> {
  const advised = givenUp?.enforced === false ? givenUp.eventTypes.length : 0;
  return { shed: givenUp?.unsubscribed ?? 0, ...(advised > 0 && { shedAdvised: advised }) };
}

function byResource({ actions }: Plan): Record<Resource, number> {
  const counts: Record<Resource, number> = { subscription: 0, config: 0, target: 0, endpoint: 0 };
  for (const resource of RESOURCES) counts[resource] = actions.filter((action) => action.resource === resource).length;
  return counts;
}

interface Decision {
  readonly outcome: Outcome;
  readonly transient: boolean;
  readonly error?: Error;
}

function decide(facts: RunFacts, { mode, writes }: Circumstances): Decision {
  const { plan, remaining, verdicts, results, error } = facts;
  if (!plan || !remaining) return { outcome: 'failed', transient: error?.transient ?? false, ...(error && { error }) };

  const open = remaining.actions.length > 0;
  if (open && verdicts.length > 0 && mode === 'enforce') {
    return { outcome: 'blocked', transient: false, error: unsafe(verdicts) };
  }
  const unresolved = unresolvedError(remaining);
  if (!writes) {
    if (error) return { outcome: 'partial', transient: error.transient, error };
    if (unresolved) return { outcome: 'partial', transient: false, error: unresolved };
    return { outcome: open ? 'drifted' : 'in-sync', transient: false };
  }
  const took = results.some(({ status }) => status === 'applied' || status === 'unverified');
  const failures = results.filter(({ status }) => status !== 'applied');
  if (error ?? failures.length > 0) {
    return {
      outcome: took ? 'partial' : 'failed',
      transient: error ? error.transient : failures.some(({ status }) => status !== 'rejected'),
      error: error ?? applyError(failures),
    };
  }
  if (unresolved) return { outcome: 'partial', transient: false, error: unresolved };
  return { outcome: took ? 'changed' : 'in-sync', transient: false };
}

function unsafe(verdicts: RunFacts['verdicts']): UnsafePlanError {
  return new UnsafePlanError(verdicts.map(({ message }) => message).join('; '));
}

function unresolvedError({ problems }: Plan): UnresolvedError | undefined {
  const errors = problems.filter(({ severity }) => severity === 'error');
  return errors.length > 0 ? new UnresolvedError(errors.map(({ message }) => message).join('; ')) : undefined;
}

function applyError(failures: readonly ItemResult[]): ApplyError | ContentionError {
  const names = failures.map(({ action }) => action.name).join(', ');
  if (failures.every(({ status }) => status === 'conflict' || status === 'contended')) {
    return new ContentionError(`somebody else keeps changing ${names}`);
  }
  const errors = failures.map(
    ({ action, status, code, message }) =>
      new ActionError(
        `${action.type} ${action.name}: ${status}${code === undefined ? '' : ` (${code})`}${message ? `: ${message}` : ''}`,
      ),
  );
  return new ApplyError(errors, `${failures.length} action${failures.length === 1 ? '' : 's'} did not take: ${names}`);
}

function remember(
  { remaining, verdicts, results, ours, catalogue }: RunFacts,
  { memory: before, now }: Circumstances,
): TenantMemory {
  const fights = nextFights(before.fights, results, now);
  if (!remaining) return { ...before, fights };
  const rejected = new Map<string, Rejection>();
  for (const { id } of remaining.actions) {
    const known = before.rejected.get(id);
    const result = results.find(({ action }) => action.id === id);
    if (result && !result.remembered && (result.status === 'rejected' || result.status === 'unreachable')) {
      rejected.set(id, rejection(result, known, now));
    } else if (known) rejected.set(id, known);
  }
  const unconverged = countUnconverged(remaining, verdicts, results, before);
  const known = catalogue ?? before.catalogue;
  return {
    rejected,
    fights,
    ...(unconverged && { unconverged }),
    ...(ours && { seen: ours }),
    ...(known && { catalogue: known }),
  };
}

function rejection(
  { action, status, code, message }: ItemResult,
  before: Rejection | undefined,
  now: number,
): Rejection {
  const input = actionInput(action);
  const same = before?.input === input ? before : undefined;
  return {
    input,
    ...(code !== undefined && { code }),
    ...(message !== undefined && { message }),
    ...(status === 'unreachable' && { retry: unreachableRetry(same, now) }),
  };
}

function countUnconverged(
  remaining: Plan,
  verdicts: RunFacts['verdicts'],
  results: readonly ItemResult[],
  { unconverged }: TenantMemory,
): TenantMemory['unconverged'] {
  const { checksum } = remaining;
  if (results.some(({ status }) => status === 'not-applied')) {
    return { checksum, times: unconverged?.checksum === checksum ? unconverged.times + 1 : 1 };
  }
  return verdicts.some(({ guard }) => guard === 'not-converging') ? unconverged : undefined;
}
