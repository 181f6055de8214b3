import type { Outcome } from '../core/result.js';
import type { TenantState } from '../core/tenant-state.js';

/**
 * | code | means |
 * |---|---|
 * | 0 | in sync, or done |
 * | 1 | error: a tenant failed, or the command was not understood |
 * | 2 | `plan`, `status`, `lock --check` or `catalog diff` found changes |
 * | 3 | partly applied |
 * | 4 | withheld by a guard |
 * | 5 | the desired-state file is not valid |
 * | 130 | interrupted |
 */
export const EXIT = { ok: 0, error: 1, changes: 2, partial: 3, withheld: 4, invalid: 5, interrupted: 130 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** From harmless to severe: over several tenants the last of these that occurs is the code of the command. */
const SEVERITY: readonly ExitCode[] = [
  EXIT.ok,
  EXIT.changes,
  EXIT.partial,
  EXIT.withheld,
  EXIT.error,
  EXIT.invalid,
  EXIT.interrupted,
];

/** What one tenant's outcome means to `plan` and `status`, for which differences are findings and unreachable wishes are errors. */
const WHEN_PLANNING: Readonly<Record<Outcome, ExitCode>> = {
  'in-sync': EXIT.ok,
  changed: EXIT.ok,
  drifted: EXIT.changes,
  partial: EXIT.error,
  blocked: EXIT.withheld,
  failed: EXIT.error,
};

/** What it means to `apply`; a tenant that is only observed is done when it is reported. */
const WHEN_APPLYING: Readonly<Record<Outcome, ExitCode>> = {
  'in-sync': EXIT.ok,
  changed: EXIT.ok,
  drifted: EXIT.ok,
  partial: EXIT.partial,
  blocked: EXIT.withheld,
  failed: EXIT.error,
};

/** What it means to `status` where a service says how a tenant stands; a pause is what somebody wants. */
const WHEN_SERVED: Readonly<Record<TenantState, ExitCode>> = {
  // Nobody knows: that is not in order.
  pending: EXIT.error,
  in_sync: EXIT.ok,
  drifted: EXIT.changes,
  partial: EXIT.error,
  blocked: EXIT.withheld,
  failing: EXIT.error,
  paused: EXIT.ok,
};

/** Commands that come down to a reconcile of every tenant. */
export const RECONCILING_COMMANDS = ['plan', 'apply', 'status'] as const;
export type ReconcilingCommand = (typeof RECONCILING_COMMANDS)[number];

export function exitCode(command: ReconcilingCommand, outcomes: readonly Outcome[]): ExitCode {
  const meaning = command === 'apply' ? WHEN_APPLYING : WHEN_PLANNING;
  return mostSevere(outcomes.map((outcome) => meaning[outcome]));
}

export function exitCodeOfStates(states: readonly TenantState[]): ExitCode {
  return mostSevere(states.map((state) => WHEN_SERVED[state]));
}

export function mostSevere(codes: readonly ExitCode[]): ExitCode {
  return SEVERITY.findLast((code) => codes.includes(code)) ?? EXIT.ok;
}
