import type { AuditEntry } from './ports.js';
import type { ReconcileResult } from './result.js';

/** What a reconcile wrote or tried to; `undefined` when it sent nothing. */
export function auditEntry(result: ReconcileResult): AuditEntry | undefined {
  const sent = result.items.filter(({ remembered, status }) => !remembered && status !== 'skipped');
  if (!result.plan || sent.length === 0) return undefined;
  return {
    tenant: result.tenant,
    reconcileId: result.reconcileId,
    trigger: result.trigger,
    at: result.finishedAt,
    outcome: result.outcome,
    checksum: result.plan.checksum,
    changes: sent.map(({ action, status }) => ({
      resource: action.resource,
      type: action.type,
      eventType: action.eventType,
      reason: action.reason,
      before: action.before,
      after: action.after,
      status,
    })),
  };
}
