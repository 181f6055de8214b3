import type { Logger } from 'pino';
import { isCatalogueProblem } from '../core/problem.js';
import type { ReconcileResult } from '../core/result.js';

/**
 * One line for a reconcile, and one for each action that did not take. What needs nobody stays on `debug`, and so does
 * what was told already: `told` is the gist of the previous reconcile.
 */
export function logResult(logger: Logger, result: ReconcileResult, told?: string): void {
  const { outcome, plan, items, verdicts, drift, calls, error, transient, ledgerError } = result;
  const fields = {
    outcome,
    ...(plan && { planned: plan.actions.length, checksum: plan.checksum }),
    applied: items.filter(({ status }) => status === 'applied' || status === 'unverified').length,
    ...(drift !== undefined && { drift }),
    calls,
    durationMs: result.finishedAt - result.startedAt,
  };
  const known = told === gist(result);
  const warning = known ? 'debug' : 'warn';
  switch (outcome) {
    case 'in-sync':
      logger.debug(fields, 'in sync');
      break;
    case 'changed':
      logger.info({ ...fields, ...withoutWrite(result) }, 'brought in line with the file');
      break;
    case 'drifted':
      logger[warning](fields, 'differs from the file; mode is observe, so nothing was written');
      break;
    case 'blocked':
      for (const { guard, message, allow } of verdicts)
        logger[warning]({ ...fields, guard, allow }, `withheld: ${message}`);
      break;
    case 'partial':
    case 'failed':
      logger.error(
        { ...fields, transient, error: error?.message },
        outcome === 'failed' ? 'failed' : 'applied in part',
      );
      break;
    default:
      outcome satisfies never;
  }
  if (ledgerError) {
    logger.error(
      { ...fields, error: ledgerError.message },
      'the ledger failed: nothing is removed, and what was written is not recorded',
    );
  }
  for (const { action, status, code, message, remembered } of items) {
    if (status === 'applied' || status === 'unverified' || remembered) continue;
    const { resource, name, type } = action;
    logger.warn({ resource, name, action: type, status, code }, message ?? 'action did not take');
  }
  for (const { severity, kind, message, places } of plan?.problems ?? []) {
    const note = isCatalogueProblem(kind) ? 'info' : 'debug';
    logger[severity === 'note' ? note : warning]({ places }, message);
  }
}

/** Explains why fewer actions were applied than planned: the platform did the others along with those that were sent. */
function withoutWrite({ plan, items }: ReconcileResult): { readonly withoutWrite?: readonly string[] } {
  const sent = new Set(items.map(({ action }) => action.id));
  const others = (plan?.actions ?? []).filter(({ id }) => !sent.has(id));
  return others.length === 0
    ? {}
    : { withoutWrite: others.map(({ type, resource, name }) => `${type} ${resource} ${name}`) };
}

/** What a reader of the log has to know of a reconcile that changed nothing; a forecast is another one each time. */
export function gist({ outcome, plan, verdicts }: ReconcileResult): string {
  // News of the catalogue are in one run alone; the next one has nothing else to tell for their sake.
  const lasting = plan?.problems.filter(({ kind, severity }) => severity !== 'note' || !isCatalogueProblem(kind));
  const problems = lasting?.map((problem) => (problem.kind === 'over-quota' ? problem.kind : problem));
  return JSON.stringify([outcome, plan?.checksum, problems, verdicts]);
}
