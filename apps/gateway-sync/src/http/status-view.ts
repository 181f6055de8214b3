import type { ServiceAnswer, ServiceRunSummary } from '@gateway-sync/api';
import { type Condition, type Conditions, withShed, withUnreadQuota } from '../core/conditions.js';
import { monthBounds } from '../core/quota-month.js';
import { isKnown, type QuotaOverview, quotaOverview } from '../core/quota-overview.js';
import type { QuotaPolicy } from '../core/quota-policy.js';
import type { RunSummary, TenantStatus } from '../core/tenant-record.js';
import { toldToAnybody } from '../core/told-to-anybody.js';
import { pauseView, quotaStateView, quotaView } from './quota-view.js';
import { timeView } from './time-view.js';

// Field by field: what is added to a status is shown when the document says so, and not before.

/** A status as the API shows it at a time. */
export function statusView(status: TenantStatus, quota: QuotaPolicy, now: number): ServiceAnswer<'getTenant'> {
  const { tenant, state, conditions, consecutiveFailures, lastSyncAt, last, pause } = status;
  const overview = quotaOverview({ tenant, quota }, status, now);
  const { newest, state: quotaState } = overview;
  const isOver = quotaState !== undefined && !isKnown(overview);
  return {
    tenant,
    state,
    conditions: (isOver ? unread(status, overview) : conditions).map((condition) =>
      conditionView(condition, last?.ledgerError),
    ),
    consecutiveFailures,
    ...(lastSyncAt !== undefined && { lastSyncAt: timeView(lastSyncAt) }),
    ...(last && { last: runView(last) }),
    ...(pause && { pause: pauseView(pause) }),
    ...(newest && { quota: quotaView(newest) }),
    ...(quotaState && { quotaState: quotaStateView(quotaState) }),
  };
}

/** Of the month before nothing is left but what is given up until the tenant's turn to get it back. */
function unread({ conditions, last }: TenantStatus, { month, timeZone, state }: QuotaOverview): Conditions {
  const until = state?.shed?.until;
  return withShed(
    withUnreadQuota(conditions, monthBounds(month, timeZone).from),
    last,
    until === undefined ? { type: 'over' } : { type: 'waits', until },
  );
}

function conditionView({ type, status, reason, message, since }: Condition, ledgerError: RunSummary['ledgerError']) {
  return { type, status, reason, message: toldToAnybody(message, ledgerError), since: timeView(since) };
}

function runView(run: RunSummary): ServiceRunSummary {
  const { reconcileId, trigger, mode, outcome, startedAt, finishedAt, actor, calls, planned, applied } = run;
  const { checksum, drift, driftByResource, managed, shed, shedAdvised, verdicts, transient, error, ledgerError } = run;
  return {
    reconcileId,
    trigger,
    mode,
    outcome,
    startedAt: timeView(startedAt),
    finishedAt: timeView(finishedAt),
    actor,
    calls: { reads: calls.reads, writes: calls.writes },
    planned,
    applied,
    ...(checksum !== undefined && { checksum }),
    ...(drift !== undefined && { drift }),
    ...(driftByResource && { driftByResource }),
    ...(managed && { managed }),
    ...(shed !== undefined && { shed }),
    ...(shedAdvised !== undefined && { shedAdvised }),
    verdicts: verdicts.map(({ guard, message, allow }) => ({
      guard,
      message: toldToAnybody(message, ledgerError),
      allow,
    })),
    transient,
    ...(error && { error: { name: error.name, message: toldToAnybody(error.message, ledgerError) } }),
    ...(ledgerError && {
      ledgerError: { name: ledgerError.name, message: toldToAnybody(ledgerError.message, ledgerError) },
    }),
  };
}
