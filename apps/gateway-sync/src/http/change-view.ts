import type { ServiceAnswer, ServiceChange, ServiceChangeRecord, ServiceQuotaEffect } from '@gateway-sync/api';
import type { PlanReport } from '../core/plan-report.js';
import type { AuditRecord } from '../core/ports.js';
import { timeView } from './time-view.js';

type ReportedAction = NonNullable<PlanReport['actions']>[number];

/** What a run planned and what came of it, as the API shows it. */
export function planView(report: PlanReport): ServiceAnswer<'getPlan'> {
  const { reconcileId, mode, outcome, startedAt, finishedAt, verdicts, checksum } = report;
  const { unchanged = 0, managed, foreign = 0, problems = [], actions = [], effect } = report;
  return {
    reconcileId,
    mode,
    outcome,
    startedAt: timeView(startedAt),
    finishedAt: timeView(finishedAt),
    ...(checksum !== undefined &&
      managed && {
        plan: {
          checksum,
          unchanged,
          managed,
          foreign,
          problems: problems.map(({ severity, kind, message, places, nearest }) => ({
            severity,
            kind,
            message,
            places: [...places],
            nearest: [...nearest],
          })),
          actions: actions.map((action) => ({ ...changeView(action), ...effectOf(action, effect) })),
          ...(effect && { effect: effectView(effect) }),
        },
      }),
    verdicts: verdicts.map(({ guard, message, allow }) => ({ guard, message, allow })),
  };
}

/** What one action does to the quota, where that is known of the plan. */
function effectOf({ id }: ReportedAction, effect: PlanReport['effect']): Pick<ServiceChange, 'effect'> {
  const own = effect?.actions.find((one) => one.id === id);
  if (!own) return {};
  return { effect: { source: own.source, ...(own.events !== undefined && { events: own.events }) } };
}

function effectView(effect: NonNullable<PlanReport['effect']>): ServiceQuotaEffect {
  const { month, events, unknown, used, limit, projectedBefore, projected } = effect;
  return { month, events, unknown, used, ...(limit !== undefined && { limit }), projectedBefore, projected };
}

/** What was written, as the API shows it. */
export function recordView(record: AuditRecord): ServiceChangeRecord {
  const { id, tenant, instance, at, actor, trigger, reconcileId, outcome, checksum, change } = record;
  return {
    id,
    tenant,
    instance,
    at: timeView(at),
    actor,
    trigger,
    reconcileId,
    outcome,
    checksum,
    change: changeView(change),
  };
}

function changeView(change: ReportedAction): ServiceChange {
  const { resource, type, id, name, reason, before, after, secrets, status, code, message } = change;
  return {
    resource,
    type,
    id,
    name,
    reason,
    before,
    after,
    secrets: [...secrets],
    ...(status !== undefined && { status }),
    ...(code !== undefined && { code }),
    ...(message !== undefined && { message }),
  };
}
