import type { ServiceChangeRecord, ServiceCondition, ServiceTenantStatus } from '@gateway-sync/api';
import type { Condition } from '../../core/conditions.js';
import { OBSERVED } from './remark.js';
import type { StatusView } from './status-text.js';
import { time } from './words.js';

/** A status as the service tells it. */
export interface Served {
  readonly status: ServiceTenantStatus;
  readonly lastChange?: ServiceChangeRecord;
}

/** What a service says of a tenant, as it reads. */
export function servedView({ status, lastChange }: Served): StatusView {
  const { tenant, conditions, last, quotaState } = status;
  const remark = remarkOn(status);
  return {
    tenant,
    ...(remark !== undefined && { remark }),
    conditions: conditions.map(conditionOf),
    asOf: last ? Date.parse(last.startedAt) : 0,
    ...(quotaState && { quotaState }),
    isPaused: status.pause !== undefined,
    ...(lastChange && {
      lastChange: {
        at: Date.parse(lastChange.at),
        actor: lastChange.actor,
        trigger: lastChange.trigger,
        change: { ...lastChange.change, status: lastChange.change.status ?? 'skipped' },
      },
    }),
  };
}

function remarkOn({ state, pause, last }: ServiceTenantStatus): string | undefined {
  if (pause) {
    const reason = pause.reason === undefined ? '' : `: ${pause.reason}`;
    return `paused since ${time(Date.parse(pause.at))} by ${pause.by}${reason}`;
  }
  if (state === 'pending') return 'not looked at yet';
  return last?.mode === 'observe' ? OBSERVED : undefined;
}

function conditionOf({ since, ...condition }: ServiceCondition): Condition {
  return { ...condition, since: Date.parse(since) };
}

/** The same names as those of a status that was read from the tenant. */
export function servedJson({ status, lastChange }: Served) {
  const { tenant, state, conditions, consecutiveFailures, lastSyncAt, last, pause, quota, quotaState } = status;
  return {
    tenant,
    state,
    ...(last && {
      mode: last.mode,
      outcome: last.outcome,
      observedAt: last.finishedAt,
      ...(last.drift !== undefined && { drift: last.drift, driftByResource: last.driftByResource }),
    }),
    conditions,
    consecutiveFailures,
    ...(lastSyncAt !== undefined && { lastSyncAt }),
    ...(pause && { pause }),
    ...(quota && { quota: quotaJson(quota) }),
    ...(quotaState && { quotaState }),
    ...(lastChange && { lastChange }),
    ...(last?.error && { error: last.error }),
  };
}

/** A reading, with the name that its time has in the answers of commands. */
export function quotaJson({ at, ...usage }: NonNullable<ServiceTenantStatus['quota']>) {
  return { ...usage, observedAt: at };
}
