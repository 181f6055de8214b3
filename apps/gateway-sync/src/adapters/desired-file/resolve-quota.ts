import { DEFAULT_LADDER, DEFAULT_WARN_AT, type QuotaPolicy } from '../../core/quota-policy.js';
import { percent } from './quantities.js';
import type { WrittenPolicy } from './schema.js';

/** Of each setting the tenant's own, or else that of the defaults. */
export function resolveQuota(own: WrittenPolicy['quota'], defaults: WrittenPolicy['quota']): QuotaPolicy {
  const { warnAt, shed = 'off', ladder, timeZone = 'UTC' } = { ...defaults, ...own };
  return {
    warnAt: warnAt?.map((at) => percent(at) ?? 0).toSorted((a, b) => a - b) ?? DEFAULT_WARN_AT,
    shed,
    ladder:
      ladder
        ?.map(({ at, priority }) => ({ at: percent(at) ?? 0, priority }))
        .toSorted((a, b) => a.at - b.at || b.priority - a.priority) ?? DEFAULT_LADDER,
    timeZone,
  };
}
