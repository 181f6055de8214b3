import { quotaStateView } from '../../http/quota-view.js';
import type { Standing } from '../standing.js';
import { errorJson, pauseJson, timeJson } from './json.js';

export function statusJson({ result, conditions, quota, lastChange }: Standing) {
  const { tenant, mode, outcome, drift, driftByResource, error, finishedAt, pause } = result;
  return {
    tenant,
    mode,
    outcome,
    observedAt: timeJson(finishedAt),
    ...(drift !== undefined && { drift, driftByResource }),
    conditions: conditions.map((condition) => ({ ...condition, since: timeJson(condition.since) })),
    ...(pause && { pause: pauseJson(pause) }),
    ...(quota?.newest && { quota: { ...quota.newest.usage, observedAt: timeJson(quota.newest.at) } }),
    ...(quota?.state && { quotaState: quotaStateView(quota.state) }),
    ...(lastChange && { lastChange: { ...lastChange, at: timeJson(lastChange.at) } }),
    ...(error && { error: errorJson(error, tenant) }),
  };
}
