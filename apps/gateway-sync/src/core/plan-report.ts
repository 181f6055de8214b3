import { auditChange } from './audit.js';
import type { JsonObject } from './json.js';
import type { ReconcileResult } from './result.js';

/** What a run planned and what came of it, for readers; JSON without secrets. */
export function planReport(result: ReconcileResult): JsonObject {
  const { plan, items, verdicts, outcome, mode, reconcileId, startedAt, finishedAt } = result;
  const done = new Map(items.map((item) => [item.action.id, item]));
  return {
    reconcileId,
    mode,
    outcome,
    startedAt,
    finishedAt,
    ...(plan && {
      checksum: plan.checksum,
      unchanged: plan.unchanged,
      managed: plan.managed,
      foreign: plan.foreign.length,
      problems: plan.problems,
      actions: plan.actions.map((action) => {
        const { status, ...rest } = auditChange(done.get(action.id) ?? { action, status: 'skipped' });
        return done.has(action.id) ? { ...rest, status } : rest;
      }),
    }),
    verdicts,
  } as unknown as JsonObject;
}
