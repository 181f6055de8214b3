import type { Resource } from './action.js';
import { auditChange } from './audit.js';
import type { Verdict } from './guard.js';
import type { JsonObject } from './json.js';
import type { AuditChange } from './ports.js';
import type { Problem } from './problem.js';
import type { QuotaEffect } from './quota-effect.js';
import type { ReconcileResult } from './result.js';

/** What a run planned and what came of it. */
export interface PlanReport extends Pick<
  ReconcileResult,
  'reconcileId' | 'mode' | 'outcome' | 'startedAt' | 'finishedAt'
> {
  /** This and what follows is absent when the tenant could not be read. */
  readonly checksum?: string;
  readonly unchanged?: number;
  readonly managed?: Readonly<Record<Resource, number>>;
  /** How many things the file is not about. */
  readonly foreign?: number;
  readonly problems?: readonly Problem[];
  readonly effect?: QuotaEffect;
  /** `status` is absent of those that the run did not come to. */
  readonly actions?: readonly (Omit<AuditChange, 'status'> & Partial<Pick<AuditChange, 'status'>>)[];
  readonly verdicts: readonly Verdict[];
}

/** A {@link PlanReport} for readers; JSON without secrets. */
export function planReport(result: ReconcileResult): JsonObject {
  const { plan, items, verdicts, outcome, mode, reconcileId, startedAt, finishedAt } = result;
  const done = new Map(items.map((item) => [item.action.id, item]));
  const report: PlanReport = {
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
      ...(plan.effect && { effect: plan.effect }),
      actions: plan.actions.map((action) => {
        const { status, ...rest } = auditChange(done.get(action.id) ?? { action, status: 'skipped' });
        return done.has(action.id) ? { ...rest, status } : rest;
      }),
    }),
    verdicts,
  };
  // oxlint-disable-next-line no-unsafe-type-assertion -- interfaces have no index signature; its members are JSON
  return report as unknown as JsonObject;
}

/** What {@link planReport} wrote. */
export function planReportOf(json: JsonObject): PlanReport {
  // oxlint-disable-next-line no-unsafe-type-assertion -- nothing else writes reports
  return json as unknown as PlanReport;
}
