import type { AuditChange, AuditEntry } from './ports.js';
import type { ItemResult, ReconcileResult } from './result.js';

/** Not sent by this run: decided by an earlier one, or waiting for something else. */
const NOT_SENT: ReadonlySet<ItemResult['status']> = new Set(['skipped', 'contended']);

/** What a reconcile wrote or tried to; `undefined` when it sent nothing. */
export function auditEntry(result: ReconcileResult, instance: string, actor: string): AuditEntry | undefined {
  const sent = result.items.filter(({ remembered, status }) => !remembered && !NOT_SENT.has(status));
  if (!result.plan || sent.length === 0) return undefined;
  return {
    tenant: result.tenant,
    instance,
    actor,
    reconcileId: result.reconcileId,
    trigger: result.trigger,
    at: result.finishedAt,
    outcome: result.outcome,
    checksum: result.plan.checksum,
    changes: sent.map(auditChange),
  };
}

/** What came of one action. */
export function auditChange({ action, status, code, message }: ItemResult): AuditChange {
  const { resource, type, id, name, reason, before, after, secrets = [] } = action;
  return {
    resource,
    type,
    id,
    name,
    reason,
    before,
    after,
    secrets,
    status,
    ...(code !== undefined && { code }),
    ...(message !== undefined && { message }),
  };
}
